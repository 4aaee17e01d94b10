import type { JSX } from 'react'
import type { SystemView, TextView } from '@headroom/shared/model/system.ts'
import { sourceFreshness } from '../../data/freshness.ts'
import { useServerNow, useTimelineStore } from '../../data/use-timeline.ts'
import { CodeText } from '../../ui/CodeText.tsx'
import { ageText } from '../../ui/format-age.ts'
import { Moment } from '../../ui/Moment.tsx'
import classes from './panels.module.css'

/** What the system says itself (its recommendations), as it came, with where from and how old it is. */
export function SaysPanel({ system }: { system: SystemView }): JSX.Element | null {
  const texts = system.texts.filter((text) => text.lines.length > 0)
  if (texts.length === 0) return null
  return (
    <section className={classes.panel} data-live aria-labelledby="says-title">
      <h2 id="says-title">It says itself</h2>
      {texts.map((text) => (
        <Text key={`${text.source} ${text.path}`} text={text} system={system} />
      ))}
    </section>
  )
}

function Text({ text, system }: { text: TextView; system: SystemView }): JSX.Element {
  const now = useServerNow()
  const timeline = useTimelineStore()
  const source = system.sources.find((each) => each.id === text.source)
  const fresh =
    source === undefined ? undefined : sourceFreshness(source, timeline.answeredAt(system.id, source.id), now)
  const late = fresh === undefined || fresh.kind === 'stale' || fresh.kind === 'never'
  return (
    <div className={late ? classes.stale : ''}>
      <ul className={classes.list}>
        {text.lines.map((line, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- a system may say the same twice
          <li key={`${index} ${line}`} dir="auto">
            {line}
          </li>
        ))}
      </ul>
      <p className={classes.quiet}>
        <code>{text.path}</code> of {text.source}
        {late ? (
          <>
            , as of <Moment at={text.at}>{ageText(now - text.at)} ago</Moment>
          </>
        ) : (
          <>
            , so since <Moment at={text.at}>{ageText(now - text.at)}</Moment>
          </>
        )}
      </p>
    </div>
  )
}

/** What the documents expect of a normal day, in their words. */
export function ExpectedPanel({ expected }: { expected: readonly string[] }): JSX.Element | null {
  if (expected.length === 0) return null
  return (
    <section className={classes.panel} aria-labelledby="expected-title">
      <h2 id="expected-title">Expected</h2>
      <ul className={classes.list}>
        {expected.map((line) => (
          <li key={line}>
            <CodeText text={line} />
          </li>
        ))}
      </ul>
    </section>
  )
}

import { Link } from '@tanstack/react-router'
import type { JSX } from 'react'
import { useTimeline } from '../../../data/use-timeline.ts'
import { BusyButton } from '../../../ui/BusyButton.tsx'
import { CodeText } from '../../../ui/CodeText.tsx'
import { StateMark } from '../../../ui/StateMark.tsx'
import { CopyLines } from '../CopyLines.tsx'
import { SecretsToSet } from '../SecretsToSet.tsx'
import watch from '../watch.module.css'
import type { Tried } from './adding.ts'
import { besideWords, placeWords } from './place-words.ts'
import type { Target } from './target.ts'

type Props = { type: string; tried: Tried; target: Target; busy: boolean; onWrite: () => void }

/** What has to stand in headroom.yaml: written at a press where there is no such file, else to be copied. */
export function SourceLines({ type, tried, target, busy, onWrite }: Props): JSX.Element {
  const { trial, before, system } = tried
  const { file, lines, secrets } = trial
  const now = useTimeline((timeline) =>
    timeline.demo ? undefined : timeline.systems.find((each) => each.id === target.id),
  )
  const come = now?.sources.find(({ id }) => !before.includes(id))
  if (now !== undefined && come !== undefined)
    return (
      <section className={watch.found} aria-label="It is watched">
        <p role="status">
          <StateMark mark="ok" size={16} /> <code>{come.id}</code> of <bdi>{now.name}</bdi> is watched now.{' '}
          <Link to="/systems/$systemId" params={{ systemId: now.id }}>
            Open it
          </Link>
        </p>
      </section>
    )
  const beside = target.kind === 'watched' ? besideWords(type, now?.sources ?? []) : undefined
  const writes = system !== undefined && file.writable && secrets.length === 0
  return (
    <section className={watch.found} aria-labelledby="lines-title">
      <h2 id="lines-title">Lines for headroom.yaml</h2>
      <SecretsToSet names={secrets} />
      {writes ? (
        <div className={watch.submit}>
          <BusyButton busy={busy} onClick={onWrite}>
            Watch it
          </BusyButton>
          <p className={watch.quiet}>
            Writes <code>{file.path}</code> with these lines.
          </p>
        </div>
      ) : (
        <p>
          <CodeText text={placeWords(file, target, lines)} />
        </p>
      )}
      {beside !== undefined && (
        <p>
          <CodeText text={beside} />
        </p>
      )}
      <CopyLines lines={lines} label="the lines to add" />
    </section>
  )
}

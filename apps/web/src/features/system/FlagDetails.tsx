import type { JSX } from 'react'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { FlagView } from '@headroom/shared/model/flag.ts'
import { useServerNow, useTimelineStore } from '../../data/use-timeline.ts'
import { CodeText } from '../../ui/CodeText.tsx'
import { ageText } from '../../ui/format-age.ts'
import { numberText } from '../../ui/format-number.ts'
import { momentText } from '../../ui/format-time.ts'
import { Moment } from '../../ui/Moment.tsx'
import { useZone } from '../../ui/zone-context.ts'
import { OWN_DOCUMENT, flagHoldWords, flagLineText } from './flag-words.ts'
import type { FlagGroup, FlagRow } from './flag-rows.ts'
import type { Guide } from './guide.ts'
import { LogLines } from './LogLines.tsx'
import { patternsOf } from './log-lines.ts'
import { Suppliers } from './Suppliers.tsx'
import { ToChart } from './ToChart.tsx'
import classes from './flags.module.css'

const MOST_OCCURRENCES = 6

/** Since when, the exact line, the document's sentence, the first steps: for each line of the condition what is its own. */
export function FlagDetails({ group, guide }: { group: FlagGroup; guide: Guide }): JSX.Element {
  const { rows, lead } = group
  // What needs doing stands first.
  const sorted = lead.standing === 'firing' ? [lead, ...rows.filter((row) => row !== lead)] : rows
  return (
    <div className={classes.details}>
      {sorted.map((row, index) => (
        <OneFlag key={row.flag.id} row={row} guide={guide} before={sorted[index - 1]?.flag} named={rows.length > 1} />
      ))}
      {patternsOf(rows.filter(({ standing }) => standing !== 'unsupplied').map(({ flag }) => flag)).map((asked) => (
        <LogLines key={`${asked.pattern} ${asked.source ?? ''}`} system={lead.flag.system} asked={asked} />
      ))}
    </div>
  )
}

type OneProps = { row: FlagRow; guide: Guide; before: FlagView | undefined; named: boolean }

function OneFlag({ row, guide, before, named }: OneProps): JSX.Element {
  const { flag, standing } = row
  const condition = conditionOf(row, guide)
  const newSteps = flag.steps.filter((step) => before === undefined || !before.steps.includes(step))
  return (
    <div className={classes.one}>
      {named && (
        <h3>
          {flag.severity}
          {flag.title !== before?.title && before !== undefined && `: ${flag.title}`}
        </h3>
      )}
      <Occurrences row={row} />
      {standing === 'firing' && <ToChart flag={flag} />}
      {condition !== '' && <p className={classes.condition}>{condition}</p>}
      {standing === 'unsupplied' && <Suppliers metric={flag.metric} system={flag.system} />}
      {!sameSentence(flag, before) && <Sentence flag={flag} />}
      {newSteps.length > 0 && (
        <ol className={classes.steps} aria-label="First steps">
          {newSteps.map((step) => (
            <li key={step}>
              <CodeText text={step} />
            </li>
          ))}
        </ol>
      )}
      {flag.say !== undefined && flag.say !== before?.say && (
        <p className={classes.say}>
          <span>Say to the class</span> {flag.say}
        </p>
      )}
    </div>
  )
}

/** How the line is judged. What the line is stands in the summary already, but for what nothing supplies. */
function conditionOf({ flag, standing }: FlagRow, guide: Guide): string {
  const windowMs = guide.windowMs.get(flag.id)
  const text = [
    ...(standing === 'unsupplied' ? [flagLineText(flag)] : []),
    ...(windowMs === undefined ? [] : [`over ${numberText(windowMs / 1000, 'seconds')}`]),
    ...flagHoldWords(flag),
  ].join(', ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

function sameSentence(flag: FlagView, before: FlagView | undefined): boolean {
  return (
    before !== undefined &&
    JSON.stringify([flag.why.text, flag.why.figure, flag.why.ours]) ===
      JSON.stringify([before.why.text, before.why.figure, before.why.ours])
  )
}

/** The document's words as a quote; ours, and the configuration's, without quotation marks. */
function Sentence({ flag }: { flag: FlagView }): JSX.Element {
  const { text, document, section, figure, ours } = flag.why
  if (document === OWN_DOCUMENT) return <p className={classes.condition}>Set in {document}.</p>
  return (
    <blockquote className={classes.quote}>
      <p>
        <CodeText text={ours ? text : `“${text}”`} />
      </p>
      <footer>
        {[document, section].filter((part) => part !== undefined && part !== '').join(', ')}
        {figure !== '' && ` · ${figure}`}
        {ours && ' · the figure is ours'}
      </footer>
    </blockquote>
  )
}

/** Since when it fires or is held; where several series do, each of them. */
function Occurrences({ row }: { row: FlagRow }): JSX.Element | null {
  const shown = row.alerts.slice(0, MOST_OCCURRENCES)
  if (shown.length === 0) return null
  return (
    <>
      {shown.map((alert) => (
        <Occurrence key={alert.id} alert={alert} several={row.alerts.length > 1} flag={row.flag} />
      ))}
      {row.alerts.length > shown.length && (
        <p className={classes.condition}>and {row.alerts.length - shown.length} more series</p>
      )}
    </>
  )
}

type OccurrenceProps = { alert: Alert; several: boolean; flag: FlagView }

function Occurrence({ alert, several, flag }: OccurrenceProps): JSX.Element {
  const now = useServerNow()
  const zone = useZone()
  const timeline = useTimelineStore()
  const labels = alert.series === undefined ? {} : (timeline.series(alert.series)?.labels ?? {})
  const name = Object.values(labels).join(' ')
  const left = alert.since + flag.holdSeconds * 1000 - now
  // Of the others the value of now stands beside the line already.
  const counted = alert.unit !== 'bool' && flag.kind !== 'threshold' && flag.kind !== 'share'
  return (
    <p className={classes.since}>
      {several && name !== '' && (
        <>
          <bdi>{name}</bdi>:{' '}
        </>
      )}
      {alert.state === 'pending' ? 'Past the line' : 'Firing'} since{' '}
      <Moment at={alert.since}>{momentText(alert.since, now, zone, true)}</Moment> ({ageText(now - alert.since)})
      {alert.state === 'pending' && left > 0 && `, fires in ${ageText(left)}`}
      {counted && `: ${numberText(alert.value, alert.unit)}, the line is ${numberText(alert.line, alert.unit)}`}
    </p>
  )
}

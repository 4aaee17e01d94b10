import type { JSX } from 'react'
import type { FlagView } from '@headroom/shared/model/flag.ts'
import type { Timeline } from '../../data/timeline.ts'
import { useServerNow, useTimeline } from '../../data/use-timeline.ts'
import { ageText } from '../../ui/format-age.ts'
import { numberText } from '../../ui/format-number.ts'
import { momentText } from '../../ui/format-time.ts'
import { distanceText } from '../../ui/line-words.ts'
import type { Mark } from '../../ui/mark.ts'
import { StateMark } from '../../ui/StateMark.tsx'
import { useZone } from '../../ui/zone-context.ts'
import { flagLineText, flagSubject } from './flag-words.ts'
import type { FlagRow } from './flag-rows.ts'
import { worstValue } from './series-choice.ts'
import classes from './system.module.css'

const IN_UNITS = new Set(['threshold', 'share', 'missing'])

/** One flag: its shape and title, the line and how far it is; opened, the document's sentence and the first steps. */
export function FlagItem({ row }: { row: FlagRow }): JSX.Element {
  const { flag, standing, alert } = row
  const blind = useTimeline((timeline) => isBlind(flag, timeline))
  const mark: Mark = standing === 'firing' ? flag.severity : standing === 'unsupplied' || blind ? 'unknown' : 'ok'
  return (
    <li
      className={`${classes.flag} ${standing === 'firing' ? classes[flag.severity] : ''}`}
      data-flag={flag.id}
      data-standing={standing}
    >
      <details open={standing === 'firing' && flag.severity !== 'info'}>
        <summary>
          <StateMark mark={mark} size={14} />
          <span className={classes.flagTitle}>{flag.title}</span>
          <span className={classes.severity}>{standing === 'pending' ? 'held' : flag.severity}</span>
          <span className={classes.flagLine}>
            {standing === 'unsupplied' ? `no source for ${flagSubject(flag)} yet` : <FlagNow flag={flag} />}
            {standing === 'watching' && blind && ', not known now'}
          </span>
        </summary>
        {alert !== undefined && (
          <AlertSince since={alert.since} pending={standing === 'pending'} holdSeconds={flag.holdSeconds} />
        )}
        <p className={classes.condition}>
          {flagLineText(flag)}
          {flag.holdSeconds > 0 && `, held for ${numberText(flag.holdSeconds, 'seconds')}`}
        </p>
        <blockquote className={classes.quote}>
          <p>{flag.why.ours ? flag.why.text : `“${flag.why.text}”`}</p>
          <footer>
            {flag.why.document}
            {flag.why.section !== undefined && `, ${flag.why.section}`}
            {flag.why.figure !== '' && ` · ${flag.why.figure}`}
            {flag.why.ours && ' · the figure is ours'}
          </footer>
        </blockquote>
        {flag.steps.length > 0 && (
          <ol className={classes.steps}>
            {flag.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        )}
        {flag.say !== undefined && (
          <p className={classes.say}>
            <span>Say to the class</span> {flag.say}
          </p>
        )}
      </details>
    </li>
  )
}

/** A flag whose numbers are all stale is not fine: nobody knows. */
function isBlind(flag: FlagView, timeline: Timeline): boolean {
  const own = timeline.seriesOf(flag.system).filter((series) => series.metric === flag.metric && series.primary)
  return own.length > 0 && own.every((series) => timeline.newest(series.id).value === null)
}

function AlertSince({
  since,
  pending,
  holdSeconds,
}: {
  since: number
  pending: boolean
  holdSeconds: number
}): JSX.Element {
  const now = useServerNow()
  const zone = useZone()
  const left = holdSeconds * 1000 - (now - since)
  return (
    <p className={classes.flagSince}>
      {pending ? 'Past the line' : 'Firing'} since {momentText(since, now, zone, true)} ({ageText(now - since)})
      {pending && left > 0 && `, fires in ${ageText(left)}`}
    </p>
  )
}

function FlagNow({ flag }: { flag: FlagView }): JSX.Element {
  const now = useTimeline((timeline) => {
    const own = timeline.seriesOf(flag.system).filter((series) => series.metric === flag.metric && series.primary)
    return worstValue(
      flag.metric,
      own.map((series) => timeline.newest(series.id).value),
    )
  })
  if (flag.line === null) return <>its limit is not known yet</>
  if (flag.unit === 'bool' || now === null || !IN_UNITS.has(flag.kind) || flag.kind === 'missing')
    return <>{flagLineText(flag)}</>
  return (
    <>
      {numberText(now, flag.unit)}, {distanceText(now, flag.compare, flag.line, flag.unit)}
    </>
  )
}

import type { JSX } from 'react'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { SeriesView } from '@headroom/shared/model/series.ts'
import type { HeadroomView } from '@headroom/shared/model/system.ts'
import { headroomNow } from '../../data/headroom-now.ts'
import { useServerNow, useTimeline } from '../../data/use-timeline.ts'
import { useUsed } from '../../data/use-used.ts'
import { ageText } from '../../ui/format-age.ts'
import { Meter } from '../../ui/Meter.tsx'
import type { Mark } from '../../ui/mark.ts'
import { Moment } from '../../ui/Moment.tsx'
import { Num } from '../../ui/Num.tsx'
import { UsedOf } from '../../ui/UsedOf.tsx'
import { leftWords, limitWords, testedWords } from './limit-words.ts'
import classes from './panels.module.css'

type Props = { row: HeadroomView; series: readonly SeriesView[]; document: string | undefined }

/** One resource: used of its limit as a bar, what was tested as a tick with its word, and the sentence under it. */
export function HeadroomBar({ row, series, document }: Props): JSX.Element {
  const newest = useUsed(row.unit, series)
  const now = headroomNow(row, newest)
  const mark = useTimeline((timeline) => markOf(timeline.alerts, series))
  const { tested } = row
  const tick = tested === undefined || row.limit <= 0 ? undefined : (100 * tested) / row.limit
  const from = limitWords(row, document)
  return (
    <li className={now.stale ? classes.staleBar : ''} data-resource={row.resource} data-stale={now.stale}>
      <div className={classes.barHead}>
        <span>{row.title}</span>
        <b>
          {row.unit === 'percent' ? (
            <Num value={now.used} unit={row.unit} />
          ) : (
            <UsedOf used={now.used} limit={row.limit} unit={row.unit} />
          )}
        </b>
      </div>
      <Meter percent={percentOf(now.used, now.percent, row.limit)} tick={tick} mark={mark} />
      {tick !== undefined && tick > 0 && tick < 100 && (
        // Beyond the middle the word stands left of its tick, so that it never leaves the bar.
        <span className={classes.tick} aria-hidden="true">
          <span style={tick > 50 ? { right: `${100 - tick}%` } : { left: `${tick}%` }}>tested</span>
        </span>
      )}
      <p className={classes.quiet}>
        {leftWords(now.used, row.limit, row.unit)}
        {tested !== undefined && `, ${testedWords(now.used, tested, row.unit)}`}
        {from !== '' && (
          <>
            {'. '}
            {from.charAt(0).toUpperCase()}
            {from.slice(1)}
          </>
        )}
        {now.stale && <StaleFor at={newest?.lastAt ?? null} />}
      </p>
    </li>
  )
}

function StaleFor({ at }: { at: number | null }): JSX.Element {
  const now = useServerNow()
  if (at === null) return <>. Stale</>
  return (
    <>
      . Stale for <Moment at={at}>{ageText(now - at)}</Moment>
    </>
  )
}

/** Of a limit of nothing, anything used is all of it. */
function percentOf(used: number | null, percent: number | null, limit: number): number | null {
  if (limit > 0 || used === null) return percent
  return used > 0 ? 100 : 0
}

/** A bar takes colour only from a flag that fires on it. */
function markOf(alerts: readonly Alert[], series: readonly SeriesView[]): Mark {
  const firing = alerts.filter(
    (alert) => alert.state === 'firing' && alert.series !== undefined && series.some(({ id }) => id === alert.series),
  )
  return (
    firing.find((alert) => alert.severity === 'critical')?.severity ??
    firing.find((alert) => alert.severity === 'warning')?.severity ??
    'ok'
  )
}

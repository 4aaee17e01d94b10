import type { JSX } from 'react'
import { sourceFreshness } from '../../data/freshness.ts'
import { useServerNow, useTimeline, useTimelineStore } from '../../data/use-timeline.ts'
import { ageText } from '../../ui/format-age.ts'
import { Moment } from '../../ui/Moment.tsx'
import classes from './log.module.css'

type Props = { system: string; metric: string; patterns: readonly string[] }

/** Which of the logs that are looked through for patterns cannot be read now: no line of them does not mean that there is none. */
export function LateLogs({ system, metric, patterns }: Props): JSX.Element {
  const now = useServerNow()
  const timeline = useTimelineStore()
  const view = useTimeline((each) => each.systems.find(({ id }) => id === system))
  const series = useTimeline((each) => each.seriesOf(system))
  const read = new Set(
    series
      .filter((each) => each.metric === metric && patterns.includes(each.labels['pattern'] ?? ''))
      .map((each) => each.source),
  )
  const late = (view?.sources ?? []).flatMap((source) => {
    if (!read.has(source.id)) return []
    const fresh = sourceFreshness(source, timeline.answeredAt(system, source.id), now)
    return fresh.kind === 'stale' ? [{ id: source.id, at: fresh.at }] : []
  })
  return (
    <>
      {late.map(({ id, at }) => (
        <p key={id} className={`${classes.quiet} ${classes.late}`} data-late={id}>
          <bdi>{id}</bdi> was last read <Moment at={at}>{ageText(now - at)} ago</Moment>: what it says since then is not
          known.
        </p>
      ))}
    </>
  )
}

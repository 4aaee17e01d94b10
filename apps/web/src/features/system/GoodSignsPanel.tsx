import { useMemo } from 'react'
import type { JSX } from 'react'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { useSteadyError } from '../../data/use-steady-error.ts'
import { useServerNow, useTimeline } from '../../data/use-timeline.ts'
import { ageText } from '../../ui/format-age.ts'
import { momentText } from '../../ui/format-time.ts'
import { FailedPart } from '../../ui/FailedPart.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { useInView } from '../../ui/use-in-view.ts'
import { useZone } from '../../ui/zone-context.ts'
import { LateLogs } from './LateLogs.tsx'
import { readLines, signName } from './log-lines.ts'
import type { KeptLine } from './log-lines.ts'
import { LOG_DAYS, useLogEvents } from './use-log-lines.ts'
import classes from './panels.module.css'

const GOOD_SIGNS = 'log.good_signs_per_minute'
/** The newest line, behind the events that say how many were not kept after it. */
const ASKED = 20

/** The lines of a system's logs that say that all is well, and when each was last there. */
export function GoodSignsPanel({ system }: { system: SystemView }): JSX.Element | null {
  const { ref, inView } = useInView()
  const series = useTimeline((timeline) => timeline.seriesOf(system.id))
  const patterns = useMemo(
    () => [
      ...new Set(series.flatMap(({ metric, labels }) => (metric === GOOD_SIGNS ? (labels['pattern'] ?? []) : []))),
    ],
    [series],
  )
  const answer = useLogEvents(system.id, { patterns, metric: GOOD_SIGNS, limit: ASKED, wanted: inView })
  const error = useSteadyError(answer)
  if (patterns.length === 0) return null
  return (
    <section className={classes.panel} data-live aria-labelledby="signs-title" ref={ref}>
      <h2 id="signs-title">Good signs</h2>
      {error !== null && (
        <FailedPart what="When they were last seen" error={error} retry={() => void answer.refetch()} />
      )}
      <ul className={classes.signs}>
        {patterns.map((pattern, index) => {
          const events = answer.data?.events[index]
          return (
            <li key={pattern} data-sign={pattern}>
              <bdi>{signName(pattern)}</bdi>
              <span className={classes.quiet}>
                {events !== undefined && <LastSeen line={readLines(events, { pattern })[0]} />}
              </span>
            </li>
          )
        })}
      </ul>
      <LateLogs system={system.id} metric={GOOD_SIGNS} patterns={patterns} />
    </section>
  )
}

function LastSeen({ line }: { line: KeptLine | undefined }): JSX.Element {
  const now = useServerNow()
  const zone = useZone()
  if (line === undefined) return <>not in the last {LOG_DAYS} days</>
  return (
    <>
      {ageText(Math.max(0, now - line.at))} ago, <Moment at={line.at}>{momentText(line.at, now, zone)}</Moment>
    </>
  )
}

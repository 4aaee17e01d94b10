import { useMemo } from 'react'
import type { JSX } from 'react'
import type { FlagView } from '@headroom/shared/model/flag.ts'
import { useTimeline } from '../../data/use-timeline.ts'
import { lowerFirst } from '../../ui/line-words.ts'
import { baseMetric } from './chart-lines.ts'
import { metricGroups } from './metric-groups.ts'
import classes from './flags.module.css'

/** The way from what fires to its picture, which may be many pictures away. Nothing where it has none. */
export function ToChart({ flag }: { flag: FlagView }): JSX.Element | null {
  const series = useTimeline((timeline) => timeline.seriesOf(flag.system))
  const group = useMemo(
    () => metricGroups(series).known.find(({ key }) => key === baseMetric(flag.metric)),
    [series, flag.metric],
  )
  if (group === undefined) return null
  const show = (): void => {
    const chart = document.querySelector<HTMLElement>(`[data-metric="${CSS.escape(group.key)}"]`)
    chart?.scrollIntoView({ block: 'center' })
    chart?.querySelector('button')?.focus({ preventScroll: true })
  }
  return (
    <button type="button" className={classes.toChart} onClick={show}>
      Show the chart of {lowerFirst(group.title)}
    </button>
  )
}

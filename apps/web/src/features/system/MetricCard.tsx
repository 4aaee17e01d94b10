import { useCallback, useRef, useState } from 'react'
import type { JSX } from 'react'
import { useTimelineStore } from '../../data/use-timeline.ts'
import type { Mark } from '../../ui/mark.ts'
import { StateMark } from '../../ui/StateMark.tsx'
import { usePlace } from '../../ui/use-place.ts'
import { flagsOfMetric } from './chart-lines.ts'
import { CopyChart } from './CopyChart.tsx'
import { MetricPlot } from './MetricPlot.tsx'
import { NewestValue } from './NewestValue.tsx'
import { isGrowing } from './view.ts'
import type { MetricChartProps, Shown } from './use-metric-chart.ts'
import classes from './charts.module.css'

/** One metric: its name, its newest value, its picture or its table. */
export function MetricCard(props: MetricChartProps): JSX.Element {
  const { group, system, view } = props
  const timeline = useTimelineStore()
  const { ref, ...place } = usePlace()
  const [asTable, setAsTable] = useState(false)
  const shown = useRef<Shown | null>(null)
  const keep = useCallback((next: Shown | null) => {
    shown.current = next
  }, [])
  const mark = firingMark(props)
  const id = `chart-${group.key.replaceAll(/[^a-zA-Z0-9]+/g, '-')}`
  return (
    <section
      className={`${classes.chartCard} ${mark === undefined ? '' : classes[mark]}`}
      data-metric={group.key}
      aria-labelledby={id}
    >
      <header className={classes.chartHead}>
        {mark !== undefined && <StateMark mark={mark} />}
        <h3 id={id} className={classes.chartTitle}>
          <bdi>{group.title}</bdi>
        </h3>
        <NewestValue group={group} system={system} seen={place.inView} past={!isGrowing(view, timeline.serverNow())} />
        <div className={classes.tools}>
          <button
            type="button"
            className={classes.tool}
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
            aria-label={`${group.title} as a table`}
          >
            <span className={classes.tableIcon} />
          </button>
          <CopyChart group={group} system={system} shown={shown} live={view.kind === 'live'} />
        </div>
      </header>
      <div ref={ref} className={classes.plotBox}>
        {place.inView && <MetricPlot {...props} asTable={asTable} place={place} onShown={keep} />}
      </div>
    </section>
  )
}

/** The worst that fires on this metric; what only informs does not mark it. */
function firingMark({ group, alerts, flags }: MetricChartProps): Mark | undefined {
  const own = new Set(flagsOfMetric(group.metric, flags).map((flag) => flag.id))
  const firing = alerts.filter((alert) => alert.state === 'firing' && own.has(alert.flag))
  return (['critical', 'warning'] as const).find((severity) => firing.some((alert) => alert.severity === severity))
}

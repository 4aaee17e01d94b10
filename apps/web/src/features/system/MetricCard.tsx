import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import type { JSX } from 'react'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { FlagView } from '@headroom/shared/model/flag.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { StateMark } from '../../ui/StateMark.tsx'
import { useInView } from '../../ui/use-in-view.ts'
import { flagsOfMetric } from './chart-lines.ts'
import type { MetricGroup } from './metric-groups.ts'
import { MetricPlot, PLOT_HEIGHT } from './MetricPlot.tsx'
import { NewestValue } from './NewestValue.tsx'
import type { View } from './view-search.ts'
import classes from './charts.module.css'

export type MetricCardProps = {
  group: MetricGroup
  system: SystemView
  view: View
  flags: readonly FlagView[]
  alerts: readonly Alert[]
}

/** One metric: its name, its newest value, its picture or its table. */
export function MetricCard(props: MetricCardProps): JSX.Element {
  const { group, alerts, flags } = props
  const { ref, inView } = useInView()
  const [asTable, setAsTable] = useState(false)
  const own = new Set(flagsOfMetric(group.metric, flags).map((flag) => flag.id))
  const firing = alerts.filter((alert) => alert.state === 'firing' && own.has(alert.flag) && alert.severity !== 'info')
  const mark = firing.some((alert) => alert.severity === 'critical')
    ? 'critical'
    : firing.length > 0
      ? 'warning'
      : undefined
  const id = `chart-${group.metric.replaceAll(/[^a-zA-Z0-9]+/g, '-')}`
  return (
    <section
      ref={ref}
      className={`${classes.chartCard} ${mark === undefined ? '' : classes[mark]}`}
      data-metric={group.metric}
      aria-labelledby={id}
    >
      <header className={classes.chartHead}>
        {mark !== undefined && <StateMark mark={mark} />}
        <h3 id={id} className={classes.chartTitle}>
          {group.title}
        </h3>
        <NewestValue group={group} system={props.system} seen={inView} />
        <UnstyledButton
          className={classes.tableButton}
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
          aria-label={`${group.title} as a table`}
        >
          <span className={classes.tableIcon} />
        </UnstyledButton>
      </header>
      {inView ? <MetricPlot {...props} asTable={asTable} /> : <div style={{ height: PLOT_HEIGHT + 20 }} />}
    </section>
  )
}

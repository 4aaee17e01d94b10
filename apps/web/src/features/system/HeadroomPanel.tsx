import type { JSX } from 'react'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { seriesOfResource } from '../../data/headroom-now.ts'
import { useTimeline } from '../../data/use-timeline.ts'
import { HeadroomBar } from './HeadroomBar.tsx'
import { useGuide } from './left-queries.ts'
import classes from './panels.module.css'

/** How much of each resource is used, of what limit, and who says so. */
export function HeadroomPanel({ system }: { system: SystemView }): JSX.Element {
  const { guide } = useGuide(system.id)
  const series = useTimeline((timeline) => timeline.seriesOf(system.id))
  return (
    <section className={classes.panel} data-live aria-labelledby="headroom-title">
      <h2 id="headroom-title">Headroom</h2>
      {system.headroom.length === 0 && (
        <p className={classes.quiet}>
          No limit is known yet. Give one under <code>limits:</code> in the configuration, or let the system report it.
        </p>
      )}
      <ul className={classes.bars}>
        {system.headroom.map((row) => (
          <HeadroomBar
            key={row.resource}
            row={row}
            series={seriesOfResource(row, series)}
            document={guide.documentOf(row.resource)}
          />
        ))}
      </ul>
    </section>
  )
}

import type { JSX } from 'react'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { headroomNow, newestOfAll, seriesOfResource } from '../../data/headroom-now.ts'
import { useServerStep, useTimelineStore } from '../../data/use-timeline.ts'
import { gistOf } from './gist.ts'
import classes from './overview.module.css'

const STEP_MS = 10_000

/**
 * The headroom of a card that is off the screen, as one sentence: cheap enough for hundreds, and still found by a
 * search of the page and read by a screen reader.
 */
export function CardGist({ system }: { system: SystemView }): JSX.Element {
  useServerStep(STEP_MS)
  const timeline = useTimelineStore()
  const series = timeline.seriesOf(system.id)
  const rows = system.headroom.map((row) => {
    const own = seriesOfResource(row, series).map(({ id }) => timeline.newest(id))
    return { ...row, now: headroomNow(row, newestOfAll(row.unit, own)) }
  })
  return <p className={classes.gist}>{gistOf(rows)}</p>
}

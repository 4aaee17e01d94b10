import { useMemo } from 'react'
import type { SeriesView } from '@headroom/shared/model/series.ts'
import { newestOfAll } from './headroom-now.ts'
import type { Newest, Timeline } from './timeline.ts'
import { useTimeline } from './use-timeline.ts'

/** The newest of a resource that one or more series give, in its unit. */
export function useUsed(unit: string, series: readonly SeriesView[]): Newest | undefined {
  const ids = series.map(({ id }) => id).join(' ')
  return useTimeline(useMemo(() => together(unit, ids === '' ? [] : ids.split(' ').map(Number)), [unit, ids]))
}

/** The same object until one of them says something new. */
function together(unit: string, ids: readonly number[]): (timeline: Timeline) => Newest | undefined {
  let parts: readonly Newest[] = []
  let whole: Newest | undefined
  return (timeline) => {
    const next = ids.map((id) => timeline.newest(id))
    if (next.length !== parts.length || next.some((each, index) => each !== parts[index])) {
      parts = next
      whole = newestOfAll(unit, next)
    }
    return whole
  }
}

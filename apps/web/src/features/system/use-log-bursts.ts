import { useMemo } from 'react'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { useTimeline, useTimelineStore } from '../../data/use-timeline.ts'
import type { Remark } from './lane-spans.ts'
import { logBursts } from './log-bursts.ts'
import { MATCHES } from './log-lines.ts'
import type { LaneSpan } from './pack-lanes.ts'
import { useRange } from './queries.ts'
import type { Window } from './use-window.ts'
import type { View } from './view.ts'

/** Marks that are nearer to each other than this are one, in pixels: two of the narrowest. */
const APART_PX = 44
/** Of a source that is gone from the configuration. */
const EVERY_SECONDS = 5

/** The lines that were found in the logs of a system, as marks of the notes' lane, `width` pixels wide. */
export function useLogBursts(system: SystemView, view: View, window: Window, width: number): LaneSpan<Remark>[] {
  const timeline = useTimelineStore()
  const all = useTimeline((each) => each.seriesOf(system.id))
  const series = useMemo(() => all.filter(({ metric, labels }) => metric === MATCHES && 'pattern' in labels), [all])
  const { data: range } = useRange(
    useMemo(() => series.map(({ id }) => id), [series]),
    view,
  )
  if (width === 0) return []
  const counted = series.map(({ id, source, labels }) => {
    const everySeconds = system.sources.find((each) => each.id === source)?.everySeconds ?? EVERY_SECONDS
    const history = range?.series.find((each) => each.id === id)
    return {
      pattern: labels['pattern'] ?? '',
      everyMs: everySeconds * 1000,
      slotAt: timeline.newest(id).lastAt ?? 0,
      history: history && range && { ...history, stepMs: range.stepMs, to: range.to },
      live: view.kind === 'live' ? timeline.samples(id, Math.max(window.from, (range?.to ?? 0) + 1)) : [],
    }
  })
  return logBursts(counted, window, ((window.to - window.from) * APART_PX) / width)
}

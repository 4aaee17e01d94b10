import { catalogued } from '@headroom/shared/metrics.ts'
import { labelsKey } from '@headroom/shared/model/labels.ts'
import type { Point } from '@headroom/shared/model/reading.ts'
import { judgeCounter, judgeUptime, type SeriesMemory, type Verdict } from './counters.ts'

/** Turns the counters of one source into rates per minute, reading by reading. */
export type RateKeeper = {
  /** `atMs` is monotonic, and the same for all points that state no time of their own. */
  apply(points: readonly Point[], atMs: number): Point[]
}

/** Series that a source no longer gives are forgotten, once there are more than this. */
const MAX_REMEMBERED = 10_000
const UPTIME = 'uptime.seconds'

export function createRateKeeper(): RateKeeper {
  const memories = new Map<string, SeriesMemory>()

  function judge(point: Point, atMs: number): Verdict {
    const key = `${point.kind}/${point.metric}${labelsKey(point.labels)}`
    const [memory, verdict] = (point.kind === 'counter' ? judgeCounter : judgeUptime)(
      memories.get(key),
      point.value,
      point.at ?? atMs,
    )
    // Put at the end: the first entries are the longest unheard of.
    memories.delete(key)
    memories.set(key, memory)
    return verdict
  }

  return {
    apply(points, atMs) {
      if (points.every(isPlain)) return [...points]
      const kept = new Map<string, Point>()
      for (const point of points) {
        const result = point.kind === 'counter' || point.metric === UPTIME ? settle(point, judge(point, atMs)) : point
        if (result === undefined) continue
        const key = `${result.metric}${labelsKey(result.labels)}${result.at === undefined ? '' : `@${result.at}`}`
        // The first of a name (and time) counts, except that a spread explains the total beside it.
        if (!kept.has(key) || result.spread === true) kept.set(key, result)
      }
      while (memories.size > MAX_REMEMBERED) memories.delete(memories.keys().next().value ?? '')
      return [...kept.values()]
    },
  }
}

/** A gauge of a time of its own: there is nothing to reckon, and nothing that it could repeat. */
function isPlain({ kind, at, metric }: Point): boolean {
  return kind === 'gauge' && at !== undefined && metric !== UPTIME
}

function settle(point: Point, verdict: Verdict): Point | undefined {
  switch (verdict.kind) {
    case 'rate': {
      const { rate, ...rest } = point
      return { ...rest, metric: rate ?? point.metric, unit: 'per_minute', value: verdict.perMinute, kind: 'gauge' }
    }
    case 'value':
      return { ...point, value: verdict.value }
    case 'spread': {
      const { rate: _, ...rest } = point
      return { ...rest, unit: catalogued(point.metric)?.unit ?? point.unit, kind: 'gauge', spread: true }
    }
    case 'nothing':
      return undefined
  }
}

import { HOUR } from '../time.ts'
import type { Followed, Kind } from './kind.ts'
import type { Part, PartOf } from './memory.ts'
import { plainLevel } from './threshold.ts'

const BUCKETS = 12
/** How much of the window must have been seen since the newest release. */
const SHARE = 0.75
type Minimum = readonly [start: number, least: number]

/**
 * Compares growth per hour that never came back. What is kept is the least value of each of twelve equal buckets of the
 * window (an hour), so that what is given back between two buckets never counts. Three phases: forget all before a
 * *release*, where the minimum fell by more than half of what it had grown; want three quarters of the window since then; split
 * the rest into three and take the slower of the two rises between their minima, so that one step is no leak.
 */
export const leak: Kind = {
  follows: () => 'result',
  follow: followLeak,
  level: (rule, value, _of, unit) => plainLevel(rule, value, unit === 'count' ? 'count' : 'none'),
}

function followLeak(part: Part | undefined, { at, value, rule }: Followed): PartOf<'leak'> {
  const windowMs = rule.flag.windowMs ?? HOUR
  const bucketMs = windowMs / BUCKETS
  const minima = (part?.kind === 'leak' ? part.minima : []).filter(([start]) => start > at - windowMs)
  const newest = minima.at(-1)
  if (newest !== undefined && at < newest[0] + bucketMs)
    minima[minima.length - 1] = [newest[0], Math.min(newest[1], value)]
  else minima.push([at, value])
  const since = sinceRelease(minima)
  return { kind: 'leak', value: growthPerHour(since, windowMs), minima: since }
}

/** The minima from the newest release on. */
function sinceRelease(minima: readonly Minimum[]): [number, number][] {
  let base = 0
  let least = Infinity
  let most = -Infinity
  minima.forEach(([, value], index) => {
    const released = value < least || (most > least && value < most - (most - least) / 2)
    if (released) {
      base = index
      least = value
      most = value
    }
    most = Math.max(most, value)
  })
  return minima.slice(base).map(([start, value]) => [start, value])
}

/** In units per hour; 0 where it did not rise throughout, or was not seen for long enough. */
function growthPerHour(minima: readonly Minimum[], windowMs: number): number {
  const [first] = minima
  const last = minima.at(-1)
  if (first === undefined || last === undefined || minima.length < 3 || last[0] - first[0] < windowMs * SHARE) return 0
  const third = Math.floor(minima.length / 3)
  const parts = [minima.slice(0, third), minima.slice(third, -third), minima.slice(-third)].map(leastOf)
  const [early, middle, late] = parts
  if (early === undefined || middle === undefined || late === undefined) return 0
  return Math.max(0, Math.min(slope(early, middle), slope(middle, late)))
}

function leastOf(part: readonly Minimum[]): Minimum {
  const start = part[0]?.[0] ?? 0
  return [start, Math.min(...part.map(([, value]) => value))]
}

function slope(from: Minimum, to: Minimum): number {
  return ((to[1] - from[1]) * HOUR) / (to[0] - from[0])
}

import type { Flag } from '../model/flag.ts'
import { meets } from './compare.ts'
import type { WhenMemory } from './memory.ts'

type Condition = Flag['when'][number]

/** What side conditions say together: all true, one false, or one not known (and none false). */
export type Truth = 'true' | 'false' | 'unknown'

const POINTS = 30
const COMPARES = ['above', 'below', 'atLeast', 'atMost'] as const

/**
 * Looks at a side condition once more. It is looked at whenever its flag is judged, with the newest value there is;
 * `gapMs` apart or more, "for 5 min" begins again. What was true once (`ever`) stays so.
 */
export function followWhen(
  condition: Condition,
  memory: WhenMemory | undefined,
  value: number | null,
  at: number,
  gapMs: number,
): { memory: WhenMemory; truth: Truth } {
  if (value === null) {
    const unknown: WhenMemory = { at, since: null, ever: memory?.ever ?? false, points: [] }
    return { memory: unknown, truth: condition.ever === true && unknown.ever ? 'true' : 'unknown' }
  }
  const unbroken = memory !== undefined && at - memory.at <= gapMs ? memory : undefined
  const points = usesTrend(condition) ? remember(unbroken?.points ?? [], at, value, condition.for ?? 0) : []
  const trend = trendOf(condition, points, value, at)
  const now = COMPARES.every((compare) => lineMet(condition, compare, value)) && trend !== 'false'
  const since = now && trend !== 'unknown' ? (unbroken?.since ?? at) : null
  const next: WhenMemory = { at, since, ever: (memory?.ever ?? false) || since !== null, points }
  if (condition.ever === true) return { memory: next, truth: next.ever ? 'true' : 'false' }
  if (!now) return { memory: next, truth: 'false' }
  if (trend === 'unknown') return { memory: next, truth: 'unknown' }
  // A trend has looked back over `for` already.
  const heldMs = usesTrend(condition) ? 0 : (condition.for ?? 0)
  return { memory: next, truth: since !== null && at - since >= heldMs ? 'true' : 'false' }
}

/** All of several conditions. */
export function allOf(truths: readonly Truth[]): Truth {
  if (truths.includes('false')) return 'false'
  return truths.includes('unknown') ? 'unknown' : 'true'
}

function lineMet(condition: Condition, compare: (typeof COMPARES)[number], value: number): boolean {
  const line = condition[compare]
  return line === undefined || meets(compare, value, line)
}

function usesTrend(condition: Condition): boolean {
  return condition.rising !== undefined || condition.falling !== undefined
}

/** Keeps the newest value of every thirtieth of the time looked back over, and one point from before it. */
function remember(points: readonly [number, number][], at: number, value: number, forMs: number): [number, number][] {
  const before = points.findLastIndex(([when]) => when <= at - forMs)
  const kept = points.slice(Math.max(0, before))
  const last = kept.at(-1)
  return last !== undefined && at - last[0] < forMs / POINTS ? kept : [...kept, [at, value]]
}

function trendOf(condition: Condition, points: readonly [number, number][], value: number, at: number): Truth {
  if (!usesTrend(condition)) return 'true'
  const [first] = points
  if (first === undefined || at - first[0] < (condition.for ?? 0)) return 'unknown'
  const rising = condition.rising === undefined || condition.rising === value > first[1]
  const falling = condition.falling === undefined || condition.falling === value < first[1]
  return rising && falling ? 'true' : 'false'
}

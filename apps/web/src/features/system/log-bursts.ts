import type { RangeSeries } from '@headroom/shared/model/series.ts'
import type { Remark } from './lane-spans.ts'
import type { LaneSpan } from './pack-lanes.ts'

const MINUTE_MS = 60_000
/** Of fewer lines the number is right. */
const EXACT_TO = 10

/** How many lines a minute were found of a pattern: buckets of the past, then single values. */
export type CountedLines = {
  pattern: string
  /** How often it is said, and one of the moments: a mean is of as many values as there are such moments in its bucket. */
  everyMs: number
  slotAt: number
  history: (Pick<RangeSeries, 't' | 'avg'> & { stepMs: number; to: number }) | undefined
  live: readonly (readonly [at: number, perMinute: number | null])[]
}

type Found = { from: number; to: number; pattern: string; lines: number }
type Burst = { from: number; to: number; lines: Map<string, number> }

/**
 * Lines of logs as marks of the notes' lane: those that come within `gapMs` of each other are one mark with their
 * number, however many they are, so that they bury nothing.
 * @param window only what touches it
 */
export function logBursts(
  counted: readonly CountedLines[],
  window: { from: number; to: number },
  gapMs: number,
): LaneSpan<Remark>[] {
  const bursts: Burst[] = []
  const found = counted.flatMap(foundIn).toSorted((a, b) => a.from - b.from)
  for (const { from, to, pattern, lines } of found) {
    if (to < window.from || from > window.to) continue
    let burst = bursts.at(-1)
    if (burst === undefined || from - burst.to > gapMs) bursts.push((burst = { from, to, lines: new Map() }))
    burst.to = Math.max(burst.to, to)
    burst.lines.set(pattern, (burst.lines.get(pattern) ?? 0) + lines)
  }
  return bursts.map(({ from, to, lines }) => {
    const patterns = [...lines].toSorted((a, b) => b[1] - a[1])
    const all = patterns.reduce((sum, [, count]) => sum + count, 0)
    const text = `${linesText(all)}: ${patterns.map(([pattern, count]) => (patterns.length === 1 ? pattern : `${pattern} ${whole(count)}`)).join(', ')}`
    return { from, to, group: 'log', rank: 2, name: text, item: { id: `log ${from}`, at: from, text, kind: 'log' } }
  })
}

function foundIn({ pattern, everyMs, slotAt, history, live }: CountedLines): Found[] {
  const { t: times, avg, stepMs, to: end } = history ?? { t: [], avg: [], stepMs: 0, to: 0 }
  const past = times.flatMap((from, index): Found[] => {
    const perMinute = avg[index] ?? 0
    const to = Math.min(from + stepMs, Math.max(from, end))
    const values = Math.ceil((to - slotAt) / everyMs) - Math.ceil((from - slotAt) / everyMs)
    const lines = (perMinute * Math.max(1, values) * everyMs) / MINUTE_MS
    return perMinute > 0 ? [{ from, to, pattern, lines }] : []
  })
  const now = live.flatMap(([at, perMinute]): Found[] =>
    perMinute !== null && perMinute > 0
      ? [{ from: at, to: at, pattern, lines: (perMinute * everyMs) / MINUTE_MS }]
      : [],
  )
  return [...past, ...now]
}

function whole(count: number): string {
  return Math.max(1, Math.round(count)).toLocaleString('en')
}

/** Reckoned back from lines a minute, and a question is never asked to the millisecond: it may be a few more or less. */
function linesText(count: number): string {
  if (whole(count) === '1') return '1 log line'
  return `${count < EXACT_TO ? '' : 'about '}${whole(count)} log lines`
}

import type { RangeSeries } from '@headroom/shared/model/series.ts'
import type { Remark } from './lane-spans.ts'
import type { LaneSpan } from './pack-lanes.ts'

const MINUTE_MS = 60_000

/** How many lines a minute were found of a pattern: buckets of the past, then single values; `everyMs` is how often it is said. */
export type CountedLines = {
  pattern: string
  everyMs: number
  history: Pick<RangeSeries, 't' | 'avg'> | undefined
  live: readonly (readonly [at: number, perMinute: number | null])[]
}

type Found = { from: number; to: number; pattern: string; lines: number }
type Burst = { from: number; to: number; lines: Map<string, number> }

/**
 * Lines of logs as marks of the notes' lane: those that come within `gapMs` of each other are one mark with their
 * number, however many they are, so that they bury nothing.
 * @param window only what touches it
 * @param stepMs how long each bucket of the history is
 */
export function logBursts(
  counted: readonly CountedLines[],
  window: { from: number; to: number },
  { stepMs, gapMs }: { stepMs: number; gapMs: number },
): LaneSpan<Remark>[] {
  const bursts: Burst[] = []
  const found = counted.flatMap((each) => foundIn(each, stepMs)).toSorted((a, b) => a.from - b.from)
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

/** A mean stands for all of its bucket, or for the time since the value before where buckets are shorter than that. */
function foundIn({ pattern, everyMs, history, live }: CountedLines, stepMs: number): Found[] {
  const past = (history?.t ?? []).flatMap((t, index): Found[] => {
    const perMinute = history?.avg[index] ?? 0
    const lines = (perMinute * Math.max(stepMs, everyMs)) / MINUTE_MS
    return perMinute > 0 ? [{ from: t, to: t + stepMs, pattern, lines }] : []
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

function linesText(count: number): string {
  return whole(count) === '1' ? '1 log line' : `${whole(count)} log lines`
}

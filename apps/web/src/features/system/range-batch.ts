import type { Range } from '@headroom/shared/contracts.ts'
import { browserClock } from '../../data/clock.ts'
import type { Clock } from '../../data/clock.ts'
import { fetchRange } from '../../data/http-client.ts'
import type { RangeQuery } from '../../data/http-client.ts'

export type LoadRange = (query: RangeQuery, signal: AbortSignal) => Promise<Range>
type Timer = Pick<Clock, 'after' | 'now'>
type Waiting = {
  query: RangeQuery
  signal: AbortSignal
  resolve: (range: Range) => void
  reject: (problem: unknown) => void
}

export type RangeBatch = {
  load: LoadRange
  /** Asks at once what has been gathered; else that is done when the page has a moment. */
  askNow: () => void
}

/** So many series are asked for in one request. */
const MOST_SERIES = 60
/** A request for many that takes longer is not waited for: one slow series must not hold up the others. */
const PATIENCE_MS = 2_000
/** After such a request failed, everybody asks alone for so long. */
const ALONE_MS = 30_000

/**
 * Twelve charts that open together ask once: what is asked in the same moment for the same span becomes one request.
 * If that fails or is slow each asks alone, so that only the chart whose series cannot be had is without them.
 */
export function createRangeBatch(load: LoadRange = fetchRange, timer: Timer = browserClock): RangeBatch {
  let gathering: Waiting[] = []
  let aloneUntil = 0

  const alone = (each: Waiting): void => {
    if (!each.signal.aborted) load(each.query, each.signal).then(each.resolve, each.reject)
  }
  const together = async (all: readonly Waiting[]): Promise<void> => {
    const stop = new AbortController()
    const cancel = timer.after(PATIENCE_MS, () => stop.abort())
    try {
      const series = [...new Set(all.flatMap(({ query }) => query.series))]
      const range = await load({ ...spanOf(all), series }, stop.signal)
      for (const { query, resolve } of all)
        resolve({ ...range, series: range.series.filter(({ id }) => query.series.includes(id)) })
    } catch {
      aloneUntil = timer.now() + ALONE_MS
      for (const each of all) alone(each)
    } finally {
      cancel()
    }
  }
  const ask = (): void => {
    const all = gathering.filter(({ signal }) => !signal.aborted)
    gathering = []
    for (const group of grouped(all)) {
      const [first] = group
      if (first !== undefined && group.length === 1) alone(first)
      else void together(group)
    }
  }
  const gather: LoadRange = (query, signal) =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new DOMException('no longer wanted', 'AbortError')), {
        once: true,
      })
      const each = { query, signal, resolve, reject }
      if (timer.now() < aloneUntil) return alone(each)
      if (gathering.length === 0) timer.after(0, ask)
      gathering.push(each)
    })
  return { load: gather, askNow: ask }
}

function spanOf(all: readonly Waiting[]): Omit<RangeQuery, 'series'> {
  const { from = 0, to = 0, points = 1 } = all[0]?.query ?? {}
  return { from, to, points }
}

/** Those with the same span, at most so many series together. */
function grouped(all: readonly Waiting[]): Waiting[][] {
  const bySpan = Map.groupBy(all, ({ query: { from, to, points } }) => `${from}-${to}/${points}`)
  return [...bySpan.values()].flatMap((same) => {
    const groups: Waiting[][] = []
    let count = Number.POSITIVE_INFINITY
    for (const each of same) {
      count += each.query.series.length
      if (count > MOST_SERIES) {
        groups.push([])
        count = each.query.series.length
      }
      groups.at(-1)?.push(each)
    }
    return groups
  })
}

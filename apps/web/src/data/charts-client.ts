import { ROUTES } from '@headroom/shared/contracts.ts'
import type { RawSeries } from '@headroom/shared/model/series.ts'
import { HttpProblem } from './http-problem.ts'
import { getJson } from './json-call.ts'

const PAGE = 50_000

/** Every sample of some series from `from` to before `to`, page by page. Undefined where there are more than `most`. */
export async function fetchSamples(
  query: { series: readonly number[]; from: number; to: number; most: number },
  signal: AbortSignal,
): Promise<RawSeries[] | undefined> {
  const { series, to, most } = query
  const all = new Map<number, RawSeries>(series.map((id) => [id, { id, t: [], v: [] }]))
  let from = Math.round(query.from)
  let held = 0
  while (from < to) {
    const page = await fetchPage(series, from, Math.round(to), signal)
    const count = page.reduce((sum, { t }) => sum + t.length, 0)
    held += count
    if (held > most) return undefined
    for (const { id, t, v } of page) {
      const into = all.get(id)
      for (const at of t) into?.t.push(at)
      for (const value of v) into?.v.push(value)
    }
    // A page is cut at a moment, for all series at the same: it may miss as many as share that moment.
    if (count < PAGE - series.length) break
    from = Math.max(from, ...page.map(({ t }) => t.at(-1) ?? 0)) + 1
  }
  return [...all.values()]
}

async function fetchPage(
  series: readonly number[],
  from: number,
  to: number,
  signal: AbortSignal,
): Promise<RawSeries[]> {
  const query = { series: series.join(','), from, to, points: 'raw', limit: PAGE }
  const answer = await getJson(ROUTES.range.path, ROUTES.range.response, query, signal)
  if (!('stepMs' in answer)) return answer.series
  throw new HttpProblem('not_understood', 'The collector gave buckets where every sample was asked for.', false)
}

import { ROUTES } from '@headroom/shared/contracts.ts'
import type { SeriesView } from '@headroom/shared/model/series.ts'
import { MINUTE } from '@headroom/shared/time.ts'
import { maySee } from '../access.ts'
import { type Endpoint, endpoint, given, type Input } from '../endpoint.ts'
import { ApiError } from '../errors.ts'
import type { Reads } from '../ports.ts'
import type { Identity } from '../types.ts'

const DEFAULT_SPAN_MS = 15 * MINUTE
/** What one answer may hold: series, and series times buckets. */
const MAX_SERIES = 500
const MAX_BUCKETS = 500_000

type Query = Input<typeof ROUTES.range>['query']

export function rangeRoutes({
  range,
  raw,
  series,
  unknownSeries,
  now,
}: Pick<Reads, 'range' | 'raw' | 'series' | 'unknownSeries'> & { now: () => number }): Endpoint[] {
  return [
    endpoint(ROUTES.range, async ({ query, identity }) => {
      const { from, to } = span(query, query.at ?? now())
      const ids = await choose(query, identity, series)
      const unknown = await unknownSeries(ids)
      if (unknown.length > 0) throw notThere(unknown)
      const { points, limit } = query
      if (points === 'raw') {
        const page = await raw({ series: ids, from, to, limit })
        return {
          body: { from, to, series: page.series },
          ...(page.next === null ? {} : { next: { from: page.next, to } }),
        }
      }
      if (ids.length * points > MAX_BUCKETS) {
        throw new ApiError(
          400,
          'range_too_large',
          `${ids.length} series of ${points} points are too much for one answer: ask for at most ${Math.floor(MAX_BUCKETS / ids.length)} points, or fewer series.`,
          'points',
        )
      }
      return { body: { from, to, ...(await range({ series: ids, from, to, points })) } }
    }),
  ]
}

/** Answered with gaps it would look as if nothing had been measured. */
function notThere(unknown: readonly number[]): ApiError {
  const [first, ...others] = unknown
  const more = others.length === 0 ? '' : ` (nor ${others.slice(0, 10).join(', ')}${others.length > 10 ? ', ...' : ''})`
  return new ApiError(
    404,
    'unknown_series',
    `There is no series ${first}${more}: GET /api/v1/series?all=1 lists those there are, and a number never changes.`,
    'series',
  )
}

/** The span asked for; by default the last 15 minutes. */
function span({ from, to }: Query, now: number): { from: number; to: number } {
  const end = to ?? (from === undefined ? now : Math.max(now, from + 1))
  const start = from ?? Math.max(0, end - DEFAULT_SPAN_MS)
  if (start >= end)
    throw new ApiError(
      400,
      'bad_range',
      `"from" (${start}) must be before "to" (${end}): swap them, in epoch milliseconds.`,
      'from',
    )
  return { from: start, to: end }
}

async function choose(query: Query, identity: Identity, series: Reads['series']): Promise<number[]> {
  const { system, metric } = query
  if (query.series === undefined && system === undefined) {
    throw new ApiError(
      400,
      'no_series',
      'Say which series: series=1,2 (numbers from /api/v1/series), or system=ID, with metric=NAME if only one is wanted.',
      'series',
    )
  }
  // Numbers need looking up only where the identity is not allowed everything.
  if (query.series !== undefined && identity.systems === undefined)
    return bounded([...new Set(query.series.split(',').map(Number))])
  const wanted = query.series?.split(',').map(Number)
  const views = await series(given({ system, all: true }))
  const found = views.filter(
    (view) => maySee(identity, view.system) && (wanted?.includes(view.id) ?? isMetric(view, metric)),
  )
  if (wanted !== undefined && found.length < new Set(wanted).size) {
    throw new ApiError(
      403,
      'forbidden_system',
      `Not all of these series are ${identity.name}'s to see: GET /api/v1/series lists those that are.`,
      'series',
    )
  }
  return bounded(found.map((view) => view.id))
}

/** `metric@source` names one source's; the bare name means every source's. */
function isMetric(view: SeriesView, metric: string | undefined): boolean {
  return metric === undefined || metric === view.metric || metric === `${view.metric}@${view.source}`
}

function bounded(ids: number[]): number[] {
  if (ids.length <= MAX_SERIES) return ids
  throw new ApiError(
    400,
    'range_too_large',
    `${ids.length} series are too many for one answer: ask for at most ${MAX_SERIES}, or name a metric.`,
    'series',
  )
}

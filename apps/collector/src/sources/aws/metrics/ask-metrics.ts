import type { MetricDataQuery, MetricDataResult } from '@aws-sdk/client-cloudwatch'
import type { CloudWatchCalls } from '../calls/cloudwatch-calls.ts'
import type { Query } from './target.ts'

/** The values of one query by the beginning of their period, epoch ms, and how its last page ended. */
export type Series = { values: Map<number, number>; status: string | undefined }

export type Span = { fromMs: number; toMs: number; periodMs: number }

/** As many as one call takes. */
const QUERIES_A_CALL = 500
/** More pages than 500 queries of three hours fill; a page that names itself as the next ends here. */
const MAX_PAGES = 50

/**
 * Asks for the values of all queries within a span, page by page. `series` (one for each query, in order) is filled as
 * answers come, so that what came before a failure is there.
 */
export async function askMetrics(
  calls: CloudWatchCalls,
  queries: readonly Query[],
  { fromMs, toMs, periodMs }: Span,
  series: Series[],
  signal: AbortSignal,
): Promise<void> {
  for (let first = 0; first < queries.length; first += QUERIES_A_CALL) {
    const asked = queries.slice(first, first + QUERIES_A_CALL)
    const input = {
      StartTime: new Date(fromMs),
      EndTime: new Date(toMs),
      ScanBy: 'TimestampDescending' as const,
      MetricDataQueries: asked.map((query, index) => queryOf(query, first + index, periodMs / 1_000)),
    }
    let NextToken: string | undefined
    for (let page = 0; page < MAX_PAGES; page++) {
      const answer = await calls.getMetricData(NextToken === undefined ? input : { ...input, NextToken }, signal)
      for (const result of answer.MetricDataResults ?? []) take(result, series)
      NextToken = answer.NextToken
      if (NextToken === undefined || NextToken === '') break
    }
  }
}

function queryOf(query: Query, index: number, seconds: number): MetricDataQuery {
  const dimensions = Object.entries(query.dimensions).map(([Name, Value]) => ({ Name, Value }))
  return {
    Id: `q${index}`,
    MetricStat: {
      Metric: { Namespace: query.namespace, MetricName: query.name, Dimensions: dimensions },
      Period: seconds,
      Stat: query.stat,
    },
  }
}

function take({ Id, Timestamps = [], Values = [], StatusCode }: MetricDataResult, series: readonly Series[]): void {
  const one = series[Number(Id?.slice(1))]
  if (one === undefined) return
  one.status = StatusCode
  Timestamps.forEach((at, index) => {
    const value = Values[index]
    if (value !== undefined && Number.isFinite(value)) one.values.set(at.getTime(), value)
  })
}

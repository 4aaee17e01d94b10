import { z } from 'zod'
import { type AwsWorld, type FakeMetric, isSame } from './aws-world.ts'
import { Refusal } from './refusal.ts'

const DimensionList = z.array(z.strictObject({ Name: z.string(), Value: z.string().optional() })).default([])
const GetMetricDataInput = z.object({
  StartTime: z.number(),
  EndTime: z.number(),
  NextToken: z.string().optional(),
  ScanBy: z.enum(['TimestampDescending', 'TimestampAscending']).default('TimestampDescending'),
  MetricDataQueries: z
    .array(
      z.strictObject({
        Id: z.string().regex(/^[a-z][A-Za-z0-9_]*$/),
        MetricStat: z.strictObject({
          Metric: z.strictObject({ Namespace: z.string(), MetricName: z.string(), Dimensions: DimensionList }),
          Period: z.number().refine((seconds) => seconds > 0 && seconds % 60 === 0),
          Stat: z.string(),
        }),
      }),
    )
    .min(1)
    .max(500),
})
type Input = z.infer<typeof GetMetricDataInput>
type Value = { query: number; at: number; value: number }

/** GetMetricData: only metrics with exactly these dimensions, page by page; no value is no value. */
export function getMetricData(world: AwsWorld, body: unknown): unknown {
  const parsed = GetMetricDataInput.safeParse(body)
  if (!parsed.success) throw new Refusal('ValidationError', `The input is invalid: ${parsed.error.message}`)
  const input = parsed.data
  const all = input.MetricDataQueries.flatMap((_, index) => valuesOf(world, input, index))
  const from = input.NextToken === undefined ? 0 : Number(Buffer.from(input.NextToken, 'base64').toString())
  const page = all.slice(from, from + world.valuesAPage)
  const next = from + page.length
  const more = next < all.length
  const results = input.MetricDataQueries.map((query, index) => {
    const own = page.filter((value) => value.query === index)
    const name = query.MetricStat.Metric.MetricName
    const goesOn = more && all[next]?.query === index
    return {
      Id: query.Id,
      Label: name,
      Timestamps: own.map(({ at }) => at / 1_000),
      Values: own.map(({ value }) => value),
      StatusCode: world.statuses.get(name) ?? (goesOn ? 'PartialData' : 'Complete'),
    }
  })
  // What has no values on a later page is not named there again.
  const named = input.NextToken === undefined ? results : results.filter(({ Values }) => Values.length > 0)
  const NextToken = more ? { NextToken: Buffer.from(String(next)).toString('base64') } : {}
  return { MetricDataResults: named, Messages: [], ...NextToken }
}

function valuesOf(world: AwsWorld, { MetricDataQueries, StartTime, EndTime }: Input, query: number): Value[] {
  const stat = MetricDataQueries[query]?.MetricStat
  if (stat === undefined || world.statuses.get(stat.Metric.MetricName) === 'Forbidden') return []
  const { Namespace, MetricName, Dimensions } = stat.Metric
  const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value = '' }) => [Name, Value]))
  const metric = world.metrics.find(
    ({ namespace, name, dimensions: own }) => namespace === Namespace && name === MetricName && isSame(own, dimensions),
  )
  return [...(metric?.values.get(stat.Stat) ?? [])]
    .filter(([at]) => world.ignoresSpan || (at >= StartTime * 1_000 && at < EndTime * 1_000))
    .toSorted(([a], [b]) => b - a)
    .map(([at, value]) => ({ query, at, value }))
}

const ListMetricsInput = z.object({
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions: DimensionList,
  RecentlyActive: z.literal('PT3H').optional(),
  NextToken: z.string().optional(),
})

/** ListMetrics, one metric a page: unlike GetMetricData it takes a part of the dimensions. */
export function listMetrics(world: AwsWorld, body: unknown): unknown {
  const { Namespace, MetricName, Dimensions, NextToken = '0' } = ListMetricsInput.parse(body)
  const found = world.metrics.filter(
    ({ namespace, name, dimensions }) =>
      (Namespace === undefined || namespace === Namespace) &&
      (MetricName === undefined || name === MetricName) &&
      Dimensions.every(({ Name, Value }) => Value === undefined || dimensions[Name] === Value),
  )
  const next = Number(NextToken) + 1
  return {
    Metrics: found.slice(next - 1, next).map(listed),
    ...(next < found.length ? { NextToken: String(next) } : {}),
  }
}

function listed({ namespace, name, dimensions }: FakeMetric): unknown {
  return {
    Namespace: namespace,
    MetricName: name,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
  }
}

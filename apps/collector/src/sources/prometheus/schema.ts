import { z } from 'zod'
import { httpUrl, REQUEST_OPTIONS } from '../http-client/request-options.ts'
import { IgnoreOption, MapOption } from '../measures/corrections.ts'

const Metric = z
  .string()
  .regex(/^[A-Za-z][\w.-]{0,199}$/, 'must be a metric name: letters, digits, dots and underscores')
const PromQl = z.string().trim().min(1, 'must be a PromQL expression').max(8_000)

/** A PromQL expression, or one with the unit of what it gives and the labels that are kept of it. */
const QueryOption: z.ZodType<Query> = z.union([
  PromQl.transform((query) => ({ query })),
  z.strictObject({
    query: PromQl,
    unit: z.string().max(32).optional(),
    labels: z
      .array(z.string().regex(/^[a-z][a-z0-9_]{0,31}$/, 'must be lower case letters, digits and underscores'))
      .optional(),
  }),
])
export type Query = { query: string; unit?: string | undefined; labels?: string[] | undefined }

export const PrometheusOptions = z
  .strictObject({
    url: httpUrl('http://127.0.0.1:9100/metrics').optional().describe('The address of an exposition, mostly /metrics.'),
    server: httpUrl('http://127.0.0.1:9090')
      .optional()
      .describe('The address of a Prometheus server, or of one that answers like it; asked for `queries`.'),
    queries: z
      .record(Metric, QueryOption)
      .optional()
      .describe('What the server is asked: the metric that it becomes, and the PromQL expression.'),
    map: MapOption,
    ignore: IgnoreOption,
    ...REQUEST_OPTIONS,
  })
  .superRefine(({ url, server, queries, map, ignore }, context) => {
    const problem = (path: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [path], message })
    }
    if (url === undefined && server === undefined)
      return problem('url', 'is missing: give the address of an exposition, or `server` and `queries`')
    if (url !== undefined && server !== undefined)
      return problem('server', 'stands beside `url`: make two sources of them')
    if (server === undefined && queries !== undefined)
      return problem('queries', 'are for a Prometheus server: give its address as `server`')
    if (server === undefined) return
    if (Object.keys(queries ?? {}).length === 0)
      return problem('queries', 'are missing: such as { queue.length: "sum(rq_jobs{status=\\"queued\\"})" }')
    if (Object.keys(map).length > 0) return problem('map', 'is for an exposition: the queries say what they give')
    if (ignore.length > 0) return problem('ignore', 'is for an exposition: leave the query out')
  })
export type PrometheusOptions = z.infer<typeof PrometheusOptions>

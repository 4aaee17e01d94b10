import { STATUS, type Rule } from '../rule.ts'
import { ownNames } from './own.ts'

const MINUTE_MS = 60_000
/** Where one of these is in a name, it is not people who ask, or not us who are asked. */
const NOT_OURS =
  '(?!.*(?:client|upstream|outgoing|outbound|db_|sql|disk|cache|(?:^|_)admin_|notification|(?:^|_)api_calls))'
/** What libraries call the time that a request takes. */
const LATENCY = [
  'http_server_requests?(?:_duration)?',
  'http_server_duration',
  'http_requests?_duration(?:_highr)?',
  'http_requests?_latency(?:_including_middlewares)?',
  'http_response_time',
  'requests?_(?:duration|latency|processing_time)',
  'response_time',
].join('|')
const IN_SECONDS = ownNames(`(?:${LATENCY})_seconds`, NOT_OURS)
const IN_MILLISECONDS = ownNames(`(?:${LATENCY})_(?:milliseconds|ms)`, NOT_OURS)
/** A timer of statsd, which statsd_exporter brings to seconds. */
const GUNICORN = /(^|_)gunicorn_request_duration$/
/** How they count requests; the more particular first. */
const TOTALS: readonly RegExp[] = [
  ownNames('http_(?:server_)?requests?_total', NOT_OURS),
  /^nginx_http_requests_total$/,
  /^django_http_responses_total_by_status_total$/,
  /(^|_)gunicorn_requests(_total)?$/,
  ownNames('requests?_total', NOT_OURS),
]
const IN_FLIGHT = ownNames(
  'requests?_in_?(?:flight|progress)|in_?flight_requests|active_requests|requests_active',
  NOT_OURS,
)
const UPSTREAM = /(^|_)upstream_(?:requests|calls|api_calls)_total$/
const UPSTREAM_TIME = /(^|_)upstream_(?:request_)?(?:duration|latency)_seconds$/
const GUNICORN_STATUS = '(^|_)gunicorn_request_status'

const latency = (name: RegExp, factor: number): Rule[] => [
  { metric: 'latency.p50_seconds', name, as: 'p50', factor },
  { metric: 'latency.p95_seconds', name, as: 'p95', factor },
]

/** What counts requests counts responses by their status too, where it has one. */
const counted = (name: RegExp): Rule[] => {
  const share = { name, as: 'per_second', windowMs: MINUTE_MS } as const
  return [
    { metric: 'requests.per_minute', name, as: 'counter' },
    { metric: 'responses.per_minute', name, as: 'counter', by: { status: STATUS } },
    { metric: 'part.failures', ...share, where: { '@status': /^5/ } },
    { metric: 'part.responses', ...share, where: { '@status': /./ } },
  ]
}

/** statsd_exporter without a mapping makes a family of each status that gunicorn counts. */
const gunicornStatuses: readonly Rule[] = [
  ...['200', '429', '500', '502', '503', '504'].map((status): Rule => ({
    metric: 'responses.per_minute',
    name: new RegExp(`${GUNICORN_STATUS}_${status}(_total)?$`),
    as: 'counter',
    labels: { status },
    set: 'gunicorn',
  })),
  ...(['part.failures', 'part.responses'] as const).map((metric): Rule => ({
    metric,
    name: new RegExp(`${GUNICORN_STATUS}_${metric === 'part.failures' ? '5' : '\\d'}\\d\\d(_total)?$`),
    as: 'per_second',
    windowMs: MINUTE_MS,
    together: true,
  })),
]

/** Requests and responses as web frameworks, servers and exporters count them. */
export const REQUESTS: readonly Rule[] = [
  ...latency(IN_SECONDS, 1),
  ...latency(IN_MILLISECONDS, 1e-3),
  ...latency(GUNICORN, 1),
  ...[...TOTALS, IN_SECONDS, IN_MILLISECONDS, GUNICORN].flatMap(counted),
  ...gunicornStatuses,
  { metric: 'requests.in_flight', name: IN_FLIGHT, as: 'gauge' },
  { metric: 'upstream.requests_per_minute', name: UPSTREAM, as: 'counter' },
  { metric: 'upstream.rate_limited_per_minute', name: UPSTREAM, as: 'counter', where: { '@status': /^429$/ } },
  { metric: 'upstream.seconds', name: UPSTREAM_TIME, as: 'p50' },
  { metric: 'upload.seconds', name: /(^|_)uploads?_(duration_)?seconds$/, as: 'p95' },
]

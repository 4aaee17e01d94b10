import type { KnownName } from './known-name.ts'

/** The names of a running total of the responses of one status. */
const ofStatus = (status: string): KnownName => ({
  metric: 'responses.per_minute',
  as: 'total',
  names: ['errors', 'http', 'http_errors', 'responses', 'requests', 'status']
    .flatMap((word) => [`${word}_${status}`, `${status}_${word}`])
    .flatMap((name) => [name, `${name}_total`, `total_${name}`, `${name}_count`])
    .join(' '),
  also: ['requests', 'responses', 'errors'],
  labels: { status },
})

/** Requests, responses, latency, and the API behind the application. */
export const KNOWN_REQUESTS: readonly KnownName[] = [
  {
    metric: 'requests.in_flight',
    as: 'count',
    names:
      'requests_in_flight in_flight_requests in_flight inflight inflight_requests active_requests requests_active concurrent_requests requests_in_progress in_progress_requests current_requests',
    also: ['requests'],
  },
  { metric: 'requests.in_flight', as: 'count', under: ['slots|requests'], names: 'in_use used busy active' },
  {
    metric: 'slots.limit',
    as: 'count',
    names: 'requests_slots max_slots slots_limit slots_total total_slots slots_size slots_max slots',
    also: ['requests', 'workers', 'config'],
  },
  { metric: 'slots.limit', as: 'count', under: ['requests'], names: 'slots' },
  { metric: 'requests.per_minute', as: 'per_minute', names: 'requests requests_rate throughput', also: ['requests'] },
  { metric: 'requests.per_minute', as: 'per_minute', under: ['requests'], names: 'rate' },
  {
    metric: 'responses.per_minute',
    as: 'total',
    labelled: 'status',
    names:
      'responses responses_total total_responses responses_by_status by_status status_codes status_counts codes statuses status responses_codes requests_by_status requests_total count total',
    also: ['requests', 'responses'],
  },
  ...['429', '500', '502', '503', '504'].map(ofStatus),
  {
    metric: 'requests.per_minute',
    as: 'total',
    names: 'requests_total total_requests requests_total_count',
    also: ['requests'],
  },
  {
    metric: 'errors.percent',
    as: 'percent',
    names: 'errors errors_rate requests_errors failed_requests failure',
    also: ['requests', 'responses'],
  },
  {
    metric: 'errors.percent',
    as: 'percent',
    names: 'success success_rate requests_success requests_success_rate successful_requests',
    also: ['requests', 'responses'],
    complement: true,
  },
  {
    metric: 'errors.percent',
    as: 'share',
    names: 'success_rate requests_success_rate',
    also: ['requests', 'responses'],
    complement: true,
    // One or less may as well be a share of one.
    bareFrom: 1.001,
  },
  {
    metric: 'latency.p50_seconds',
    as: 'seconds',
    names: 'latency_p50 p50_latency response_time_p50 p50_response_time responses_p50 requests_p50 p50_responses',
    also: ['requests', 'latency'],
  },
  { metric: 'latency.p50_seconds', as: 'seconds', under: ['latency|requests|responses'], names: 'p50 50 time_p50' },
  {
    metric: 'latency.p95_seconds',
    as: 'seconds',
    names: 'latency_p95 p95_latency response_time_p95 p95_response_time responses_p95 requests_p95 p95_responses',
    also: ['requests', 'latency'],
  },
  { metric: 'latency.p95_seconds', as: 'seconds', under: ['latency|requests|responses'], names: 'p95 95 time_p95' },
  {
    metric: 'latency.p50_seconds',
    as: 'seconds',
    names: 'response_time latency requests_time requests_duration',
    also: ['requests'],
  },
  { metric: 'upload.seconds', as: 'seconds', names: 'upload_p95 p95_upload', also: ['upload'] },
  { metric: 'upload.seconds', as: 'seconds', under: ['upload'], names: 'p95 95 p50 time duration latency avg' },
  { metric: 'upload.seconds', as: 'seconds', names: 'upload' },

  {
    metric: 'upstream.seconds',
    as: 'seconds',
    under: ['upstream'],
    names: 'p50 latency response_time responses time duration avg avg_latency avg_response_time',
    also: ['api', 'requests', 'latency'],
  },
  {
    metric: 'upstream.seconds',
    as: 'seconds',
    under: ['upstream'],
    names: 'response_time avg_response_time',
    also: ['requests'],
    bareFrom: 0,
    bareTo: 200,
  },
  { metric: 'upstream.seconds', as: 'seconds', names: 'upstream' },
  {
    metric: 'upstream.requests_per_minute',
    as: 'per_minute',
    under: ['upstream|api'],
    names: 'requests calls rate requests_rate current used',
    also: ['upstream', 'api', 'requests'],
  },
  {
    metric: 'upstream.requests_per_minute',
    as: 'per_minute',
    names: 'upstream api_calls upstream_api_calls upstream_api_requests',
    also: ['upstream'],
  },
  {
    metric: 'upstream.requests_per_minute',
    as: 'total',
    under: ['upstream'],
    names: 'requests_total total_requests calls_total total_calls api_calls_total total_api_calls',
    keeps: 'upstream.requests_total',
    also: ['api', 'requests'],
  },
  {
    metric: 'upstream.requests_per_minute',
    as: 'total',
    names: 'api_calls_total total_api_calls',
    keeps: 'upstream.requests_total',
  },
  {
    metric: 'upstream.rate_limited_per_minute',
    as: 'per_minute',
    under: ['upstream|api'],
    names: 'rate_limited limited 429 429s too_many_requests',
    also: ['upstream', 'api', 'responses', 'errors'],
  },
  {
    metric: 'upstream.rate_limited_per_minute',
    as: 'total',
    under: ['upstream|api'],
    names:
      'rate_limited_total total_rate_limited rate_limits_total 429_total total_429 429s_total errors_429_total rate_limit_errors_total',
    also: ['upstream', 'api', 'responses', 'errors'],
  },
  {
    metric: 'upstream.rate_limited_per_minute',
    as: 'total',
    under: ['upstream'],
    names: 'rate_limit_errors rate_limited_errors rate_limit_hits errors_429 429_errors',
    also: ['api', 'responses', 'errors'],
  },
  {
    metric: 'upstream.rate_limited_per_minute',
    as: 'total',
    labelled: '429',
    under: ['upstream'],
    names: 'errors responses errors_by_status responses_by_status errors_by_code status_codes codes',
    also: ['api', 'requests', 'responses', 'errors'],
  },
  { metric: 'upstream.rate_limited_per_minute', as: 'total', names: 'rate_limited_total total_rate_limited' },
  {
    metric: 'upstream.limit_per_minute',
    as: 'per_minute',
    under: ['upstream|api'],
    names: 'limit rate_limit requests_limit max quota max_requests limit_requests rate_limit_requests',
    also: ['upstream', 'api', 'requests', 'config'],
  },
  // The limits of these APIs are told per minute.
  {
    metric: 'upstream.limit_per_minute',
    as: 'per_minute',
    under: ['upstream'],
    names: 'rate_limit',
    also: ['api', 'config'],
    bareFrom: 0,
  },
]

import type { MetricName } from '@headroom/shared/metrics.ts'

/**
 * A name that documents use for a metric of the catalogue. This table is all there is: no code knows an application.
 * Rules stand in order of preference: where a document gives one metric twice, the rule further up wins.
 */
export type KnownName = {
  metric: MetricName
  /**
   * What the number must be. `total` is a counter whose rate is the metric; `moment` a point in time that uptime counts
   * from; `share` a percentage that may stand without a unit.
   */
  as: 'count' | 'bytes' | 'seconds' | 'percent' | 'share' | 'per_minute' | 'total' | 'moment' | 'load'
  /** Names in words, synonyms included (`words.ts`), units left out; separated by spaces. */
  names: string
  /** Whose it must be: every entry must be among the words before the name, the nearest of them right before it. `a|b` is either. */
  under?: readonly string[]
  /** Owners that may stand before it without changing what it says. */
  also?: readonly string[]
  /** Without a unit in its name it counts only if at least this great: 512 is no number of bytes that a system has. */
  bareFrom?: number
  /** The least value that makes sense; below it the number means something else. */
  atLeast?: number
  labels?: Readonly<Record<string, string>>
  /** Only for series that carry this label. */
  labelled?: 'status'
  /** The running total is kept as well, under this name. */
  keeps?: MetricName
}

const MIB = 2 ** 20
const SELF = ['processes'] as const
const PEOPLE = ['sessions|threads|users'] as const

export const KNOWN_NAMES: readonly KnownName[] = [
  // People and their sessions
  { metric: 'sessions.active', as: 'count', names: 'active_sessions sessions_count count_sessions current_sessions open_sessions concurrent_sessions sessions', also: ['users'] },
  { metric: 'sessions.active', as: 'count', under: ['sessions'], names: 'active active_count count_active open current total_active concurrent' },
  { metric: 'sessions.limit', as: 'count', names: 'max_sessions sessions_limit sessions_max max_concurrent_sessions max_active_sessions', also: ['sessions', 'config'] },
  { metric: 'sessions.limit', as: 'count', under: ['sessions'], names: 'max_allowed limit max max_concurrent max_active capacity allowed', also: ['config'] },
  { metric: 'users.active', as: 'count', names: 'active_users users_count count_users current_users online_users users_online connected_users concurrent_users users', also: ['sessions'] },
  { metric: 'users.active', as: 'count', under: ['users'], names: 'active active_count count_active count online connected current total_active concurrent' },
  { metric: 'users.limit', as: 'count', names: 'max_users users_limit users_max max_concurrent_users max_active_users', also: ['users', 'config'] },
  { metric: 'users.limit', as: 'count', under: ['users'], names: 'max_allowed limit max max_concurrent capacity allowed', also: ['config'] },
  { metric: 'users.used_percent', as: 'percent', under: ['users'], names: 'utilization used' },
  { metric: 'sessions.memory_bytes', as: 'bytes', under: PEOPLE, names: 'memory memory_used used_memory total_memory memory_total memory_rss', bareFrom: MIB },

  // The machine, or the container
  { metric: 'memory.used_percent', as: 'percent', names: 'memory memory_used used_memory memory_utilization', also: SELF },
  { metric: 'memory.used_bytes', as: 'bytes', names: 'memory_used used_memory memory memory_current current_memory', also: SELF, bareFrom: MIB },
  { metric: 'memory.used_bytes', as: 'bytes', names: 'memory_rss rss_memory rss memory_resident', also: ['processes', 'memory'], bareFrom: MIB },
  { metric: 'memory.limit_bytes', as: 'bytes', names: 'memory_limit limit_memory memory_max max_memory memory_allowed', also: ['processes', 'config'], bareFrom: MIB },
  { metric: 'memory.limit_bytes', as: 'bytes', names: 'memory_total total_memory', also: SELF, bareFrom: MIB },
  { metric: 'cpu.used_percent', as: 'share', names: 'cpu cpu_used used_cpu cpu_total', also: SELF },
  { metric: 'cpu.used_percent', as: 'percent', names: 'cpu_utilization', also: SELF },
  { metric: 'load.1m', as: 'load', names: 'load_1m load_1min load1 load_1 load_avg_1m load_avg_1min load_avg_1 load_avg1 loadavg_1m load_avg_0 loadavg_0 load_avg loadavg load_0 load', also: ['cpu'] },
  { metric: 'disk.used_percent', as: 'percent', names: 'disk disk_used used_disk disk_utilization' },
  { metric: 'uptime.seconds', as: 'seconds', names: 'uptime up_time', also: SELF, bareFrom: 0 },
  { metric: 'uptime.seconds', as: 'moment', names: 'started_at start_time started_time boot_time started', also: SELF },
  { metric: 'threads.active', as: 'count', names: 'active_threads threads_count count_threads threads', also: SELF },
  { metric: 'threads.active', as: 'count', under: ['threads'], names: 'active total_active active_count count current total' , also: SELF },
  { metric: 'processes.active', as: 'count', names: 'active_processes users_processes processes_count count_processes running_processes processes', also: ['users'] },
  { metric: 'processes.active', as: 'count', under: ['processes'], names: 'active count running total total_active current' },
  { metric: 'instances.count', as: 'count', names: 'instances instances_count count_instances instances_total active_instances total_instances running_instances' },
  { metric: 'replicas.ready', as: 'count', names: 'replicas_ready ready_replicas replicas_available available_replicas replicas' },
  { metric: 'replicas.desired', as: 'count', names: 'replicas_desired desired_replicas replicas_wanted replicas_total total_replicas replicas_spec' },
  { metric: 'restarts.total', as: 'count', names: 'restarts_total total_restarts restart_count restarts_count restarts', also: ['processes', 'workers'] },

  // Requests
  { metric: 'requests.in_flight', as: 'count', names: 'requests_in_flight in_flight_requests in_flight inflight inflight_requests active_requests requests_active concurrent_requests requests_in_progress in_progress_requests current_requests', also: ['requests'] },
  { metric: 'requests.in_flight', as: 'count', under: ['slots|requests'], names: 'in_use used busy active' },
  { metric: 'slots.limit', as: 'count', names: 'requests_slots max_slots slots_limit slots_total total_slots slots_size slots_max slots', also: ['requests', 'workers', 'config'] },
  { metric: 'slots.limit', as: 'count', under: ['requests'], names: 'slots' },
  { metric: 'requests.per_minute', as: 'per_minute', names: 'requests requests_rate throughput', also: ['requests'] },
  { metric: 'requests.per_minute', as: 'per_minute', under: ['requests'], names: 'rate' },
  { metric: 'responses.per_minute', as: 'total', labelled: 'status', names: 'responses responses_total total_responses responses_by_status by_status status_codes status_counts codes statuses status responses_codes requests_by_status requests_total count total', also: ['requests', 'responses'] },
  { metric: 'requests.per_minute', as: 'total', names: 'requests_total total_requests requests_total_count', also: ['requests'] },
  { metric: 'errors.percent', as: 'percent', names: 'errors errors_rate requests_errors failed_requests failure', also: ['requests', 'responses'] },
  { metric: 'latency.p50_seconds', as: 'seconds', names: 'latency_p50 p50_latency response_time_p50 p50_response_time responses_p50 requests_p50 p50_responses', also: ['requests', 'latency'] },
  { metric: 'latency.p50_seconds', as: 'seconds', under: ['latency|requests|responses'], names: 'p50 50 time_p50' },
  { metric: 'latency.p95_seconds', as: 'seconds', names: 'latency_p95 p95_latency response_time_p95 p95_response_time responses_p95 requests_p95 p95_responses', also: ['requests', 'latency'] },
  { metric: 'latency.p95_seconds', as: 'seconds', under: ['latency|requests|responses'], names: 'p95 95 time_p95' },
  { metric: 'latency.p50_seconds', as: 'seconds', names: 'response_time latency requests_time requests_duration', also: ['requests'] },
  { metric: 'upload.seconds', as: 'seconds', names: 'upload_p95 p95_upload', also: ['upload'] },
  { metric: 'upload.seconds', as: 'seconds', under: ['upload'], names: 'p95 95 p50 time duration latency avg' },
  { metric: 'upload.seconds', as: 'seconds', names: 'upload' },

  // The API behind the application
  { metric: 'upstream.seconds', as: 'seconds', under: ['upstream'], names: 'p50 latency response_time responses time duration avg avg_latency avg_response_time', also: ['api', 'requests', 'latency'] },
  { metric: 'upstream.seconds', as: 'seconds', names: 'upstream' },
  { metric: 'upstream.requests_per_minute', as: 'per_minute', under: ['upstream|api'], names: 'requests calls rate requests_rate current used', also: ['upstream', 'api', 'requests'] },
  { metric: 'upstream.requests_per_minute', as: 'per_minute', names: 'upstream api_calls upstream_api_calls upstream_api_requests', also: ['upstream'] },
  { metric: 'upstream.requests_per_minute', as: 'total', under: ['upstream'], names: 'requests_total total_requests calls_total total_calls api_calls_total total_api_calls', keeps: 'upstream.requests_total', also: ['api', 'requests'] },
  { metric: 'upstream.requests_per_minute', as: 'total', names: 'api_calls_total total_api_calls', keeps: 'upstream.requests_total' },
  { metric: 'upstream.rate_limited_per_minute', as: 'per_minute', under: ['upstream|api'], names: 'rate_limited limited 429 429s too_many_requests', also: ['upstream', 'api', 'responses', 'errors'] },
  { metric: 'upstream.rate_limited_per_minute', as: 'total', under: ['upstream|api'], names: 'rate_limited_total total_rate_limited rate_limits_total 429_total total_429 429s_total errors_429_total rate_limit_errors_total', also: ['upstream', 'api', 'responses', 'errors'] },
  { metric: 'upstream.rate_limited_per_minute', as: 'total', names: 'rate_limited_total total_rate_limited' },
  { metric: 'upstream.limit_per_minute', as: 'per_minute', under: ['upstream|api'], names: 'limit rate_limit requests_limit max quota max_requests limit_requests', also: ['upstream', 'api', 'requests', 'config'] },

  // The database and Redis
  { metric: 'db.pool.in_use', as: 'count', under: ['database', 'pool'], names: 'checked_out checkedout in_use used busy active borrowed acquired', also: ['connections'] },
  { metric: 'db.pool.size', as: 'count', under: ['database', 'pool'], names: 'size pool_size', also: ['connections', 'config'] },
  { metric: 'db.pool.overflow', as: 'count', under: ['database', 'pool'], names: 'max_overflow overflow_max overflow_limit', also: ['connections', 'config'] },
  { metric: 'db.pool.overflow', as: 'count', under: ['database', 'pool'], names: 'overflow', also: ['connections'], atLeast: 0 },
  { metric: 'db.pool.limit', as: 'count', under: ['database', 'pool'], names: 'limit max max_size max_connections capacity', also: ['connections', 'config'] },
  { metric: 'db.pool.waiting', as: 'count', under: ['database', 'pool'], names: 'waiting waiters pending queued waiting_requests', also: ['connections'] },
  { metric: 'redis.pool.in_use', as: 'count', under: ['redis', 'pool'], names: 'checked_out in_use used busy active in_use_connections', also: ['connections', 'cache'] },
  { metric: 'redis.pool.size', as: 'count', under: ['redis', 'pool'], names: 'size limit max max_size max_connections capacity pool_size', also: ['connections', 'config', 'cache'] },
  { metric: 'redis.pool.waiting', as: 'count', under: ['redis', 'pool'], names: 'waiting waiters pending queued', also: ['connections', 'cache'] },
  // A pool of nobody's is the database's: these are SQLAlchemy's words.
  { metric: 'db.pool.in_use', as: 'count', under: ['pool'], names: 'checked_out checkedout in_use', also: ['connections'] },
  { metric: 'db.pool.size', as: 'count', under: ['pool'], names: 'size', also: ['connections'] },
  { metric: 'db.pool.overflow', as: 'count', under: ['pool'], names: 'max_overflow', also: ['connections'] },
  { metric: 'db.pool.overflow', as: 'count', under: ['pool'], names: 'overflow', also: ['connections'], atLeast: 0 },
  { metric: 'db.pool.waiting', as: 'count', under: ['pool'], names: 'waiting waiters', also: ['connections'] },
  { metric: 'db.connections', as: 'count', under: ['database'], names: 'connections connections_total total_connections connections_count open_connections' },
  { metric: 'db.connections', as: 'count', under: ['database'], names: 'active_connections connections_active', labels: { state: 'active' } },
  { metric: 'db.connections', as: 'count', under: ['database'], names: 'idle_connections connections_idle', labels: { state: 'idle' } },
  { metric: 'db.connections.limit', as: 'count', under: ['database'], names: 'max_connections connections_limit connections_max', also: ['config'] },
  { metric: 'db.transaction.longest_seconds', as: 'seconds', under: ['database'], names: 'longest_transaction oldest_transaction transaction_longest longest_running_transaction' },
  { metric: 'redis.clients', as: 'count', under: ['redis'], names: 'connected_clients clients connections clients_connected' },
  { metric: 'redis.clients.limit', as: 'count', under: ['redis'], names: 'maxclients max_clients clients_limit', also: ['config'] },
  { metric: 'redis.blocked_clients', as: 'count', under: ['redis'], names: 'blocked_clients clients_blocked' },
  { metric: 'redis.memory_percent', as: 'percent', under: ['redis'], names: 'memory memory_used used_memory' },

  // Jobs
  { metric: 'queue.length', as: 'count', names: 'queue_length length_queue queue_size queue_depth jobs_queued queued_jobs jobs_pending pending_jobs jobs_waiting waiting_jobs jobs_in_queue queue', also: ['queue', 'jobs', 'workers'] },
  { metric: 'queue.length', as: 'count', under: ['queue|jobs'], names: 'length size depth count waiting pending queued backlog', also: ['queue', 'jobs', 'redis'] },
  { metric: 'queue.oldest_seconds', as: 'seconds', under: ['queue|jobs'], names: 'oldest oldest_job oldest_jobs oldest_waiting oldest_age oldest_job_age oldest_pending oldest_queued age_oldest max_wait longest_wait', also: ['queue', 'jobs', 'redis'] },
  { metric: 'queue.oldest_seconds', as: 'seconds', names: 'oldest_jobs oldest_queued_jobs oldest_jobs_age oldest_waiting_jobs' },
  { metric: 'jobs.running', as: 'count', names: 'jobs_running running_jobs jobs_active active_jobs jobs_in_progress jobs_started', also: ['queue', 'jobs', 'workers'] },
  { metric: 'jobs.running', as: 'count', under: ['queue|jobs'], names: 'running active in_progress processing started', also: ['queue', 'jobs', 'redis'] },
  { metric: 'jobs.longest_seconds', as: 'seconds', under: ['queue|jobs'], names: 'longest longest_running longest_job longest_jobs running_longest longest_running_jobs', also: ['queue', 'jobs', 'redis'] },
  { metric: 'jobs.longest_seconds', as: 'seconds', names: 'longest_jobs longest_running_jobs jobs_longest', also: ['queue'] },
  { metric: 'jobs.finished_per_minute', as: 'total', names: 'jobs_finished_total finished_jobs_total total_jobs_finished total_finished_jobs jobs_completed_total total_jobs_completed jobs_processed_total total_jobs_processed jobs_done_total', also: ['queue', 'jobs', 'workers'] },
  { metric: 'jobs.finished_per_minute', as: 'total', under: ['queue|jobs'], names: 'finished_total completed_total processed_total total_finished total_completed total_processed', also: ['queue', 'jobs'] },
  { metric: 'jobs.finished_per_minute', as: 'per_minute', under: ['queue|jobs'], names: 'finished completed processed done', also: ['queue', 'jobs'] },
  { metric: 'jobs.failed_per_minute', as: 'total', names: 'jobs_failed_total failed_jobs_total total_jobs_failed total_failed_jobs', also: ['queue', 'jobs', 'workers'] },
  { metric: 'jobs.failed_per_minute', as: 'total', under: ['queue|jobs'], names: 'failed_total total_failed', also: ['queue', 'jobs'] },
  { metric: 'jobs.failed_per_minute', as: 'per_minute', under: ['queue|jobs'], names: 'failed', also: ['queue', 'jobs'] },
  { metric: 'jobs.duration_p50_seconds', as: 'seconds', under: ['queue|jobs'], names: 'duration_p50 p50_duration p50 time_p50', also: ['queue', 'jobs'] },
  { metric: 'workers.total', as: 'count', names: 'workers_total total_workers workers_count count_workers workers', also: ['queue', 'jobs'] },
  { metric: 'workers.total', as: 'count', under: ['workers'], names: 'total count size configured', also: ['queue', 'jobs'] },
  { metric: 'workers.busy', as: 'count', names: 'busy_workers active_workers working_workers', also: ['queue', 'jobs'] },
  { metric: 'workers.busy', as: 'count', under: ['workers'], names: 'busy active working in_use', also: ['queue', 'jobs'] },

  // Caches and streams
  { metric: 'cache.items', as: 'count', under: ['cache'], names: 'items entries count keys size item_count entries_count current_items current_size' },
  { metric: 'cache.bytes', as: 'bytes', under: ['cache'], names: 'size memory memory_used used total_size current_size', also: ['memory'] },
  { metric: 'cache.bytes', as: 'bytes', names: 'cache' },
  { metric: 'streams.open', as: 'count', names: 'active_streams open_streams streams_count streams active_streams_connections streams_connections', also: ['streams'] },
  { metric: 'streams.open', as: 'count', under: ['streams'], names: 'active open count total_active current connections active_connections open_connections' },
  { metric: 'streams.queue', as: 'count', under: ['streams'], names: 'queue queue_length queue_size queue_max max_queue max_queue_size max_queue_length longest_queue' },
  { metric: 'streams.oldest_idle_seconds', as: 'seconds', under: ['streams'], names: 'oldest_idle idle max_idle idle_max longest_idle' },
]

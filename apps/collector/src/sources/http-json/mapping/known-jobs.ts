import type { KnownName } from './known-name.ts'

/** Queues, jobs and workers. One worker serves many queues: what they say of it by queue does not add up. */
export const KNOWN_JOBS: readonly KnownName[] = [
  {
    metric: 'queue.length',
    as: 'count',
    names:
      'queue_length length_queue queue_size queue_depth jobs_queued queued_jobs jobs_pending pending_jobs jobs_waiting waiting_jobs jobs_in_queue queue',
    also: ['queue', 'jobs', 'workers'],
  },
  {
    metric: 'queue.length',
    as: 'count',
    under: ['queue|jobs'],
    names: 'length size depth count waiting pending queued enqueued backlog',
    also: ['queue', 'jobs', 'redis'],
  },
  {
    metric: 'queue.length',
    as: 'count',
    under: ['queue'],
    names: 'jobs jobs_count count_jobs messages',
    also: ['redis'],
  },
  {
    metric: 'queue.oldest_seconds',
    as: 'seconds',
    under: ['queue|jobs'],
    names:
      'oldest oldest_job oldest_jobs oldest_waiting oldest_age oldest_job_age oldest_pending oldest_queued age_oldest max_wait longest_wait',
    also: ['queue', 'jobs', 'redis'],
  },
  {
    metric: 'queue.oldest_seconds',
    as: 'seconds',
    names: 'oldest_jobs oldest_queued_jobs oldest_jobs_age oldest_waiting_jobs',
  },
  {
    metric: 'queue.oldest_seconds',
    as: 'moment',
    names:
      'oldest_jobs_timestamp oldest_timestamp_jobs oldest_jobs_at oldest_jobs_queued_at oldest_jobs_enqueued_at oldest_jobs_created_at oldest_queued_at oldest_enqueued_at',
    also: ['queue', 'jobs', 'redis'],
  },
  {
    metric: 'queue.oldest_seconds',
    as: 'moment',
    under: ['queue|jobs'],
    names: 'oldest_timestamp oldest_at',
    also: ['queue', 'jobs', 'redis'],
  },
  {
    metric: 'jobs.running',
    as: 'count',
    names:
      'jobs_running running_jobs jobs_active active_jobs jobs_in_progress jobs_started started_jobs started_jobs_count started_jobs_registry started_jobs_registry_count',
    also: ['queue', 'jobs', 'workers'],
  },
  {
    metric: 'jobs.running',
    as: 'count',
    under: ['queue|jobs'],
    names: 'running active busy in_progress processing started started_registry',
    also: ['queue', 'jobs', 'redis'],
  },
  {
    metric: 'jobs.longest_seconds',
    as: 'seconds',
    under: ['queue|jobs'],
    names: 'longest longest_running longest_job longest_jobs running_longest longest_running_jobs',
    also: ['queue', 'jobs', 'redis'],
  },
  {
    metric: 'jobs.longest_seconds',
    as: 'seconds',
    names: 'longest_jobs longest_running_jobs jobs_longest',
    also: ['queue'],
  },
  {
    metric: 'jobs.finished_per_minute',
    as: 'total',
    names:
      'jobs_finished_total finished_jobs_total total_jobs_finished total_finished_jobs jobs_completed_total total_jobs_completed jobs_processed_total total_jobs_processed jobs_done_total',
    also: ['queue', 'jobs', 'workers'],
  },
  {
    metric: 'jobs.finished_per_minute',
    as: 'total',
    under: ['queue|jobs'],
    names: 'finished_total completed_total processed_total total_finished total_completed total_processed',
    also: ['queue', 'jobs'],
  },
  {
    // Of what was ever done there is only more.
    metric: 'jobs.finished_per_minute',
    as: 'total',
    under: ['jobs'],
    names: 'processed',
    also: ['queue', 'jobs'],
  },
  {
    metric: 'queue.oldest_seconds',
    as: 'seconds',
    under: ['jobs'],
    names: 'default_latency queue_latency',
    bareFrom: 0,
  },
  {
    metric: 'jobs.finished_per_minute',
    as: 'per_minute',
    under: ['queue|jobs'],
    names: 'finished completed processed done',
    also: ['queue', 'jobs'],
  },
  {
    metric: 'jobs.failed_per_minute',
    as: 'total',
    names: 'jobs_failed_total failed_jobs_total total_jobs_failed total_failed_jobs',
    also: ['queue', 'jobs', 'workers'],
  },
  {
    metric: 'jobs.failed_per_minute',
    as: 'total',
    under: ['queue|jobs'],
    names: 'failed_total total_failed',
    also: ['queue', 'jobs'],
  },
  {
    metric: 'jobs.failed_per_minute',
    as: 'per_minute',
    under: ['queue|jobs'],
    names: 'failed',
    also: ['queue', 'jobs'],
  },
  {
    metric: 'jobs.duration_p50_seconds',
    as: 'seconds',
    under: ['queue|jobs'],
    names: 'duration_p50 p50_duration p50 time_p50',
    also: ['queue', 'jobs'],
  },
  {
    metric: 'workers.total',
    as: 'count',
    names: 'workers_total total_workers workers_count count_workers workers',
    also: ['queue', 'jobs'],
    notBy: 'queue',
  },
  {
    metric: 'workers.total',
    as: 'count',
    under: ['workers'],
    names: 'total count size configured',
    also: ['queue', 'jobs'],
    notBy: 'queue',
  },
  {
    metric: 'workers.busy',
    as: 'count',
    names: 'busy_workers active_workers working_workers',
    also: ['queue', 'jobs'],
    notBy: 'queue',
  },
  {
    metric: 'workers.busy',
    as: 'count',
    under: ['workers'],
    names: 'busy active working in_use',
    also: ['queue', 'jobs'],
    notBy: 'queue',
  },
]

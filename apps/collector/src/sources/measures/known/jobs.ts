import type { Rule } from '../rule.ts'
import { ownNames } from './own.ts'

const QUEUE = { queue: ['queue', 'queue_name'] }

/** A figure by queue, and one that says no queue. */
const ofQueue = (rule: Rule): Rule[] => [{ ...rule, by: QUEUE }, rule]

/** RQ, as rq-exporter tells it. */
const RQ: readonly Rule[] = [
  { metric: 'queue.length', name: /^rq_jobs$/, as: 'gauge', where: { status: /^queued$/ }, by: QUEUE },
  { metric: 'jobs.running', name: /^rq_jobs$/, as: 'gauge', where: { status: /^started$/ } },
  { metric: 'workers.total', name: /^rq_workers$/, as: 'gauge' },
  { metric: 'workers.busy', name: /^rq_workers$/, as: 'gauge', where: { state: /^busy$/ } },
  { metric: 'jobs.finished_per_minute', name: /^rq_workers_success_total$/, as: 'counter' },
  { metric: 'jobs.failed_per_minute', name: /^rq_workers_failed_total$/, as: 'counter' },
]

/** Celery, as celery-exporter tells it; and lists in Redis that redis_exporter was told to measure. */
const CELERY: readonly Rule[] = [
  ...ofQueue({ metric: 'queue.length', name: /^celery_queue_length$/, as: 'gauge' }),
  { metric: 'workers.total', name: /^celery_worker_up$/, as: 'gauge' },
  { metric: 'workers.total', name: /^celery_workers$/, as: 'gauge' },
  { metric: 'jobs.running', name: /^celery_worker_tasks_active$/, as: 'gauge' },
  { metric: 'jobs.finished_per_minute', name: /^celery_task_succeeded_total$/, as: 'counter' },
  { metric: 'jobs.failed_per_minute', name: /^celery_task_failed_total$/, as: 'counter' },
  { metric: 'jobs.duration_p50_seconds', name: /^celery_tasks?_runtime(_seconds)?$/, as: 'p50' },
  {
    metric: 'queue.length',
    name: /^redis_key_size$/,
    as: 'gauge',
    where: { key: /^(rq:queue:.+|celery)$/ },
    by: { queue: ['key'] },
  },
]

/** Queues of RabbitMQ, of BullMQ and of Sidekiq, as RabbitMQ itself and the usual exporters tell them. */
const BROKERS: readonly Rule[] = [
  ...ofQueue({ metric: 'queue.length', name: /^rabbitmq_queue_messages_ready$/, as: 'gauge' }),
  ...ofQueue({
    metric: 'queue.length',
    name: /^bullmq_job_count$/,
    as: 'gauge',
    where: { state: /^(waiting|prioritized|paused)$/ },
  }),
  { metric: 'queue.length', name: /^sidekiq_queue_size$/, as: 'gauge', by: { queue: ['name', 'queue'] } },
  {
    metric: 'queue.oldest_seconds',
    name: /^sidekiq_queue_latency(_seconds)?$/,
    as: 'gauge',
    reduce: 'max',
    by: { queue: ['name', 'queue'] },
  },
]

/** What applications call such figures themselves. */
const OWN: readonly Rule[] = [
  ...ofQueue({
    metric: 'queue.length',
    name: ownNames('(queue_(length|depth|size)|(jobs|tasks)_(queued|waiting|pending)|queued_(jobs|tasks))'),
    as: 'gauge',
  }),
  ...ofQueue({
    metric: 'queue.oldest_seconds',
    name: ownNames('(queue_oldest|oldest_(job|task)_(age|wait))(_age)?_seconds'),
    as: 'gauge',
    reduce: 'max',
  }),
  {
    metric: 'jobs.running',
    name: ownNames('((jobs|tasks)_(running|in_progress|active)|(running|active)_(jobs|tasks))'),
    as: 'gauge',
  },
  {
    metric: 'jobs.finished_per_minute',
    name: ownNames('(jobs|tasks)_(finished|succeeded|completed|processed)_total'),
    as: 'counter',
  },
  { metric: 'jobs.failed_per_minute', name: ownNames('(jobs|tasks)_failed_total'), as: 'counter' },
  {
    metric: 'jobs.duration_p50_seconds',
    name: ownNames('(job|task)s?_(duration|runtime|processing_time)_seconds'),
    as: 'p50',
  },
  { metric: 'workers.busy', name: ownNames('(workers_busy|busy_workers|workers_active|active_workers)'), as: 'gauge' },
  { metric: 'workers.total', name: ownNames('(workers|workers_total|workers_count|gunicorn_workers)'), as: 'gauge' },
]

export const JOBS: readonly Rule[] = [...RQ, ...CELERY, ...BROKERS, ...OWN]

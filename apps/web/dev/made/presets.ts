import type { PresetView } from '@headroom/shared/model/source-kind.ts'

type Flag = PresetView['flags'][number]

const flag = (id: string, title: string, metric: string, severity: Flag['severity'] = 'critical'): Flag => ({
  id,
  title,
  metric,
  severity,
})
const EVERYWHERE = [
  flag('down', 'Down', 'up'),
  flag('cpu-high', 'CPU', 'cpu.used_percent', 'warning'),
  flag('memory-high', 'Memory', 'memory.used_percent', 'warning'),
  flag('errors', 'Errors', 'errors.percent'),
]
const QUEUES = [
  flag('queue-long', 'Job queue length', 'queue.length'),
  flag('files-late', 'Files late', 'queue.oldest_seconds', 'warning'),
  flag('workers-few', 'Too few workers', 'workers.total', 'warning'),
  flag('jobs-fail', 'Jobs failed after 3 retries', 'jobs.failed_per_minute', 'warning'),
  flag('redis-clients', 'Redis clients', 'redis.clients', 'warning'),
  flag('too-many-connections', 'Too many connections', 'log.matches_per_minute'),
]

/** The documented systems of a made-up collector, with some of their flags. */
export const PRESETS: PresetView[] = [
  { id: 'web-service', title: 'Web service', about: 'Any application that answers over HTTP.', flags: EVERYWHERE },
  {
    id: 'workshop-on-render',
    title: 'Captioning workshop on Render',
    about: 'A Flask caption app for a class of 30.',
    flags: [...EVERYWHERE, flag('sessions', 'Sessions near the limit', 'sessions.active', 'warning')],
  },
  {
    id: 'webui-and-rq-on-openshift',
    title: 'Web UI and RQ on OpenShift',
    about: 'A web UI with job queues for 100 users.',
    flags: [...EVERYWHERE, ...QUEUES],
  },
  ...['gunicorn-on-ec2', 'ide-on-ecs', 'fastapi-on-render'].map((id) => ({
    id,
    title: id,
    about: 'Another documented system.',
    flags: EVERYWHERE,
  })),
]

import type { PushSource, SourceModule } from '../types.ts'
import { StatsdOptions } from './schema.ts'
import { openStatsd } from './open-statsd.ts'

export const statsd: SourceModule<StatsdOptions, PushSource> = {
  kind: 'statsd',
  title: 'StatsD',
  about: 'Takes what gunicorn, or another program, says in StatsD over UDP.',
  gives: [
    'errors.percent',
    'gunicorn.log.per_minute',
    'latency.p95_seconds',
    'requests.per_minute',
    'responses.per_minute',
    'statsd.malformed_per_minute',
    'workers.total',
  ],
  sender:
    'Start gunicorn with `--statsd-host=HOST:PORT` of the `port` given here, and with `--statsd-prefix` where a prefix is given.',
  schema: StatsdOptions,
  defaults: { everyMs: 5_000, timeoutMs: 2_000, maxSeries: 200, lagMs: 0 },
  describe: ({ host, port, prefix }) => `StatsD on ${host}:${port}/udp${prefix === '' ? '' : `, ${prefix}.*`}`,
  open: openStatsd,
  pushed: true,
}

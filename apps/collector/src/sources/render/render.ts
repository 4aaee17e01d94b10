import { openLater } from '../../lib/open-later.ts'
import type { SourceModule } from '../types.ts'
import { RENDER_API, RenderOptions } from './schema.ts'

const SHOWN = 3

export const render: SourceModule<RenderOptions> = {
  kind: 'render',
  title: 'Render',
  about: 'Services, Postgres and Key Value on Render: load, limits, requests, state, deploys and failures.',
  gives: [
    'cpu.used_percent',
    'db.connections',
    'db.replication.lag_seconds',
    'disk.used_percent',
    'errors.percent',
    'instances.count',
    'kills.total',
    'latency.p50_seconds',
    'latency.p95_seconds',
    'memory.limit_bytes',
    'memory.used_bytes',
    'memory.used_percent',
    'redis.clients',
    'requests.per_minute',
    'responses.per_minute',
  ],
  schema: RenderOptions,
  // Its values are of whole minutes, and come about a minute late.
  defaults: { everyMs: 60_000, timeoutMs: 20_000, maxSeries: 200, lagMs: 120_000 },
  describe({ service = [], postgres = [], keyvalue = [], url }) {
    const ids = [...service, ...postgres, ...keyvalue]
    const more = ids.length > SHOWN ? ` and ${ids.length - SHOWN} more` : ''
    return `${ids.slice(0, SHOWN).join(', ')}${more}${url === RENDER_API ? '' : ` at ${new URL(url).host}`}`
  },
  // How it is asked is loaded when it is asked first.
  open: (options, context) => openLater(async () => (await import('./watch.ts')).watchRender(options, context)),
}

import type { SourceModule } from '../types.ts'
import { openRender } from './open.ts'
import { RENDER_API, RenderOptions } from './schema.ts'

const SHOWN = 3

export const render: SourceModule<RenderOptions> = {
  kind: 'render',
  title: 'Render',
  about: 'Services, Postgres and Key Value on Render: load, limits, requests, state, deploys and failures.',
  schema: RenderOptions,
  // Its values are of whole minutes, and come about a minute late.
  defaults: { everyMs: 60_000, timeoutMs: 20_000, maxSeries: 200, lagMs: 120_000 },
  describe({ service = [], postgres = [], keyvalue = [], url }) {
    const ids = [...service, ...postgres, ...keyvalue]
    const more = ids.length > SHOWN ? ` and ${ids.length - SHOWN} more` : ''
    return `${ids.slice(0, SHOWN).join(', ')}${more}${url === RENDER_API ? '' : ` at ${new URL(url).host}`}`
  },
  open: openRender,
}

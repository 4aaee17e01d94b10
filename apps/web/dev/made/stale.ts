import type { MadeSystem } from './made-system.ts'
import { captions } from './captions.ts'
import { MIN } from './values.ts'

/** A system of which a second source has fallen silent: it is judged by the first, and what the second said is late. */
export function partlyStale(start: number): MadeSystem {
  const system = captions(start)
  const error = {
    code: 'auth_failed',
    message: 'Render refused the key. Check RENDER_API_KEY in the environment of the collector.',
  }
  return {
    ...system,
    headroom: system.headroom.map((row) =>
      row.resource === 'upstream_per_minute' ? { ...row, metric: 'responses.per_minute', title: 'Responses' } : row,
    ),
    sources: system.sources.map((source) =>
      source.id === 'render' ? { ...source, error, silentSince: start - 6 * MIN } : source,
    ),
  }
}

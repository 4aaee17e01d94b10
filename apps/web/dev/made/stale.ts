import type { MadeSystem } from './made-system.ts'
import { webui } from './webui.ts'

/** A system of which a second source has fallen silent: it is judged by the first, and what the second said is late. */
export function partlyStale(start: number): MadeSystem {
  return { ...webui(start), state: 'ok', since: start - 3_600_000, alerts: [], texts: [] }
}

import type { MadeSeries, MadeSystem } from './made-system.ts'
import { whole, wobble } from './values.ts'
import { webui } from './webui.ts'

const CALM: Record<string, MadeSeries['at']> = {
  'queue.length': whole(wobble(801, 50_000, 8, 20)),
  'queue.oldest_seconds': whole(wobble(802, 50_000, 40, 100)),
  'db.pool.in_use': whole(wobble(803, 30_000, 22, 31)),
}

/** A calm system of which one source has fallen silent: it is judged by the others, and what that one said is late. */
export function partlyStale(start: number): MadeSystem {
  const { series, ...system } = webui(start)
  return {
    ...system,
    state: 'ok',
    since: start - 3_600_000,
    alerts: [],
    texts: [],
    series: series.map((each) => ({ ...each, at: CALM[each.metric] ?? each.at })),
  }
}

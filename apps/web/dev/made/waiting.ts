import type { MadeSystem } from './made-system.ts'
import { small } from './small.ts'

/** A system of which nothing has been heard yet: no series, no limit. */
export function waiting(start: number): MadeSystem {
  return {
    ...small(start, 0),
    id: 'new',
    name: 'New system',
    state: 'unknown',
    since: start,
    sources: [{ id: 'http-json', type: 'http-json', everySeconds: 5, never: true }],
    headroom: [],
    flags: [],
    alerts: [],
    series: [],
  }
}

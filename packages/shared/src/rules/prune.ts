import { DAY } from '../time.ts'
import type { Entry } from './entries.ts'
import type { Latest } from './types.ts'

/** What has been silent this long is forgotten, unless an alert of it is open. */
const FORGET_MS = DAY

/** Forgets series of instances long gone, so that memory does not grow with every deploy. */
export function prune(entries: Iterable<Entry>, latest: Map<number, Latest>, now: number): void {
  const old = [...latest].filter(([, { at }]) => now - at > FORGET_MS).map(([series]) => series)
  const needed = new Set<number>()
  for (const { rule, memory } of entries) {
    for (const series of old) {
      const track = memory.tracks.get(series)
      if (track !== undefined && track.standing.phase !== 'inactive') {
        needed.add(series)
        continue
      }
      if (rule.kind === 'absent') continue
      memory.parts.delete(series)
      if (track !== undefined && !track.whens.some((when) => when.ever)) memory.tracks.delete(series)
    }
  }
  for (const series of old) if (!needed.has(series)) latest.delete(series)
}

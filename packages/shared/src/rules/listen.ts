import { silenceLimitMs, silenceOf } from './absent.ts'
import type { Entry } from './entries.ts'
import { judgeSilence, type Judged } from './judge.ts'
import type { Moment } from './leaf.ts'
import { leadSeries } from './select.ts'

/**
 * Judges every silence of an `absent` flag at `moment.at`. `asleepMs` is how long the engine itself was not asked:
 * what it did not hear while it slept longer than the limit says nothing, so silence is then counted from its waking
 * (one that fires already goes on).
 */
export function listen({ rule, memory }: Entry, asleepMs: number, moment: Moment): [key: number, judged: Judged][] {
  const { world, at } = moment
  return [...memory.parts].flatMap(([key, part]): [number, Judged][] => {
    const limitMs = silenceLimitMs(rule, key, world)
    if (part.kind !== 'absent' || limitMs === undefined) {
      memory.parts.delete(key)
      return []
    }
    const woke = part.from !== null && asleepMs > limitMs && memory.tracks.get(key)?.standing.phase !== 'firing'
    const heard = woke ? { ...part, from: at } : part
    if (woke) memory.parts.set(key, heard)
    const series = key === 0 ? leadSeries(rule, world)[0] : world.series(key)
    return [[key, judgeSilence(rule, memory, key, silenceOf(heard, limitMs, at), series?.everyMs ?? 0, moment)]]
  })
}

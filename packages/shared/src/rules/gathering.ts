import { staleAfterMs } from '../staleness.ts'
import type { Gathering } from './memory.ts'
import type { Latest, RuleSeries } from './types.ts'

/**
 * A flag that looks at several series of one source waits for the whole of a reading: for each of them that is alive.
 * Where one does not come (a queue was deleted), the source's next reading shows that the last was whole. So nothing
 * is judged on half a reading, however samples are grouped into steps.
 */
export function openReading(
  at: number,
  series: readonly RuleSeries[],
  latest: (series: number) => Latest | undefined,
): Gathering {
  const known = series.flatMap((one) => {
    const newest = latest(one.id)
    return newest === undefined ? [] : [newest.value !== null && at - newest.at <= staleAfterMs(one.everyMs, one.lagMs)]
  })
  // Of the first reading of all, nothing is known but what the world expects.
  const expected = known.length === 0 ? series.length : known.filter(Boolean).length
  return { at, seen: 0, expected, judged: false }
}

export function isWhole(gathering: Gathering): boolean {
  return !gathering.judged && gathering.seen >= gathering.expected
}

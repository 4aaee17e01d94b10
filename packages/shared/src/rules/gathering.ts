import type { Gathering } from './memory.ts'

/**
 * A flag that looks at several series of one source waits for the whole of a reading: as many of its series as came in
 * the reading before (as the world knows, for the first). Where fewer come (a queue was deleted), the source's next
 * reading shows that the last was whole. So nothing is judged on half a reading, however samples are grouped into
 * steps. One that is new in a reading that comes in parts may count from the next one on.
 */
export function gather(before: Gathering, at: number): Gathering {
  if (at > before.at) return { at, seen: 1, expected: before.seen, judged: false }
  return at < before.at ? before : { ...before, seen: before.seen + 1 }
}

export function firstGathering(at: number, expected: number): Gathering {
  return { at, seen: 1, expected, judged: false }
}

export function isWhole(gathering: Gathering): boolean {
  return !gathering.judged && gathering.seen >= gathering.expected
}

/** Whether a sample of a later time shows that no more will come of this one. */
export function isOverdue(gathering: Gathering, at: number): boolean {
  return !gathering.judged && at > gathering.at
}

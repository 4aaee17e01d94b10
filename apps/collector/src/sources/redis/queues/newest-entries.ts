import { asNumber, asText, isList, type Command, type Reply } from '../wire/resp.ts'

/** As many new entries are seen from one look to the next; the set's growth tells of more. */
const MOST = 500
/** The size of the set is asked for every so many times. */
const SIZE_EVERY = 4
/** At first only the newest are looked at, and those of the same score. */
const MOST_AT_FIRST = 50

/**
 * Counts what is added to a sorted set whose scores rise with time, such as the failed jobs of a queue: the entries newer
 * than the newest one known, or the growth of the set where that is more (scores need not rise where jobs are kept for
 * different times). An entry that left and came back counts again. One command, now and then two.
 */
export class NewestEntries {
  readonly #key: string
  #newest: { score: number; members: Set<string> } | undefined
  #size: number | undefined
  /** Counted since the size was last asked for. */
  #freshSinceSize = 0
  #asked = 0
  /** What was added since the first look. */
  added = 0

  constructor(key: string) {
    this.#key = key
  }

  /** True once the set has been seen to hold something. */
  get everHeld(): boolean {
    return this.#newest !== undefined && this.#newest.members.size > 0
  }

  cost(): number {
    return this.#asked % SIZE_EVERY === 0 ? 2 : 1
  }

  commands(): Command[] {
    const withSize = this.cost() === 2
    const range: [string | number, number] =
      this.#newest === undefined ? ['-inf', MOST_AT_FIRST] : [this.#newest.score, MOST]
    this.#asked++
    return [
      ['ZREVRANGEBYSCORE', this.#key, '(+inf', range[0], 'WITHSCORES', 'LIMIT', 0, range[1]],
      ...(withSize ? [['ZCARD', this.#key] as const] : []),
    ]
  }

  take([entries, size]: readonly Reply[]): void {
    if (!isList(entries)) return
    const newest = pairs(entries)
    const before = this.#newest
    if (before !== undefined) {
      const fresh = newest.filter(
        ({ member, score }) => score > before.score || (score === before.score && !before.members.has(member)),
      ).length
      this.added += fresh
      this.#freshSinceSize += fresh
    }
    if (typeof size === 'number') this.#takeSize(size)
    const score = newest[0]?.score ?? before?.score ?? 0
    const members = new Set(newest.filter((entry) => entry.score === score).map(({ member }) => member))
    const still = before?.score === score ? before.members : []
    this.#newest = { score, members: new Set([...members, ...still].slice(0, MOST)) }
  }

  #takeSize(size: number): void {
    this.added += Math.max(0, size - (this.#size ?? size) - this.#freshSinceSize)
    this.#size = size
    this.#freshSinceSize = 0
  }
}

function pairs(list: readonly Reply[]): { member: string; score: number }[] {
  const entries = []
  for (let at = 0; at + 1 < list.length; at += 2) {
    const member = asText(list[at])
    const score = asNumber(list[at + 1])
    if (member !== undefined && score !== undefined) entries.push({ member, score })
  }
  return entries
}

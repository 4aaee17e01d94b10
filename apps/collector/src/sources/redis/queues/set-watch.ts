import { asList, asText, type Command, type Reply } from '../wire/resp.ts'

/** Members, or names of keys, that one step brings at most; Redis may give some more. */
const STEP = 1_000
/** So many members are gathered; more queues than that nobody looks at. */
const MOST = 1_000

/**
 * Follows what a set holds, or which keys there are, in small steps: each look asks for the next piece, and once the
 * whole was seen, `members` is what was there. Then it rests for so many looks.
 */
export class SetWatch {
  readonly #command: (cursor: string) => Command
  readonly #rest: number
  readonly #wanted: (member: string) => boolean
  #cursor = '0'
  #gathered = new Set<string>()
  #resting = 0
  /** What the last whole round found, and what the present one did so far. */
  members: ReadonlySet<string> = new Set()

  private constructor(command: (cursor: string) => Command, rest: number, wanted: (member: string) => boolean) {
    this.#command = command
    this.#rest = rest
    this.#wanted = wanted
  }

  static ofSet(key: string, rest: number): SetWatch {
    return new SetWatch(
      (cursor) => ['SSCAN', key, cursor, 'COUNT', STEP],
      rest,
      () => true,
    )
  }

  /** `wanted` says which of the keys that fit the pattern are meant. */
  static ofKeys(pattern: string, rest: number, wanted: (key: string) => boolean): SetWatch {
    return new SetWatch((cursor) => ['SCAN', cursor, 'MATCH', pattern, 'COUNT', STEP], rest, wanted)
  }

  /** Whether it is time for the next piece; to be asked once a look. */
  due(): boolean {
    if (this.#resting === 0) return true
    this.#resting--
    return false
  }

  /** In the middle of a round. */
  get underWay(): boolean {
    return this.#cursor !== '0'
  }

  command(): Command {
    return this.#command(this.#cursor)
  }

  take(reply: Reply | undefined): void {
    const [cursor, found] = asList(reply)
    const next = asText(cursor)
    if (next === undefined) return
    for (const member of asList(found)) {
      const text = asText(member)
      if (text !== undefined && this.#wanted(text) && this.#gathered.size < MOST) this.#gathered.add(text)
    }
    this.#cursor = next
    if (next !== '0') {
      this.members = new Set([...this.members, ...this.#gathered])
      return
    }
    this.members = this.#gathered
    this.#gathered = new Set()
    this.#resting = this.#rest
  }
}

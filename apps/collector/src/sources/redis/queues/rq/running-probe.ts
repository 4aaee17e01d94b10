import { hashCommand, rowOf, sortCommand, sortedRows, type Lookups, type Row } from '../../probes/lookup.ts'
import type { Probe } from '../../probes/probe.ts'
import type { Abilities } from '../../session.ts'
import { asList, asText, isList, type Command, type Reply } from '../../wire/resp.ts'
import { rqTime } from './rq-time.ts'

/** As many running jobs of one queue are looked at; more are counted as so many. */
const MOST = 200
/** Starts learnt in one look where each is a command of its own. */
const ALONE = 3

/** RQ 2 names an execution, `job:execution`, whose hash tells its own start; before, it is the job. */
const LOOKUPS: Lookups = [
  { key: 'rq:execution:*', fields: ['created_at'], when: (member: string) => member.includes(':') },
  { key: 'rq:job:*', fields: ['started_at'] },
]

/**
 * The jobs that run: entries of the registry whose heartbeat has not run out. A start does not change, so it is asked for
 * once; until it is known, a job has run since it was first seen.
 */
export class RunningProbe implements Probe {
  readonly kind = 'running'
  readonly #key: string
  readonly #abilities: () => Abilities
  #started = new Map<string, { at: number; known: boolean }>()
  #asked: string[] = []
  #looked = false

  constructor(registryKey: string, abilities: () => Abilities) {
    this.#key = registryKey
    this.#abilities = abilities
  }

  /** Undefined before the first look. */
  get running(): number | undefined {
    return this.#looked ? this.#started.size : undefined
  }

  /** When the job that runs longest began; epoch ms. */
  get longestSince(): number | undefined {
    return this.#started.size === 0 ? undefined : Math.min(...[...this.#started.values()].map(({ at }) => at))
  }

  cost(): number {
    return this.#abilities().sort === true ? 2 : 1 + ALONE
  }

  first(now: number): Command[] {
    return [['ZRANGEBYSCORE', this.#key, Math.floor(now / 1_000), '+inf', 'LIMIT', 0, MOST]]
  }

  second([reply]: readonly Reply[], now: number): Command[] {
    if (!isList(reply)) return []
    this.#looked = true
    const members = asList(reply).flatMap((member) => asText(member) ?? [])
    const before = this.#started
    this.#started = new Map(members.map((member) => [member, before.get(member) ?? { at: now, known: false }]))
    const unknown = members.filter((member) => this.#started.get(member)?.known === false)
    this.#asked = this.#abilities().sort === true ? [] : oldestFirst(unknown, this.#started).slice(0, ALONE)
    if (unknown.length === 0) return []
    if (this.#abilities().sort === true) return [sortCommand({ key: this.#key, fromEnd: true, lookups: LOOKUPS }, MOST)]
    return this.#asked.map((member) => hashCommand(member, LOOKUPS))
  }

  done(replies: readonly Reply[]): void {
    if (replies.length === 0) return
    const rows: Row[] =
      this.#asked.length > 0
        ? this.#asked.map((member, index) => rowOf(member, replies[index], LOOKUPS))
        : sortedRows(asList(replies[0]), LOOKUPS)
    for (const { member, values } of rows) {
      const at = rqTime(values[0]) ?? rqTime(values[1])
      if (at !== undefined && this.#started.has(member)) this.#started.set(member, { at, known: true })
    }
  }
}

/** Those seen first have run longest, as far as we know. */
function oldestFirst(members: string[], started: ReadonlyMap<string, { at: number }>): string[] {
  return members.toSorted((a, b) => (started.get(a)?.at ?? 0) - (started.get(b)?.at ?? 0))
}

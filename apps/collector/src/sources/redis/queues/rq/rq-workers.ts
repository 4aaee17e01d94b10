import { hashCommand, rowOf, sortCommand, sortedRows, type Lookups, type Row } from '../../probes/lookup.ts'
import type { Probe } from '../../probes/probe.ts'
import type { Abilities } from '../../session.ts'
import { asList, asText, isList, type Command, type Reply } from '../../wire/resp.ts'
import { rqTime } from './rq-time.ts'

const SET = 'rq:workers'
const KEY_PREFIX = 'rq:worker:'
const MOST = 1_000
/** Where each worker is a command of its own, so many are looked at in one look, in turns. */
const ALONE = 6
/** The set holds the whole keys of the workers. */
const LOOKUPS: Lookups = [{ key: '*', fields: ['state', 'last_heartbeat', 'successful_job_count', 'birth', 'death'] }]

type Worker = {
  /** False once its key has run out, or it said it ends. */
  registered: boolean
  state: string | undefined
  heartbeatAt: number | undefined
  birth: string | undefined
  /** Jobs that ended well; undefined until it is known from where to count. */
  succeeded: number | undefined
  /** Its heartbeat when it was last seen among the clients under its name. */
  seen: { heartbeat: number | undefined } | undefined
  /** Its connection is gone; its heartbeat then, as far as it was read since. */
  lost: { heartbeat: number | undefined; known: boolean } | undefined
  /** At which look its hash was read; 0 is never. */
  read: number
}

/**
 * The workers that have registered. One is dead when its key has run out (RQ lets it, 90 s after the last heartbeat of a
 * busy and 8 minutes after that of an idle worker), or, at once, when its connection under its name is gone and no
 * heartbeat came since: a worker that ends as it should takes itself off the list first.
 */
export class RqWorkers implements Probe {
  readonly kind = 'workers'
  readonly #abilities: () => Abilities
  readonly #workers = new Map<string, Worker>()
  #asked: string[] = []
  #look = 0
  /** Jobs that ended well since the first look. */
  finished = 0

  constructor(abilities: () => Abilities) {
    this.#abilities = abilities
  }

  get count(): { total: number; busy: number; dead: number } {
    const all = [...this.#workers.values()]
    const alive = all.filter(({ registered, lost }) => registered && lost === undefined)
    return {
      total: alive.length,
      busy: alive.filter(({ state }) => state === 'busy').length,
      dead: all.length - alive.length,
    }
  }

  /** A new connection to Redis: others may have lost theirs with ours. */
  reconnected(): void {
    for (const worker of this.#workers.values()) worker.seen = undefined
  }

  cost(): number {
    return this.#abilities().sort === false ? 1 + ALONE : 1
  }

  first(): Command[] {
    return this.#abilities().sort !== false
      ? [sortCommand({ key: SET, fromEnd: false, lookups: LOOKUPS }, MOST)]
      : [['SSCAN', SET, 0, 'COUNT', MOST]]
  }

  /** Whether this server, and this user, can do with SORT_RO shows here. */
  second([reply]: readonly Reply[]): Command[] {
    this.#asked = []
    const abilities = this.#abilities()
    const sort = abilities.sort !== false
    if (sort) abilities.sort = isList(reply)
    if (!isList(reply)) return []
    this.#look++
    const rows = sort ? sortedRows(asList(reply), LOOKUPS) : []
    const members = sort
      ? rows.map(({ member }) => member)
      : asList(asList(reply)[1]).flatMap((member) => asText(member) ?? [])
    this.#know(members)
    rows.forEach((row) => this.#take(row))
    if (!sort) this.#asked = this.#longestUnread(members).slice(0, ALONE)
    return this.#asked.map((member) => hashCommand(member, LOOKUPS))
  }

  done(replies: readonly Reply[]): void {
    this.#asked.forEach((member, index) => {
      if (isList(replies[index])) this.#take(rowOf(member, replies[index], LOOKUPS))
    })
  }

  /**
   * Matches the workers with the clients that are connected, by their names. A heartbeat that is newer than the last look
   * may have come just before the end, or just after another connection was made, which bears no name. A busy worker beats
   * every half minute: it is dead until it beats again. An idle one beats so seldom that this tells of a new connection.
   */
  match(clients: ReadonlyMap<string, number>): void {
    for (const [key, worker] of this.#workers) {
      const { heartbeatAt: heartbeat, seen, lost } = worker
      const known = worker.read === this.#look
      if (clients.has(key.slice(KEY_PREFIX.length))) {
        worker.seen = { heartbeat }
        worker.lost = undefined
      } else if (lost !== undefined) {
        const beatSince = lost.known && known && heartbeat !== lost.heartbeat
        if (beatSince) worker.seen = undefined
        worker.lost = beatSince ? undefined : known ? { heartbeat, known } : lost
      } else if (seen !== undefined) {
        const reconnected = known && heartbeat !== seen.heartbeat && worker.state !== 'busy'
        if (reconnected) worker.seen = undefined
        else worker.lost = { heartbeat, known }
      }
    }
  }

  /** Takes note of who is on the list. One that was not there before began to count at nought since. */
  #know(members: readonly string[]): void {
    const listed = new Set(members)
    for (const member of this.#workers.keys()) if (!listed.has(member)) this.#workers.delete(member)
    for (const member of members) {
      if (this.#workers.has(member)) continue
      this.#workers.set(member, {
        registered: true,
        state: undefined,
        heartbeatAt: undefined,
        birth: undefined,
        succeeded: this.#look === 1 ? undefined : 0,
        seen: undefined,
        lost: undefined,
        read: 0,
      })
    }
  }

  #take({ member, values: [state, heartbeat, succeeded, birth, death] }: Row): void {
    const worker = this.#workers.get(member)
    if (worker === undefined) return
    const registered = (birth !== undefined || heartbeat !== undefined) && death === undefined
    // One of the same name that was born again counts from nought.
    const reborn = worker.birth !== undefined && birth !== undefined && worker.birth !== birth
    const before = reborn ? 0 : worker.succeeded
    const now = Number(succeeded ?? 0)
    if (registered) this.finished += Math.max(0, now - (before ?? now))
    Object.assign(worker, {
      registered,
      state,
      heartbeatAt: rqTime(heartbeat),
      birth: birth ?? worker.birth,
      succeeded: registered ? now : before,
      seen: reborn ? undefined : worker.seen,
      lost: reborn ? undefined : worker.lost,
      read: this.#look,
    })
  }

  #longestUnread(members: readonly string[]): string[] {
    return members.toSorted((a, b) => (this.#workers.get(a)?.read ?? 0) - (this.#workers.get(b)?.read ?? 0))
  }
}

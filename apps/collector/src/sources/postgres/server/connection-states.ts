import type { Sheet } from '../../measures/sheet.ts'

/** Said in every look, so that a sum over them is never one of an old and a new look. */
const ALWAYS = ['active', 'idle', 'idle in transaction']
const METRIC = 'db.connections'

/**
 * The connections by their state. States that were seen once are said from then on, if only as none. Where the server lets
 * nobody in any more nothing is known of states; what is missing to the limit is of state `unknown`, beside the states as
 * they were known until they count as stale.
 */
export class ConnectionStates {
  readonly #staleMs: number
  #known = new Map<string, number>()
  #knownAt = -Infinity
  #limit: number | undefined

  constructor(everyMs: number) {
    this.#staleMs = 3 * everyMs
  }

  /** `blind`: the states of others cannot be seen, so that none of one is not known. */
  say(
    sheet: Sheet,
    counts: ReadonlyMap<string, number>,
    limit: number | undefined,
    { atMs, blind }: { atMs: number; blind: boolean },
  ): void {
    const states = new Set([...(blind ? [] : ALWAYS), ...this.#known.keys(), ...counts.keys()])
    this.#known = new Map([...states].map((state) => [state, counts.get(state) ?? 0]))
    this.#knownAt = atMs
    this.#limit = limit
    for (const [state, count] of this.#known) sheet.gauge(`pg_stat_activity ${state}`, METRIC, count, { state })
    sheet.gauge('max_connections without those reserved', 'db.connections.limit', limit)
  }

  /** All that there are, are taken. */
  sayFull(sheet: Sheet, atMs: number): void {
    if (this.#limit === undefined) return
    const stale = atMs - this.#knownAt > this.#staleMs
    const others = [...this.#known].filter(([state]) => state !== 'unknown')
    const known = stale ? 0 : others.reduce((sum, [, count]) => sum + count, 0)
    sheet.gauge('SQLSTATE 53300', METRIC, Math.max(0, this.#limit - known), { state: 'unknown' })
    sheet.gauge('as last known', 'db.connections.limit', this.#limit)
    this.#known.set('unknown', 0)
  }
}

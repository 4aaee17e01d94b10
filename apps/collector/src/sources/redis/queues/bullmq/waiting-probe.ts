import { FieldLookup, type Lookups } from '../../probes/lookup.ts'
import type { Probe } from '../../probes/probe.ts'
import type { Abilities } from '../../session.ts'
import { asNumber, type Command, type Reply } from '../../wire/resp.ts'

/** Jobs tried again, and those put in front, stand before older ones: of so many the oldest counts. */
const HEAD = 5

/** Since when the jobs that come next have waited: those of the list, and those with a priority. */
export class WaitingProbe implements Probe {
  readonly kind = 'oldest'
  readonly #lookups: readonly [FieldLookup, FieldLookup]
  /** How many commands of the second step are the first lookup's. */
  #split = 0
  /** Epoch ms; undefined while nobody waits. */
  since: number | undefined

  constructor(key: string, abilities: () => Abilities) {
    const lookups: Lookups = [{ key: `${key}*`, fields: ['timestamp', 'delay'] }]
    const common = { lookups, most: HEAD, mostAlone: 1 }
    this.#lookups = [
      // Workers take from the right end.
      new FieldLookup({ ...common, key: `${key}wait`, type: 'list', fromEnd: true }, abilities),
      new FieldLookup({ ...common, key: `${key}prioritized`, type: 'sorted set', fromEnd: false }, abilities),
    ]
  }

  cost(): number {
    return this.#lookups[0].cost() + this.#lookups[1].cost()
  }

  first(): Command[] {
    return this.#lookups.flatMap((lookup) => lookup.first())
  }

  second([waiting, prioritized]: readonly Reply[]): Command[] {
    const commands = [
      this.#lookups[0].second(waiting === undefined ? [] : [waiting]),
      this.#lookups[1].second(prioritized === undefined ? [] : [prioritized]),
    ] as const
    this.#split = commands[0].length
    return commands.flat()
  }

  done(replies: readonly Reply[]): void {
    const rows = [
      ...this.#lookups[0].rows(replies.slice(0, this.#split)),
      ...this.#lookups[1].rows(replies.slice(this.#split)),
    ]
    const since = rows.flatMap(({ values: [added, delay] }) => {
      const at = asNumber(added)
      return at === undefined ? [] : [at + (asNumber(delay) ?? 0)]
    })
    this.since = since.length === 0 ? undefined : Math.min(...since)
  }
}

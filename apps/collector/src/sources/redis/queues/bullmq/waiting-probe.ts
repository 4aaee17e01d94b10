import { FieldLookup, type Lookups } from '../../probes/lookup.ts'
import type { Probe } from '../../probes/probe.ts'
import type { Abilities } from '../../session.ts'
import { asNumber, type Command, type Reply } from '../../wire/resp.ts'

/** Jobs tried again, and those put in front, stand before older ones: of so many the oldest counts. */
const HEAD = 5

/** Since when the jobs that come next have waited: those of the list, and those with a priority. */
export class WaitingProbe implements Probe {
  readonly kind = 'oldest'
  readonly #lists: { waiting: FieldLookup; paused: FieldLookup }
  readonly #prioritized: FieldLookup
  readonly #isPaused: () => boolean
  #lookups: readonly [FieldLookup, FieldLookup]
  /** How many commands of the second step are the first lookup's. */
  #split = 0
  /** Epoch ms; undefined while nobody waits. */
  since: number | undefined

  /** `isPaused`: before BullMQ 6 the jobs of a paused queue lay in a list of their own. */
  constructor(key: string, isPaused: () => boolean, abilities: () => Abilities) {
    const lookups: Lookups = [{ key: `${key}*`, fields: ['timestamp', 'delay', 'processedOn'] }]
    const common = { lookups, most: HEAD, mostAlone: 1 }
    const list = (name: string): FieldLookup =>
      // Workers take from the right end.
      new FieldLookup({ ...common, key: `${key}${name}`, type: 'list', fromEnd: true }, abilities)
    this.#lists = { waiting: list('wait'), paused: list('paused') }
    this.#prioritized = new FieldLookup(
      { ...common, key: `${key}prioritized`, type: 'sorted set', fromEnd: false },
      abilities,
    )
    this.#isPaused = isPaused
    this.#lookups = [this.#lists.waiting, this.#prioritized]
  }

  cost(): number {
    return this.#lists.waiting.cost() + this.#prioritized.cost()
  }

  first(): Command[] {
    this.#lookups = [this.#isPaused() ? this.#lists.paused : this.#lists.waiting, this.#prioritized]
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
    const since = rows.flatMap(({ values: [added, delay, begun] }) => {
      const at = asNumber(added)
      // One that is tried again has not waited since before it ran.
      return at === undefined ? [] : [Math.max(at + (asNumber(delay) ?? 0), asNumber(begun) ?? 0)]
    })
    this.since = since.length === 0 ? undefined : Math.min(...since)
  }
}

import { FieldLookup } from '../../probes/lookup.ts'
import type { Probe } from '../../probes/probe.ts'
import type { Abilities } from '../../session.ts'
import { asNumber, type Command, type Reply } from '../../wire/resp.ts'

/** The running jobs that began first, so many of them, say which has run longest. */
const SAMPLE = 50
const SAMPLE_ALONE = 2

/** The jobs that run. Newer ones are pushed at the left end. */
export class ActiveProbe implements Probe {
  readonly kind = 'active'
  readonly #key: string
  readonly #lookup: FieldLookup
  #members = new Set<string>()
  running: number | undefined
  /** When the job that runs longest began; epoch ms. */
  longestSince: number | undefined
  /** True once a job that ran was seen to run no more. */
  anyLeft = false

  constructor(key: string, abilities: () => Abilities) {
    this.#key = `${key}active`
    this.#lookup = new FieldLookup(
      {
        key: this.#key,
        type: 'list',
        fromEnd: true,
        most: SAMPLE,
        mostAlone: SAMPLE_ALONE,
        lookups: [{ key: `${key}*`, fields: ['processedOn'] }],
      },
      abilities,
    )
  }

  cost(): number {
    return 1 + this.#lookup.cost()
  }

  first(): Command[] {
    return [['LLEN', this.#key], ...this.#lookup.first()]
  }

  second([length, ...rest]: readonly Reply[]): Command[] {
    this.running = asNumber(length) ?? this.running
    return this.#lookup.second(rest)
  }

  done(replies: readonly Reply[]): void {
    const rows = this.#lookup.rows(replies)
    const members = new Set(rows.map(({ member }) => member))
    this.anyLeft ||= [...this.#members].some((member) => !members.has(member))
    this.#members = members
    const starts = rows.flatMap(({ values }) => asNumber(values[0]) ?? [])
    this.longestSince = starts.length === 0 ? undefined : Math.min(...starts)
  }
}

import { FieldLookup } from '../../probes/lookup.ts'
import type { Probe } from '../../probes/probe.ts'
import type { Abilities } from '../../session.ts'
import { asNumber, type Command, type Reply } from '../../wire/resp.ts'
import type { Ended } from '../types.ts'

const SAMPLE = 20
const SAMPLE_ALONE = 2

/** How long the newest completed jobs took, from when a worker began them. */
export class DurationsProbe implements Probe {
  readonly kind = 'durations'
  readonly #lookup: FieldLookup
  ended: Ended[] = []

  constructor(key: string, abilities: () => Abilities) {
    this.#lookup = new FieldLookup(
      {
        key: `${key}completed`,
        type: 'sorted set',
        fromEnd: true,
        most: SAMPLE,
        mostAlone: SAMPLE_ALONE,
        lookups: [{ key: `${key}*`, fields: ['processedOn', 'finishedOn'] }],
      },
      abilities,
    )
  }

  cost(): number {
    return this.#lookup.cost()
  }

  first(): Command[] {
    return this.#lookup.first()
  }

  second(replies: readonly Reply[]): Command[] {
    return this.#lookup.second(replies)
  }

  done(replies: readonly Reply[]): void {
    this.ended = this.#lookup.rows(replies).flatMap(({ values }) => {
      const began = asNumber(values[0])
      const at = asNumber(values[1])
      return began === undefined || at === undefined ? [] : [{ at, seconds: (at - began) / 1_000 }]
    })
  }
}

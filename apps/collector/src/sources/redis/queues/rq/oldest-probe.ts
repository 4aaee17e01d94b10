import { FieldLookup, type Lookups } from '../../probes/lookup.ts'
import type { Probe } from '../../probes/probe.ts'
import type { Abilities } from '../../session.ts'
import type { Command, Reply } from '../../wire/resp.ts'
import { rqTime } from './rq-time.ts'

/** Jobs put in front, and jobs tried again, stand before older ones: of so many the oldest counts. */
const HEAD = 5

/** Since when the jobs at the head of a queue have waited. */
export class OldestProbe implements Probe {
  readonly kind = 'oldest'
  readonly #lookup: FieldLookup
  /** Epoch ms; undefined while nobody waits, or where the jobs do not say. */
  since: number | undefined

  constructor(queueKey: string, abilities: () => Abilities) {
    const lookups: Lookups = [{ key: 'rq:job:*', fields: ['enqueued_at', 'created_at'] }]
    this.#lookup = new FieldLookup(
      { key: queueKey, type: 'list', fromEnd: false, most: HEAD, mostAlone: 1, lookups },
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
    // A job that was deleted leaves its id in the list: it waits for nothing.
    const since = this.#lookup.rows(replies).flatMap(({ values }) => rqTime(values[0]) ?? rqTime(values[1]) ?? [])
    this.since = since.length === 0 ? undefined : Math.min(...since)
  }
}

import { FieldLookup, type Lookups } from '../../probes/lookup.ts'
import type { Probe } from '../../probes/probe.ts'
import type { Abilities } from '../../session.ts'
import type { Command, Reply } from '../../wire/resp.ts'
import type { Ended } from '../types.ts'
import { rqTime } from './rq-time.ts'

/** Of the newest finished jobs so many are looked at, and as many remembered by name. */
const SAMPLE = 20
const SAMPLE_ALONE = 2

/** The jobs that ended well lately, and how long they took. They stay in the registry for 500 s unless told otherwise. */
export class FinishedProbe implements Probe {
  readonly kind = 'finished'
  readonly #lookup: FieldLookup
  #newestAt: number | undefined
  /** Those of the newest jobs that ended since the first look. */
  finished = 0
  ended: Ended[] = []

  constructor(queue: string, abilities: () => Abilities) {
    const lookups: Lookups = [{ key: 'rq:job:*', fields: ['started_at', 'ended_at'] }]
    this.#lookup = new FieldLookup(
      {
        key: `rq:finished:${queue}`,
        type: 'sorted set',
        fromEnd: true,
        most: SAMPLE,
        mostAlone: SAMPLE_ALONE,
        lookups,
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
    const rows = this.#lookup.rows(replies)
    this.ended = rows.flatMap(({ values }) => {
      const started = rqTime(values[0])
      const ended = rqTime(values[1])
      return started === undefined || ended === undefined ? [] : [{ at: ended, seconds: (ended - started) / 1_000 }]
    })
    const newestAt = Math.max(0, ...this.ended.map(({ at }) => at))
    const before = this.#newestAt
    if (before !== undefined) this.finished += this.ended.filter(({ at }) => at > before).length
    this.#newestAt = Math.max(before ?? 0, newestAt)
  }
}

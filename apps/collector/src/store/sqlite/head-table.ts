import type { DatabaseSync } from 'node:sqlite'
import type { Sample } from '@headroom/shared/model/series.ts'
import type { Tick } from '../types.ts'
import { ByteWriter } from './codec/bytes.ts'
import { decodeHead, encodeHead } from './codec/head.ts'
import { windowOf, windowStart } from './windows.ts'

/** What is known of the whole store after a tick; stands in its head row, so that it costs no page of its own. */
export type Totals = { seq: number; samples: number; oldest: number | null }

/** One row per tick: what was committed and is not all in closed chunks yet. The newest row always stays. */
export class HeadTable {
  #out = new ByteWriter()
  #last: number
  #insert
  #forget
  #setTotals
  #all
  #closed
  #setClosed

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare('INSERT INTO head VALUES (?, ?, ?, ?, ?, ?)')
    this.#forget = database.prepare('DELETE FROM head WHERE id < ?')
    this.#setTotals = database.prepare('UPDATE head SET samples = ?, oldest = ? WHERE id = ?')
    this.#all = database.prepare('SELECT id, seq, at, samples, oldest, data FROM head ORDER BY id')
    this.#closed = database.prepare('SELECT head, before FROM closed')
    this.#setClosed = database.prepare(
      'INSERT INTO closed VALUES (1, ?, ?) ON CONFLICT DO UPDATE SET head = excluded.head, before = excluded.before',
    )
    this.#last = Number(database.prepare('SELECT max(id) AS id FROM head').get()?.['id'] ?? 0)
  }

  /** The number of the newest row. */
  get last(): number {
    return this.#last
  }

  /** The rows, oldest first, without what `closedBefore` said: else forgotten samples would come back. */
  *rows(): Generator<{ id: number; at: number; samples: Sample[]; totals: Totals }> {
    const { head = 0, before = 0 } = (this.#closed.get() ?? {}) as { head?: number; before?: number }
    for (const row of this.#all.iterate()) {
      const { id, seq, at, samples, oldest, data } = row as {
        id: number
        seq: number
        at: number
        samples: number
        oldest: number | null
        data: Uint8Array
      }
      const held = decodeHead(data, at)
      const open =
        id > head
          ? held
          : held.filter((sample) => windowStart(sample.series, windowOf(sample.series, sample.at) + 1) > before)
      yield { id, at, samples: open, totals: { seq, samples, oldest } }
    }
  }

  insert(id: number, tick: Tick, totals: Totals): void {
    this.#out.clear()
    encodeHead(tick.samples, tick.at, this.#out)
    this.#insert.run(id, totals.seq, tick.at, totals.samples, totals.oldest, this.#out.view())
  }

  /** The row is on disk. */
  keep(id: number): void {
    this.#last = id
  }

  forgetBefore(id: number): void {
    this.#forget.run(id)
  }

  /** Windows that end by `before` are all in chunks, as of the newest row. */
  closedBefore(before: number): void {
    this.#setClosed.run(this.#last, before)
  }

  setTotals({ samples, oldest }: Totals): void {
    this.#setTotals.run(samples, oldest, this.#last)
  }
}

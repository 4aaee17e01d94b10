import type { DatabaseSync } from 'node:sqlite'
import type { Sample } from '@headroom/shared/model/series.ts'
import type { Tick } from '../types.ts'
import type { ChunkTable } from './chunk-table.ts'
import { HeadTable, type Totals } from './head-table.ts'
import type { OpenChunks } from './open-chunks.ts'
import type { Transactions } from './transactions.ts'

/** Head rows that are no longer needed go, and silent series are closed, once in so many ticks. */
const SWEEP_EVERY = 64
const CLOSED_PER_SWEEP = 64

/**
 * How samples come in and go: a tick is a head row and samples in open chunks, whose closed ones go to their table; what
 * is forgotten leaves the same way. It keeps the count of all, which every transaction writes along.
 */
export class SampleWriter {
  #transactions: Transactions
  #heads: HeadTable
  #chunks: ChunkTable
  #open: OpenChunks
  #totals: Totals = { seq: 0, samples: 0, oldest: null }

  constructor(database: DatabaseSync, transactions: Transactions, chunks: ChunkTable, open: OpenChunks) {
    this.#transactions = transactions
    this.#heads = new HeadTable(database)
    this.#chunks = chunks
    this.#open = open
  }

  get totals(): Readonly<Totals> {
    return this.#totals
  }

  /** Writes a tick in one transaction, with what `alongside` writes. Where that fails, nothing has happened. */
  write(tick: Tick, alongside: () => void): void {
    const id = this.#heads.last + 1
    try {
      const totals = this.#transactions.run(() => {
        const written = this.#insert(id, tick)
        alongside()
        return written
      })
      this.#open.keep()
      this.#heads.keep(id)
      this.#totals = totals
    } catch (error) {
      this.#open.undo()
      throw error
    }
  }

  /** One transaction of retention, which says how many samples went. */
  forget(step: () => number): number {
    const totals = { ...this.#totals }
    try {
      const gone = this.#transactions.run(() => {
        const samples = step()
        this.#heads.setTotals({ ...this.#totals, samples: this.#totals.samples - samples })
        return samples
      })
      this.#open.keep()
      this.#totals.samples -= gone
      return gone
    } catch (error) {
      this.#open.undo()
      this.#totals = totals
      throw error
    }
  }

  /** Within `forget`: closes the chunks that end before a moment, so that what goes is in one place only, in closed chunks. */
  closeBefore(before: number): number {
    this.#open.begin(this.#heads.last, before)
    this.#open.closeBefore(before)
    const more = this.#flush()
    this.#heads.closedBefore(before)
    this.#heads.forgetBefore(this.#open.oldestHead(this.#heads.last))
    return -more
  }

  /** Within `forget`: the time of the oldest sample that is left, null where none is. */
  setOldest(oldest: number | null): void {
    this.#totals.oldest = oldest
  }

  /**
   * Plays the head rows again, oldest first, into the open chunks. What that closes was closed before the store was, so
   * laying it over its chunk changes nothing; where it does (rows that were never closed), it is written now.
   */
  rebuild(): void {
    this.#transactions.run(() => {
      for (const { id, at, samples, totals } of this.#heads.rows()) {
        this.#open.begin(id, at)
        for (const sample of samples) this.#open.add(sample)
        this.#flush()
        this.#open.keep()
        this.#totals = totals
      }
    })
    this.#settle()
  }

  #insert(id: number, tick: Tick): Totals {
    this.#open.begin(id, tick.at)
    for (const sample of tick.samples) this.#open.add(sample)
    if (id % SWEEP_EVERY === 0) this.#open.closeSilent(CLOSED_PER_SWEEP)
    const more = this.#open.added() + this.#flush()
    const totals: Totals = {
      seq: Math.max(this.#totals.seq, tick.seq),
      samples: this.#totals.samples + more,
      oldest: oldestOf(this.#totals.oldest, tick.samples),
    }
    this.#heads.insert(id, tick, totals)
    if (id % SWEEP_EVERY === 0) this.#heads.forgetBefore(this.#open.oldestHead(id))
    return totals
  }

  /** Writes the chunks that closed. Gives by how many the count of samples changes: replaced ones were counted twice. */
  #flush(): number {
    let change = 0
    for (const { series, window, points, counted } of this.#open.flushes()) {
      const { before, after } = this.#chunks.merge(series, window, points)
      change += after - before - counted
    }
    return change
  }

  /** What the rows brought back but had been closed already is not open, and counts once. */
  #settle(): void {
    for (const [series, chunk] of this.#open.all()) {
      const more = this.#chunks.missing(series, chunk.window, chunk.points)
      if (more === null) chunk.points.clear()
      else chunk.counted = more
    }
  }
}

function oldestOf(oldest: number | null, samples: readonly Sample[]): number | null {
  let least = oldest ?? Number.POSITIVE_INFINITY
  for (const { at } of samples) if (at < least) least = at
  return least === Number.POSITIVE_INFINITY ? null : least
}

import { statSync } from 'node:fs'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { RetainPolicy } from '../types.ts'
import type { AlertSpans } from './alert-spans.ts'
import type { ChunkTable } from './chunk-table.ts'
import { EventRetention } from './event-retention.ts'
import { blockEnd, blockKey, chunkKey, firstWindow, LAST_TIME, SLOTS_PER_BLOCK, windowOf } from './windows.ts'

/** Chunks of so many series of a day go in one transaction: a few milliseconds. */
const SERIES_PER_STEP = 32
const PAGES_PER_STEP = 512

/** One transaction's work; gives how many samples it forgot. */
export type Step = () => number

/**
 * Forgetting, in this order: chunks before a moment, whole days while the store is too large, events that no state
 * needs, and then the free pages, so that the file shrinks. Each step is short; other work runs between them.
 */
export class Retention {
  #database: DatabaseSync
  #file: string
  #chunks: ChunkTable
  #events: EventRetention
  #count
  #delete
  #first
  #lastSeries
  #pragmas: { pages: StatementSync; free: StatementSync; size: StatementSync }

  constructor(database: DatabaseSync, file: string, chunks: ChunkTable, spans: AlertSpans) {
    this.#database = database
    this.#file = file
    this.#chunks = chunks
    this.#events = new EventRetention(database, spans)
    this.#count = database.prepare('SELECT total(count) AS samples FROM chunk WHERE id BETWEEN ? AND ?')
    this.#delete = database.prepare('DELETE FROM chunk WHERE id BETWEEN ? AND ?')
    this.#first = database.prepare('SELECT id FROM chunk WHERE id >= ? AND id < ? ORDER BY id LIMIT 1')
    this.#lastSeries = database.prepare('SELECT max(id) AS id FROM series')
    this.#pragmas = {
      pages: database.prepare('PRAGMA page_count'),
      free: database.prepare('PRAGMA freelist_count'),
      size: database.prepare('PRAGMA page_size'),
    }
  }

  /** The database and its log. */
  bytesOnDisk(): number {
    return (
      this.#number(this.#pragmas.pages) * this.#number(this.#pragmas.size) +
      (statSync(`${this.#file}-wal`, { throwIfNoEntry: false })?.size ?? 0)
    )
  }

  /** The database alone, without its free pages. */
  bytesOfData(): number {
    const pages = this.#number(this.#pragmas.pages) - this.#number(this.#pragmas.free)
    return pages * this.#number(this.#pragmas.size)
  }

  /** `close`: puts what is open and ends before a moment into closed chunks. */
  async *steps(policy: RetainPolicy, close: (before: number) => void): AsyncGenerator<Step> {
    close(policy.before)
    for (const block of this.#chunks.blocks()) {
      if (firstWindow(block) < windowOf(0, Math.max(0, policy.before)))
        yield* this.#blockSteps(block, policy.before, policy)
    }
    for (const block of this.#chunks.blocks().slice(0, -1)) {
      if (this.#liveBytes() <= policy.maxBytes) break
      close(blockEnd(block))
      yield* this.#blockSteps(block, LAST_TIME, policy)
    }
    for (const step of this.#events.steps(policy)) {
      yield step
      await turn()
    }
    yield* this.#vacuum()
  }

  /** The time of the oldest sample in a chunk: the first of each series of the oldest day is looked at. */
  oldestAt(): number | null {
    for (const block of this.#chunks.blocks()) {
      let oldest = Number.POSITIVE_INFINITY
      const last = firstWindow(block) + SLOTS_PER_BLOCK - 1
      for (let series = 1; series <= this.#seriesCount(); series++) {
        oldest = Math.min(oldest, this.#chunks.first(series, firstWindow(block), last) ?? oldest)
      }
      if (oldest < Number.POSITIVE_INFINITY) return oldest
    }
    return null
  }

  async *#blockSteps(block: number, before: number, policy: RetainPolicy): AsyncGenerator<Step> {
    const end = this.#seriesCount() + 1
    for (let series = 1; series < end; series += SERIES_PER_STEP) {
      yield () => {
        let samples = 0
        for (let id = series; id < Math.min(end, series + SERIES_PER_STEP); id++)
          samples += this.#forgetSeries(block, id, before, policy)
        return samples
      }
      await turn()
    }
    if (this.#first.get(blockKey(block), blockKey(block + 1)) === undefined) this.#chunks.forgetBlock(block)
  }

  #forgetSeries(block: number, series: number, before: number, { pinned }: RetainPolicy): number {
    const last = Math.min(firstWindow(block) + SLOTS_PER_BLOCK - 1, windowOf(series, Math.max(0, before)) - 1)
    let samples = 0
    for (const [from, to] of unpinned(series, firstWindow(block), last, pinned)) {
      const keys = [chunkKey(series, from), chunkKey(series, to)] as const
      samples += Number(this.#count.get(...keys)?.['samples'] ?? 0)
      this.#delete.run(...keys)
    }
    return samples
  }

  async *#vacuum(): AsyncGenerator<Step> {
    for (let free = this.#number(this.#pragmas.free); free > 0;) {
      yield () => {
        this.#database.exec(`PRAGMA incremental_vacuum(${PAGES_PER_STEP})`)
        return 0
      }
      await turn()
      const left = this.#number(this.#pragmas.free)
      if (left >= free) break
      free = left
    }
    this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  }

  #liveBytes(): number {
    return (this.#number(this.#pragmas.pages) - this.#number(this.#pragmas.free)) * this.#number(this.#pragmas.size)
  }

  #seriesCount(): number {
    return this.#number(this.#lastSeries)
  }

  #number(statement: StatementSync): number {
    return Number(Object.values(statement.get() ?? {})[0] ?? 0)
  }
}

/** The stretches of windows from `first` to `last` that no pinned span touches. */
function unpinned(
  series: number,
  first: number,
  last: number,
  pinned: RetainPolicy['pinned'],
): [from: number, to: number][] {
  const pins = pinned
    .filter(({ from, to }) => from < to)
    .map(({ from, to }) => [windowOf(series, Math.max(0, from)), windowOf(series, Math.max(0, to - 1))] as const)
    .toSorted((a, b) => a[0] - b[0])
  const free: [number, number][] = []
  let at = first
  for (const [from, to] of pins) {
    if (from > at) free.push([at, Math.min(from - 1, last)])
    at = Math.max(at, to + 1)
    if (at > last) break
  }
  if (at <= last) free.push([at, last])
  return free.filter(([from, to]) => from <= to)
}

/** Lets everything else that waits run first. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

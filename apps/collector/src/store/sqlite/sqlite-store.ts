import { statSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import type { Event, EventKind } from '@headroom/shared/model/event.ts'
import type { RangeSeries, RawSeries, Sample, SeriesIdentity } from '@headroom/shared/model/series.ts'
import { invalidTick } from '../checked-tick.ts'
import type {
  CommitFailure,
  CommitResult,
  EventQuery,
  OpenReport,
  RangeQuery,
  RawQuery,
  RetainPolicy,
  Store,
  StoredSeries,
  StoreStats,
  Tick,
} from '../types.ts'
import { AlertSpans } from './alert-spans.ts'
import { ChunkTable } from './chunk-table.ts'
import { EventTable } from './event-table.ts'
import { commitFailure } from './failure.ts'
import { HeadTable, type Totals } from './head-table.ts'
import { NewestSamples } from './newest-samples.ts'
import { OpenChunks } from './open-chunks.ts'
import { Retention } from './retention.ts'
import { SampleReader } from './sample-reader.ts'
import { SeriesTable } from './series-table.ts'
import { Transactions } from './transactions.ts'

/** Head rows that are no longer needed go, and silent series are closed, once in so many ticks. */
const SWEEP_EVERY = 64
const CLOSED_PER_SWEEP = 64

const CLOSED: CommitFailure = { code: 'closed', message: 'The store is closed', retryable: false }

const GONE: CommitFailure = {
  code: 'io',
  message: 'The database was moved or deleted while it was in use: put it back, or start the collector again',
  retryable: true,
}

/**
 * The port on SQLite. A tick is one transaction: its head row, its events and documents, and the chunks that it closed.
 * Everything is read through `SampleReader`, which sees closed and open chunks as one.
 */
export class SqliteStore implements Store {
  readonly report: OpenReport
  #database: DatabaseSync
  #file: string
  #inode: number | null
  #transactions: Transactions
  #series: SeriesTable
  #heads: HeadTable
  #chunks: ChunkTable
  #open = new OpenChunks()
  #events: EventTable
  #reader: SampleReader
  #retention: Retention
  #newest: NewestSamples
  #totals: Totals = { seq: 0, samples: 0, oldest: null }
  #latest = 0
  #closed = false
  /** The run of retention that goes on; settled when none does. Closing waits for its step. */
  #retaining: Promise<void> = Promise.resolve()
  #saveDocument
  #readDocument

  constructor(database: DatabaseSync, file: string, report: OpenReport) {
    this.report = report
    this.#database = database
    this.#file = file
    this.#inode = inodeOf(file)
    this.#transactions = new Transactions(database)
    this.#series = new SeriesTable(database)
    this.#heads = new HeadTable(database)
    this.#chunks = new ChunkTable(database)
    const spans = new AlertSpans(database)
    this.#events = new EventTable(database, spans)
    this.#reader = new SampleReader(this.#chunks, this.#open)
    this.#newest = new NewestSamples((id, at, notBefore) => this.#reader.newest(id, at, notBefore))
    this.#retention = new Retention(database, file, this.#chunks, spans)
    this.#saveDocument = database.prepare(
      'INSERT INTO document VALUES (?, ?) ON CONFLICT DO UPDATE SET text = excluded.text WHERE text IS NOT excluded.text',
    )
    this.#readDocument = database.prepare('SELECT text FROM document WHERE name = ?')
    this.#rebuild()
  }

  async register(series: readonly (SeriesIdentity & { unit: string })[]): Promise<number[]> {
    this.#assertOpen()
    return this.#series.register(series, (work) => this.#transactions.run(work))
  }

  async series(): Promise<StoredSeries[]> {
    return this.#series.all()
  }

  async commit(tick: Tick): Promise<CommitResult> {
    const refused = this.#closed ? CLOSED : invalidTick(tick, (id) => this.#series.has(id))
    if (refused !== null) return { ok: false, failure: refused }
    // The system goes on writing into a file that has no name any more, and all of it would be lost at the end.
    if (inodeOf(this.#file) !== this.#inode) return { ok: false, failure: GONE }
    const id = this.#heads.last + 1
    try {
      const totals = this.#transactions.run(() => this.#write(id, tick))
      this.#kept(id, tick, totals)
      return { ok: true }
    } catch (error) {
      this.#open.undo()
      return { ok: false, failure: commitFailure(error) }
    }
  }

  async lastSeq(): Promise<number> {
    return this.#totals.seq
  }

  async range(query: RangeQuery): Promise<{ stepMs: number; series: RangeSeries[] }> {
    this.#assertOpen()
    return this.#reader.range(query)
  }

  async raw(query: RawQuery): Promise<{ series: RawSeries[]; next: number | null }> {
    this.#assertOpen()
    return this.#reader.raw(query, { from: this.#totals.oldest ?? 0, to: this.#latest + 1 })
  }

  async newest({
    at,
    notBefore,
    ids,
  }: {
    at?: number
    notBefore?: number
    ids?: readonly number[]
  }): Promise<Sample[]> {
    this.#assertOpen()
    const found: Sample[] = []
    for (const id of ids ?? this.#series.all().map((series) => series.id)) {
      const sample = this.#newest.get(id, at, notBefore)
      if (sample !== null) found.push(sample)
    }
    return found
  }

  async events(query: EventQuery): Promise<Event[]> {
    this.#assertOpen()
    return this.#events.query(query)
  }

  async stateAt(kind: EventKind, at: number): Promise<Event[]> {
    this.#assertOpen()
    return this.#events.stateAt(kind, at)
  }

  async openAlerts(at: number): Promise<Event[]> {
    this.#assertOpen()
    return this.#events.openAlertsAt(at)
  }

  async document(name: string): Promise<string | null> {
    this.#assertOpen()
    const text = this.#readDocument.get(name)?.['text']
    return typeof text === 'string' ? text : null
  }

  async stats(): Promise<StoreStats> {
    this.#assertOpen()
    return {
      kind: 'sqlite',
      bytes: this.#retention.bytesOnDisk(),
      dataBytes: this.#retention.bytesOfData(),
      samples: this.#totals.samples,
      oldestAt: this.#totals.oldest,
    }
  }

  async retain(policy: RetainPolicy, signal: AbortSignal): Promise<number> {
    this.#assertOpen()
    const work = this.#retaining.then(() => this.#retain(policy, signal))
    this.#retaining = work.then(
      () => undefined,
      () => undefined,
    )
    return work
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.#retaining
    this.#database.close()
  }

  async #retain(policy: RetainPolicy, signal: AbortSignal): Promise<number> {
    const stopped = (): boolean => signal.aborted || this.#closed
    if (stopped()) return 0
    let gone = 0
    for await (const step of this.#retention.steps(policy, (before) => this.#closeBefore(before))) {
      if (stopped()) return gone
      gone += this.#forget(step)
    }
    this.#forget(() => {
      this.#totals.oldest = leastOf(this.#retention.oldestAt(), this.#open.oldestAt())
      return 0
    })
    return gone
  }

  /** Closes the chunks that end before a moment, so that what is forgotten is in one place only: in closed chunks. */
  #closeBefore(before: number): void {
    this.#forget(() => {
      this.#open.begin(this.#heads.last, before)
      this.#open.closeBefore(before)
      const more = this.#flush()
      this.#heads.closedBefore(before)
      this.#heads.forgetBefore(this.#open.oldestHead(this.#heads.last))
      return -more
    })
  }

  /** One transaction of retention. What was newest may be gone afterwards, and is looked for again when asked. */
  #forget(step: () => number): number {
    const totals = { ...this.#totals }
    try {
      const gone = this.#transactions.run(() => {
        const samples = step()
        this.#heads.setTotals({ ...this.#totals, samples: this.#totals.samples - samples })
        return samples
      })
      this.#open.keep()
      this.#totals.samples -= gone
      if (gone > 0) this.#newest.clear()
      return gone
    } catch (error) {
      this.#open.undo()
      this.#totals = totals
      throw error
    }
  }

  #write(id: number, tick: Tick): Totals {
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
    for (const event of tick.events) this.#events.insert(event)
    for (const [name, text] of tick.documents ?? []) this.#saveDocument.run(name, text)
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

  #kept(id: number, tick: Tick, totals: Totals): void {
    this.#open.keep()
    this.#heads.keep(id)
    this.#totals = totals
    this.#newest.add(tick.samples)
    for (const { at } of tick.samples) if (at > this.#latest) this.#latest = at
  }

  /**
   * Plays the head rows again, oldest first, into the open chunks. What that closes was closed before the store was, so
   * laying it over its chunk changes nothing; where it does (rows that were never closed), it is written now.
   */
  #rebuild(): void {
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
    for (const { id } of this.#series.all()) this.#latest = Math.max(this.#latest, this.#newest.get(id)?.at ?? 0)
  }

  /** What the rows brought back but had been closed already is not open, and counts once. */
  #settle(): void {
    for (const [series, chunk] of this.#open.all()) {
      const more = this.#chunks.missing(series, chunk.window, chunk.points)
      if (more === null) chunk.points.clear()
      else chunk.counted = more
    }
  }

  #assertOpen(): void {
    if (this.#closed) throw new Error(CLOSED.message)
  }
}

/** What tells a file from another of the same name; null where there is none. */
function inodeOf(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.ino ?? null
}

function leastOf(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b)
}

function oldestOf(oldest: number | null, samples: readonly Sample[]): number | null {
  let least = oldest ?? Number.POSITIVE_INFINITY
  for (const { at } of samples) if (at < least) least = at
  return least === Number.POSITIVE_INFINITY ? null : least
}

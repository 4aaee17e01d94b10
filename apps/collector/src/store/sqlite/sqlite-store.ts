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
import { NewestSamples } from './newest-samples.ts'
import { OpenChunks } from './open-chunks.ts'
import { Retention } from './retention.ts'
import { SampleReader } from './sample-reader.ts'
import { SampleWriter } from './sample-writer.ts'
import { SeriesTable } from './series-table.ts'
import { Transactions } from './transactions.ts'

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
  #writer: SampleWriter
  #open = new OpenChunks()
  #events: EventTable
  #reader: SampleReader
  #retention: Retention
  #newest: NewestSamples
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
    const chunks = new ChunkTable(database)
    this.#writer = new SampleWriter(database, this.#transactions, chunks, this.#open)
    const spans = new AlertSpans(database)
    this.#events = new EventTable(database, spans)
    this.#reader = new SampleReader(chunks, this.#open)
    this.#newest = new NewestSamples((id, at, notBefore) => this.#reader.newest(id, at, notBefore))
    this.#retention = new Retention(database, file, chunks, spans)
    this.#saveDocument = database.prepare(
      'INSERT INTO document VALUES (?, ?) ON CONFLICT DO UPDATE SET text = excluded.text WHERE text IS NOT excluded.text',
    )
    this.#readDocument = database.prepare('SELECT text FROM document WHERE name = ?')
    this.#writer.rebuild()
    for (const { id } of this.#series.all()) this.#latest = Math.max(this.#latest, this.#newest.get(id)?.at ?? 0)
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
    try {
      this.#writer.write(tick, () => {
        for (const event of tick.events) this.#events.insert(event)
        for (const [name, text] of tick.documents ?? []) this.#saveDocument.run(name, text)
      })
    } catch (error) {
      return { ok: false, failure: commitFailure(error) }
    }
    this.#newest.add(tick.samples)
    for (const { at } of tick.samples) if (at > this.#latest) this.#latest = at
    return { ok: true }
  }

  async lastSeq(): Promise<number> {
    return this.#writer.totals.seq
  }

  async range(query: RangeQuery): Promise<{ stepMs: number; series: RangeSeries[] }> {
    this.#assertOpen()
    return this.#reader.range(query)
  }

  async raw(query: RawQuery): Promise<{ series: RawSeries[]; next: number | null }> {
    this.#assertOpen()
    return this.#reader.raw(query, { from: this.#writer.totals.oldest ?? 0, to: this.#latest + 1 })
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
      samples: this.#writer.totals.samples,
      oldestAt: this.#writer.totals.oldest,
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
      this.#writer.setOldest(leastOf(this.#retention.oldestAt(), this.#open.oldestAt()))
      return 0
    })
    return gone
  }

  #closeBefore(before: number): void {
    this.#forget(() => this.#writer.closeBefore(before))
  }

  /** What was newest may be gone afterwards, and is looked for again when asked. */
  #forget(step: () => number): number {
    const gone = this.#writer.forget(step)
    if (gone > 0) this.#newest.clear()
    return gone
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

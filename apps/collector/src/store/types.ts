import type { Event, EventBody, EventKind } from '@headroom/shared/model/event.ts'
import type { RangeSeries, RawSeries, Sample, SeriesIdentity } from '@headroom/shared/model/series.ts'

/** A series as the store knows it. */
export type StoredSeries = SeriesIdentity & { id: number; unit: string }

/**
 * A group commit: everything that arrived within 100 ms, in one transaction.
 * `samples` at a (series, time) that exists replace it and are marked corrected; `events` carry their seq already.
 */
export type Tick = {
  /** The stream's counter at this commit; every event's seq is at most this. */
  seq: number
  at: number
  samples: readonly Sample[]
  events: readonly Event[]
  /** Small named documents that must be as durable as the samples (the rule engine's memory). */
  documents?: ReadonlyMap<string, string>
}

export type RangeQuery = { series: readonly number[]; from: number; to: number; points: number }
export type RawQuery = { series: readonly number[]; from: number; to: number; limit: number }

export type EventQuery = {
  after?: number
  /** Inclusive. */
  from?: number
  /** Inclusive. */
  to?: number
  kinds?: readonly EventKind[]
  system?: string
  /** Only lines of logs that were kept for this pattern. */
  pattern?: string
  /** Only events older than this time. */
  before?: number
  limit: number
  /** `asc` by seq (default) or newest first. */
  order?: 'asc' | 'desc'
}

export type StoreStats = {
  kind: string
  /** On disk. */
  bytes: number
  /** Of those, what holds something: without free pages, and without the log of the newest writes. */
  dataBytes: number
  samples: number
  oldestAt: number | null
}

/** What may be forgotten. Spans in `pinned` (from <= at < to) stay whole. */
export type RetainPolicy = { before: number; maxBytes: number; pinned: readonly { from: number; to: number }[] }

/**
 * Why a commit did not become durable. Nothing of the tick is stored then.
 * `invalid`: the tick itself cannot be stored (an unknown series, a value that is not finite, a seq that is taken).
 */
export type CommitFailure = { code: 'full' | 'io' | 'closed' | 'invalid'; message: string; retryable: boolean }
export type CommitResult = { ok: true } | { ok: false; failure: CommitFailure }

/** What the store did by itself when it was opened, for the log and the screen. */
export type OpenReport =
  | { kind: 'new' }
  | { kind: 'opened' }
  | { kind: 'migrated'; from: number; to: number; copy: string }
  | { kind: 'set-aside'; reason: string; file: string }

/**
 * Where everything recorded lives. When `commit` resolves with ok, the tick survives kill -9 and power loss, whole.
 * All calls may be made at any time and in any order; reads see every commit that has resolved.
 * Every implementation passes `storeContract`.
 */
export type Store = AsyncDisposable & {
  readonly report: OpenReport
  /** Gives each identity its number, the same one for ever; new identities are made durable before this resolves. */
  register(series: readonly (SeriesIdentity & { unit: string })[]): Promise<number[]>
  /** Every series ever registered, by id. */
  series(): Promise<StoredSeries[]>
  commit(tick: Tick): Promise<CommitResult>
  /** The highest seq committed; 0 when none. */
  lastSeq(): Promise<number>
  /** Buckets of equal width covering [from, to); a spike is always in its bucket's min or max. */
  range(query: RangeQuery): Promise<{ stepMs: number; series: RangeSeries[] }>
  /** Samples with from <= at < to, ascending; at most `limit` in all, `next` is where to go on when there are more. */
  raw(query: RawQuery): Promise<{ series: RawSeries[]; next: number | null }>
  /** The newest sample at or before `at` of each series (all series when `ids` is absent), no older than `notBefore`. */
  newest(query: { at?: number; notBefore?: number; ids?: readonly number[] }): Promise<Sample[]>
  events(query: EventQuery): Promise<Event[]>
  /** The newest event at or before `at` of each `eventKey` of a kind: the state then. */
  stateAt(kind: EventKind, at: number): Promise<Event[]>
  /** The same of the alerts that were pending or firing at that moment, at the cost of those alone. */
  openAlerts(at: number): Promise<Event[]>
  document(name: string): Promise<string | null>
  stats(): Promise<StoreStats>
  /**
   * Forgets samples before `before`, oldest first, in small steps, and the whole days that exceed `maxBytes`. It works
   * on five minutes of a series at a time: what straddles `before` stays until it is all older.
   * State (config, notes, the newest event of each key) stays. Spans in `pinned` stay. Returns how many samples went.
   */
  retain(policy: RetainPolicy, signal: AbortSignal): Promise<number>
}

export type { Event, EventBody }

import { type Event, eventKey, type EventKind, eventSystem } from '@headroom/shared/model/event.ts'
import { labelsKey } from '@headroom/shared/model/labels.ts'
import type { RangeSeries, RawSeries, Sample, SeriesIdentity } from '@headroom/shared/model/series.ts'
import { BucketFold, planBuckets } from './buckets.ts'
import { invalidTick } from './checked-tick.ts'
import { rawPage } from './raw-page.ts'
import type {
  CommitResult,
  EventQuery,
  RangeQuery,
  RawQuery,
  RetainPolicy,
  Store,
  StoredSeries,
  StoreStats,
  Tick,
} from './types.ts'

const DAY_MS = 86_400_000
const BYTES_PER_SAMPLE = 16

/** Samples of one series, ascending. */
type Column = { t: number[]; v: number[]; corrected: Set<number> }

/** The port without a disk: for tests, and for playing a recording. Simple rather than fast. */
export class MemoryStore implements Store {
  readonly report = { kind: 'new' } as const
  #series: StoredSeries[] = []
  #ids = new Map<string, number>()
  #columns = new Map<number, Column>()
  /** Ascending by seq. */
  #events: Event[] = []
  #documents = new Map<string, string>()
  #seq = 0
  #closed = false

  async register(series: readonly (SeriesIdentity & { unit: string })[]): Promise<number[]> {
    return series.map(({ system, source, metric, labels, unit }) => {
      const key = JSON.stringify([system, source, metric, labelsKey(labels)])
      const id = this.#ids.get(key) ?? this.#series.length + 1
      this.#ids.set(key, id)
      this.#series[id - 1] = { id, system, source, metric, labels: { ...labels }, unit }
      return id
    })
  }

  async series(): Promise<StoredSeries[]> {
    return [...this.#series]
  }

  async commit(tick: Tick): Promise<CommitResult> {
    if (this.#closed)
      return { ok: false, failure: { code: 'closed', message: 'The store is closed', retryable: false } }
    const refused = invalidTick(tick, (id) => this.#series[id - 1] !== undefined)
    if (refused !== null) return { ok: false, failure: refused }
    const seqs = new Set(tick.events.map(({ seq }) => seq))
    if (seqs.size < tick.events.length || this.#events.some(({ seq }) => seqs.has(seq))) {
      return { ok: false, failure: { code: 'invalid', message: "An event's seq is taken", retryable: false } }
    }
    // The last of equal (series, time) in one tick is the one that counts, and corrects nothing by itself.
    const last = new Map(tick.samples.map((sample) => [`${sample.series}/${sample.at}`, sample]))
    for (const sample of last.values()) put(this.#column(sample.series), sample)
    this.#events = [...this.#events, ...structuredClone(tick.events)].toSorted((a, b) => a.seq - b.seq)
    for (const [name, text] of tick.documents ?? []) this.#documents.set(name, text)
    this.#seq = Math.max(this.#seq, tick.seq)
    return { ok: true }
  }

  async lastSeq(): Promise<number> {
    return this.#seq
  }

  async range({ series, from, to, points }: RangeQuery): Promise<{ stepMs: number; series: RangeSeries[] }> {
    const plan = planBuckets(from, to, points)
    const read = series.map((id) => {
      const { t, v } = this.#column(id)
      const fold = new BucketFold(plan)
      if (from < to) fold.add(t, v, lowerBound(t, from), lowerBound(t, to))
      return fold.result(id)
    })
    return { stepMs: plan.stepMs, series: read }
  }

  async raw(query: RawQuery): Promise<{ series: RawSeries[]; next: number | null }> {
    const times = [...this.#columns.values()].flatMap(({ t }) => t)
    const bounds = {
      from: times.reduce((a, b) => Math.min(a, b), Number.MAX_SAFE_INTEGER),
      to: times.reduce((a, b) => Math.max(a, b), 0) + 1,
    }
    return rawPage(query, bounds, (id, from, to) => {
      const { t, v, corrected } = this.#column(id)
      const [begin, end] = [lowerBound(t, from), lowerBound(t, to)]
      const part = t.slice(begin, end)
      return { t: part, v: v.slice(begin, end), corrected: part.filter((at) => corrected.has(at)) }
    })
  }

  async newest({
    at = Number.MAX_SAFE_INTEGER - 1,
    notBefore = 0,
    ids,
  }: {
    at?: number
    notBefore?: number
    ids?: readonly number[]
  }): Promise<Sample[]> {
    const found: Sample[] = []
    for (const series of ids ?? this.#series.map(({ id }) => id)) {
      const { t, v } = this.#column(series)
      const index = lowerBound(t, at + 1) - 1
      const time = t[index]
      const value = v[index]
      if (time !== undefined && value !== undefined && time >= notBefore) found.push({ series, at: time, value })
    }
    return found
  }

  async events({ after, from, to, before, kinds, system, pattern, limit, order }: EventQuery): Promise<Event[]> {
    const found = this.#events.filter(
      (event) =>
        (after === undefined || event.seq > after) &&
        (from === undefined || event.at >= from) &&
        (to === undefined || event.at <= to) &&
        (before === undefined || event.at < before) &&
        (kinds === undefined || kinds.includes(event.kind)) &&
        (system === undefined || eventSystem(event) === system) &&
        (pattern === undefined || (event.kind === 'log' && event.pattern === pattern)),
    )
    return (order === 'desc' ? found.toReversed() : found).slice(0, limit)
  }

  async stateAt(kind: EventKind, at: number): Promise<Event[]> {
    const newest = new Map<string, Event>()
    for (const event of this.#events) {
      if (event.kind !== kind || event.at > at || eventKey(event) === '') continue
      const known = newest.get(eventKey(event))
      if (known === undefined || event.at >= known.at) newest.set(eventKey(event), event)
    }
    return [...newest.values()].toSorted((a, b) => a.seq - b.seq)
  }

  async openAlerts(at: number): Promise<Event[]> {
    const newest = await this.stateAt('alert', at)
    return newest.filter((event) => event.kind === 'alert' && event.alert.state !== 'resolved')
  }

  async document(name: string): Promise<string | null> {
    return this.#documents.get(name) ?? null
  }

  async stats(): Promise<StoreStats> {
    const columns = [...this.#columns.values()]
    const samples = columns.reduce((sum, { t }) => sum + t.length, 0)
    const firsts = columns.flatMap(({ t }) => t.slice(0, 1))
    return {
      kind: 'memory',
      bytes: samples * BYTES_PER_SAMPLE,
      dataBytes: samples * BYTES_PER_SAMPLE,
      samples,
      oldestAt: firsts.length === 0 ? null : firsts.reduce((a, b) => Math.min(a, b)),
    }
  }

  async retain({ before, maxBytes, pinned }: RetainPolicy, signal: AbortSignal): Promise<number> {
    if (signal.aborted) return 0
    let gone = this.#forget(before, pinned)
    this.#forgetEvents(before, pinned)
    const days = new Set([...this.#columns.values()].flatMap(({ t }) => t.map((at) => Math.floor(at / DAY_MS))))
    for (const day of [...days].toSorted((a, b) => a - b).slice(0, -1)) {
      if ((await this.stats()).bytes <= maxBytes) break
      gone += this.#forget((day + 1) * DAY_MS, pinned)
    }
    return gone
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
  }

  #forget(before: number, pinned: RetainPolicy['pinned']): number {
    let gone = 0
    for (const [id, { t, v, corrected }] of this.#columns) {
      const kept = [...t.keys()].filter((index) => (t[index] ?? 0) >= before || isPinned(t[index] ?? 0, pinned))
      gone += t.length - kept.length
      this.#columns.set(id, { t: kept.map((index) => t[index] ?? 0), v: kept.map((index) => v[index] ?? 0), corrected })
    }
    return gone
  }

  #forgetEvents(before: number, pinned: RetainPolicy['pinned']): void {
    this.#events = this.#events.filter((event) => {
      if (event.at >= before || event.kind === 'config' || event.kind === 'note' || isPinned(event.at, pinned))
        return true
      if (eventKey(event) === '') return false
      const next = Math.min(before, ...pinned.map(({ from }) => from).filter((from) => from > event.at))
      return !this.#events.some(
        (other) =>
          other.kind === event.kind &&
          eventKey(other) === eventKey(event) &&
          other.at <= next &&
          (other.at > event.at || (other.at === event.at && other.seq > event.seq)),
      )
    })
    // While anything of an alert stays, so does the word that it ended.
    const kept = Map.groupBy(this.#events, eventKey)
    this.#events = this.#events.filter(
      (event) =>
        event.kind !== 'alert' ||
        event.alert.state !== 'resolved' ||
        event.at >= before ||
        isPinned(event.at, pinned) ||
        (kept.get(eventKey(event))?.length ?? 0) > 1,
    )
  }

  #column(id: number): Column {
    const known = this.#columns.get(id)
    if (known !== undefined) return known
    const column = { t: [], v: [], corrected: new Set<number>() }
    this.#columns.set(id, column)
    return column
  }
}

function put({ t, v, corrected }: Column, { at, value }: Sample): void {
  const index = lowerBound(t, at)
  if (t[index] !== at) {
    t.splice(index, 0, at)
    v.splice(index, 0, value)
  } else if (!Object.is(v[index], value)) {
    v[index] = value
    corrected.add(at)
  }
}

function isPinned(at: number, pinned: RetainPolicy['pinned']): boolean {
  return pinned.some(({ from, to }) => at >= from && at < to)
}

function lowerBound(times: readonly number[], at: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((times[middle] ?? 0) < at) low = middle + 1
    else high = middle
  }
  return low
}

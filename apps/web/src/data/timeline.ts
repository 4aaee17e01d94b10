import type { Alert } from '@headroom/shared/model/alert.ts'
import type { Note } from '@headroom/shared/model/note.ts'
import type { SeriesView } from '@headroom/shared/model/series.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import type { LiveValue, ServerMessage } from '@headroom/shared/protocol.ts'
import { DAY, HOUR } from '@headroom/shared/time.ts'
import type { Clock } from './clock.ts'
import type { Connection } from './connection.ts'
import { SampleRing } from './sample-ring.ts'
import { ServerTime } from './server-time.ts'

/** The newest of a series: what was last said, and when; `value` is null while it is stale, `last` stays readable. */
export type Newest = { at: number | null; value: number | null; last: number | null; lastAt: number | null }

type Hello = Extract<ServerMessage, { kind: 'hello' }>
export type Refreshed = { systems: SystemView[]; series: SeriesView[]; alerts: Alert[] }

const RESOLVED_KEPT = 200
const NOTES_KEPT = 500
/** The collector lists no series that was silent for a day; neither does a page that has been open for longer. */
const SERIES_KEPT_MS = DAY
const PRUNE_MS = HOUR
const NONE: readonly SeriesView[] = []
const NEVER: Newest = { at: null, value: null, last: null, lastAt: null }

/**
 * Everything the screens show of now. Messages are folded in as they come; listeners hear of it once a frame.
 * What a getter returns stays the same object until it changes, so that a component renders only when it must.
 */
export class Timeline {
  readonly #clock: Clock
  readonly #listeners = new Set<() => void>()
  #told = true
  #connection: Connection = { kind: 'connecting' }
  #hello: { demo: boolean; role: string; stream: string } | undefined
  #stored = true
  readonly #time: ServerTime
  #heardAt: number | null = null
  #dataAt: number | null = null
  #prunedAt = 0
  #epoch = 0
  #edition = 0
  #version = 0
  #systems: readonly SystemView[] = []
  #series = new Map<number, SeriesView>()
  #ofSystem = new Map<string, readonly SeriesView[]>()
  #newest = new Map<number, Newest>()
  #answered = new Map<string, number>()
  #rings = new Map<number, SampleRing>()
  #alerts: readonly Alert[] = []
  #notes: readonly Note[] = []

  constructor(clock: Clock) {
    this.#clock = clock
    this.#time = new ServerTime(clock)
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  get connection(): Connection {
    return this.#connection
  }
  /** True once the first hello has been folded in. */
  get greeted(): boolean {
    return this.#hello !== undefined
  }
  get demo(): boolean {
    return this.#hello?.demo ?? false
  }
  get role(): string {
    return this.#hello?.role ?? 'viewer'
  }
  get stored(): boolean {
    return this.#stored
  }
  get systems(): readonly SystemView[] {
    return this.#systems
  }
  get alerts(): readonly Alert[] {
    return this.#alerts
  }
  get notes(): readonly Note[] {
    return this.#notes
  }
  /** Changes when history may have a hole: what was fetched must be fetched again. */
  get epoch(): number {
    return this.#epoch
  }
  /** Changes when another collector or another configuration answers: whatever was asked for may be different now. */
  get edition(): number {
    return this.#edition
  }
  /** Counts folded changes. */
  get version(): number {
    return this.#version
  }
  /** The server's time when the last message came. */
  get heardAt(): number | null {
    return this.#heardAt
  }
  /** The time of the newest value that any source gave. */
  get dataAt(): number | null {
    return this.#dataAt
  }

  /** The collector's clock, as well as it is known. */
  serverNow(): number {
    return this.#time.now()
  }
  series(id: number): SeriesView | undefined {
    return this.#series.get(id)
  }
  seriesOf(system: string): readonly SeriesView[] {
    return this.#ofSystem.get(system) ?? NONE
  }
  newest(id: number): Newest {
    return this.#newest.get(id) ?? NEVER
  }
  /** When a source last gave a number, by its samples. */
  answeredAt(system: string, source: string): number | null {
    return this.#answered.get(`${system}/${source}`) ?? null
  }
  samples(id: number, from: number): [number, number | null][] {
    return this.#rings.get(id)?.since(from) ?? []
  }
  /** From when on the recent samples of a series are whole. */
  samplesFrom(id: number): number | undefined {
    return this.#rings.get(id)?.oldestAt
  }

  setConnection(connection: Connection): void {
    this.#connection = connection
    this.#tell()
  }

  /** `resumed`: a hello after which nothing is missing of what came before it. */
  fold(message: ServerMessage, resumed = false): void {
    switch (message.kind) {
      case 'hello':
        this.#greet(message, resumed)
        break
      case 'tick':
        for (const value of message.values) this.#put(value)
        break
      case 'series':
        this.#addSeries(message.series)
        break
      case 'system':
        this.#systems = replaced(this.#systems, message.system, false)
        break
      case 'systems':
        this.#systems = message.systems
        this.#edition += 1
        this.#prune()
        break
      case 'alert':
        this.#alerts = withAlert(this.#alerts, message.alert)
        break
      case 'note':
        this.#notes = replaced(this.#notes, message.note, message.deleted ?? false).slice(-NOTES_KEPT)
        break
      case 'gap':
        this.#forgetSamples()
        break
      case 'pong':
        this.#time.set(message.now)
        break
      case 'bye':
        break
    }
    if ('seq' in message && message.kind !== 'bye' && message.kind !== 'hello') this.#stored = message.stored ?? true
    this.#heardAt = this.serverNow()
    if (this.#heardAt - this.#prunedAt > PRUNE_MS) this.#prune()
    this.#tell()
  }

  /** The state as asked for over HTTP. */
  refresh(state: Refreshed): void {
    this.#systems = state.systems
    this.#alerts = state.alerts
    this.#series.clear()
    this.#addSeries(state.series)
    this.#prune()
    this.#tell()
  }

  /** What was gathered live has a hole somewhere: history is to be fetched again. */
  doubt(): void {
    this.#forgetSamples()
    this.#tell()
  }

  /** Nothing is missing of what was gathered live, but history was fetched long ago. */
  renew(): void {
    this.#epoch += 1
    this.#tell()
  }

  #greet(hello: Hello, resumed: boolean): void {
    const before = this.#hello
    if (before !== undefined && !resumed) this.#forgetSamples()
    if (before !== undefined && before.stream !== hello.stream) this.#edition += 1
    this.#hello = { demo: hello.demo, role: hello.role, stream: hello.stream }
    this.#stored = hello.stored
    this.#time.set(hello.now)
    this.#systems = hello.systems
    this.#alerts = hello.alerts
    this.#series.clear()
    // The state of now, whatever was newer before: the collector's clock may have been set back.
    this.#newest.clear()
    this.#answered.clear()
    this.#dataAt = null
    this.#addSeries(hello.series)
    this.#prune()
  }

  /** Charts begin again from what is fetched. */
  #forgetSamples(): void {
    this.#rings.clear()
    this.#epoch += 1
  }

  /** Series and sources that are gone leave nothing behind, however long the page stays open. */
  #prune(): void {
    const now = this.serverNow()
    this.#prunedAt = now
    const systems = new Set(this.#systems.map((system) => system.id))
    const before = this.#series.size
    for (const series of this.#series.values()) {
      const silentSince = this.#newest.get(series.id)?.lastAt ?? series.at ?? now
      if (!systems.has(series.system) || now - silentSince > SERIES_KEPT_MS) this.#series.delete(series.id)
    }
    for (const held of [this.#newest, this.#rings])
      for (const id of held.keys()) if (!this.#series.has(id)) held.delete(id)
    for (const key of this.#answered.keys())
      if (!systems.has(key.slice(0, key.indexOf('/')))) this.#answered.delete(key)
    if (this.#series.size !== before) this.#ofSystem = Map.groupBy(this.#series.values(), (each) => each.system)
  }

  #addSeries(series: readonly SeriesView[]): void {
    for (const each of series) {
      this.#series.set(each.id, each)
      if (each.at === null) continue
      this.#put([each.id, each.at, each.value])
      // Silent for too long: what came with it is the last value known, not the one of now.
      if (each.stale === true) this.#put([each.id, each.at + 1, null])
    }
    this.#ofSystem = Map.groupBy(this.#series.values(), (each) => each.system)
  }

  #put([id, at, value]: LiveValue): void {
    const before = this.#newest.get(id) ?? NEVER
    this.#ring(id).put(at, value)
    if (before.at !== null && at < before.at) return
    this.#newest.set(id, value === null ? { ...before, at, value } : { at, value, last: value, lastAt: at })
    if (value !== null && at > (this.#dataAt ?? 0)) this.#dataAt = at
    const series = this.#series.get(id)
    // `up` at 0 is a sample too, but says that nothing answered.
    if (series === undefined || value === null || (series.metric === 'up' && value === 0)) return
    const key = `${series.system}/${series.source}`
    if (at > (this.#answered.get(key) ?? 0)) this.#answered.set(key, at)
  }

  #ring(id: number): SampleRing {
    const held = this.#rings.get(id)
    if (held !== undefined) return held
    const ring = new SampleRing()
    this.#rings.set(id, ring)
    return ring
  }

  #tell(): void {
    this.#version += 1
    if (!this.#told) return
    this.#told = false
    this.#clock.nextFrame(() => {
      this.#told = true
      for (const listener of this.#listeners) listener()
    })
  }
}

function replaced<T extends { id: string }>(list: readonly T[], item: T, removed: boolean): readonly T[] {
  if (removed) return list.filter((each) => each.id !== item.id)
  return list.some((each) => each.id === item.id)
    ? list.map((each) => (each.id === item.id ? item : each))
    : [...list, item]
}

/** Open alerts are all kept, resolved ones only the newest few: older ones are asked for. */
function withAlert(alerts: readonly Alert[], alert: Alert): readonly Alert[] {
  const next = replaced(alerts, alert, false)
  const resolved = next.filter((each) => each.state === 'resolved')
  if (resolved.length <= RESOLVED_KEPT) return next
  const oldest = resolved[0]
  return next.filter((each) => each !== oldest)
}

import type { Alert } from '@headroom/shared/model/alert.ts'
import type { Note } from '@headroom/shared/model/note.ts'
import type { SeriesView } from '@headroom/shared/model/series.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import type { LiveValue, ServerMessage } from '@headroom/shared/protocol.ts'
import type { Clock } from './clock.ts'
import type { Connection } from './connection.ts'
import { SampleRing } from './sample-ring.ts'

/** The newest of a series: what was last said, and when; `value` is null while it is stale, `last` stays readable. */
export type Newest = { at: number | null; value: number | null; last: number | null; lastAt: number | null }

type Hello = Extract<ServerMessage, { kind: 'hello' }>
export type Refreshed = { systems: SystemView[]; series: SeriesView[]; alerts: Alert[] }

const RESOLVED_KEPT = 200
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
  #offsetMs = 0
  #heardAt: number | null = null
  #epoch = 0
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
  /** Counts folded changes. */
  get version(): number {
    return this.#version
  }
  /** The server's time when the last message came. */
  get heardAt(): number | null {
    return this.#heardAt
  }

  /** The collector's clock, as well as it is known. */
  serverNow(): number {
    return this.#clock.now() + this.#offsetMs
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

  fold(message: ServerMessage): void {
    switch (message.kind) {
      case 'hello':
        this.#greet(message)
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
        break
      case 'alert':
        this.#alerts = withAlert(this.#alerts, message.alert)
        break
      case 'note':
        this.#notes = replaced(this.#notes, message.note, message.deleted ?? false)
        break
      case 'gap':
        this.#epoch += 1
        break
      case 'pong':
        this.#setTime(message.now)
        break
      case 'bye':
        break
    }
    if ('seq' in message && message.kind !== 'bye' && message.kind !== 'hello') this.#stored = message.stored ?? true
    this.#heardAt = this.serverNow()
    this.#tell()
  }

  /** After a hole: the state as asked for over HTTP. */
  refresh(state: Refreshed): void {
    this.#systems = state.systems
    this.#alerts = state.alerts
    this.#addSeries(state.series)
    this.#epoch += 1
    this.#tell()
  }

  #greet(hello: Hello): void {
    const again = this.#hello !== undefined
    if (again && this.#hello?.stream !== hello.stream) this.#rings.clear()
    this.#hello = { demo: hello.demo, role: hello.role, stream: hello.stream }
    this.#stored = hello.stored
    this.#setTime(hello.now)
    this.#systems = hello.systems
    this.#alerts = hello.alerts
    this.#series.clear()
    // The state of now, whatever was newer before: the collector's clock may have been set back.
    this.#newest.clear()
    this.#answered.clear()
    this.#addSeries(hello.series)
    if (again) this.#epoch += 1
  }

  #setTime(serverMs: number): void {
    this.#offsetMs = serverMs - this.#clock.now()
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

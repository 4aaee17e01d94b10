import type { Alert } from '../model/alert.ts'
import type { Event, EventBody } from '../model/event.ts'
import type { Note } from '../model/note.ts'
import type { PlannedEvent } from '../model/planned-event.ts'
import type { SeriesIdentity } from '../model/series.ts'
import { resourceById } from '../resources.ts'
import type { RuleWorld } from '../rules/types.ts'
import type {
  SourceDefinition,
  SourceProblem,
  SourceState,
  SystemDefinition,
  SystemState,
  TextView,
} from '../model/system.ts'
import { KnownSeries, type SeriesRecord } from './known-series.ts'

/** What is known of one source. Its age comes from its samples: `up` while it is ok, the event's word once it fails. */
export type SourceRecord = {
  state: SourceState
  stale: boolean
  lastOkAt: number | null
  leftOut: number
  error?: SourceProblem
}

export type SystemRecord = { state: SystemState; down: boolean; since: number; band?: string }

const PENDING: SourceRecord = { state: 'pending', stale: false, lastOkAt: null, leftOut: 0 }
const UNSEEN: SystemRecord = { state: 'unknown', down: false, since: 0 }
/**
 * Everything there is to know at one moment, folded from the events and the samples up to it. Live, the pipeline
 * folds what arrives; for a past moment it is folded from what the store kept; the screens' views are computed
 * from it in both cases, by the same functions.
 */
export class World implements RuleWorld {
  demo = false
  configError: string | undefined
  /** Planned days. */
  events: readonly PlannedEvent[] = []
  /** The systems of the configuration, in its order. */
  readonly definitions = new Map<string, SystemDefinition>()
  /** Every definition that was told by itself, also of systems that are not configured any more. */
  readonly told = new Map<string, SystemDefinition>()
  readonly systems = new Map<string, SystemRecord>()
  readonly sources = new Map<string, SourceRecord>()
  readonly limits = new Map<string, number | null>()
  /** Alerts that are pending or firing. */
  readonly alerts = new Map<string, Alert>()
  readonly notes = new Map<string, Note>()
  readonly texts = new Map<string, TextView & { system: string }>()
  readonly #known = new KnownSeries()
  #watchedSince = new Map<string, number>()

  /** Folds one transition. Later events of the same key replace earlier ones. */
  apply(event: EventBody & { at: number }): void {
    switch (event.kind) {
      case 'alert':
        if (event.alert.state === 'resolved') this.alerts.delete(event.alert.id)
        else this.alerts.set(event.alert.id, event.alert)
        return
      case 'system':
        this.systems.set(event.system, {
          state: event.state,
          down: event.down,
          since: event.since,
          ...(event.band === undefined ? {} : { band: event.band }),
        })
        return
      case 'source':
        this.sources.set(`${event.system}/${event.source}`, {
          state: event.state,
          stale: event.stale,
          lastOkAt: event.lastOkAt,
          leftOut: event.leftOut,
          ...(event.error === undefined ? {} : { error: event.error }),
        })
        return
      case 'limit':
        this.limits.set(`${event.system}/${event.resource}`, event.limit)
        return
      case 'definition':
        this.told.set(event.system.id, event.system)
        return
      case 'config':
        this.#configure(event)
        return
      case 'note':
        if (event.deleted === true) this.notes.delete(event.note.id)
        else this.notes.set(event.note.id, event.note)
        return
      case 'text':
        if (event.lines.length === 0) this.texts.delete(`${event.system}/${event.source}/${event.path}`)
        else
          this.texts.set(`${event.system}/${event.source}/${event.path}`, {
            system: event.system,
            source: event.source,
            path: event.path,
            lines: event.lines,
            at: event.at,
          })
        return
      case 'log':
        return
    }
  }

  applyAll(events: Iterable<Event>): void {
    for (const event of events) this.apply(event)
  }

  source(system: string, source: string): SourceRecord {
    return this.sources.get(`${system}/${source}`) ?? PENDING
  }

  /** When a source last answered as it should: while it is ok its newest `up` says so, afterwards its failing does. */
  lastOkAt(system: string, source: string): number | null {
    const record = this.source(system, source)
    if (record.state !== 'ok') return record.lastOkAt
    const up = this.seriesOf(system, 'up').find((series) => series.source === source)
    return Math.max(record.lastOkAt ?? 0, up?.at ?? 0)
  }

  system(id: string): SystemRecord {
    return this.systems.get(id) ?? UNSEEN
  }

  /** The clock was set back to `now`: nothing known is of a later time, or it would seem fresh until that time comes again. */
  setBack(now: number): void {
    this.#known.setBack(now)
    for (const [key, source] of this.sources)
      if ((source.lastOkAt ?? 0) > now) this.sources.set(key, { ...source, lastOkAt: now })
    for (const [id, system] of this.systems) if (system.since > now) this.systems.set(id, { ...system, since: now })
  }

  /** Makes a series known. Its number and identity never change; whether it is a spread may. */
  know(series: SeriesIdentity & { id: number; unit: string }, spread = false): SeriesRecord {
    return this.#known.know(series, spread, this.#sourceDefinition(series.system, series.source))
  }

  idOf(identity: SeriesIdentity): number | undefined {
    return this.#known.idOf(identity)
  }

  /** Takes a value; see `KnownSeries`. */
  observe(id: number, at: number, value: number, now = Infinity): void {
    this.#known.observe(id, at, value, now)
  }

  /** All series giving a metric of a system, any source. */
  seriesOf(system: string, metric: string): readonly SeriesRecord[] {
    return this.#known.seriesOf(system, metric)
  }

  /** One series by its number. */
  series(id: number): SeriesRecord | undefined {
    return this.#known.get(id)
  }

  allSeries(): IterableIterator<SeriesRecord> {
    return this.#known.all()
  }

  /** Marks the series that have fallen silent, and gives those not marked before. */
  markSilent(now: number): SeriesRecord[] {
    return this.#known.markSilent(now)
  }

  /** Settles which source is primary for each metric. Gives the series that became so, or ceased to be. */
  rank(now: number, always = false): number[] {
    return this.#known.rank(now, this.definitions, always)
  }

  /** The limit of a resource, and whose word it is: the configuration's, the system's own, or the preset's. */
  limitOf(system: string, resource: string): { value: number; from: 'config' | 'reported' | 'preset' } | undefined {
    const written = this.definitions.get(system)?.limits[resource]
    if (written?.from === 'config') return written
    const metric = resourceById(resource)?.limit
    const reported = metric === undefined ? undefined : this.seriesOf(system, metric).find((series) => series.primary)
    if (reported !== undefined && reported.value !== null) return { value: reported.value, from: 'reported' }
    return written
  }

  limit(system: string, resource: string): number | undefined {
    return this.limitOf(system, resource)?.value
  }

  tested(system: string, resource: string): number | undefined {
    return this.definitions.get(system)?.tested[resource]
  }

  /** Times of deploys of a system, oldest first. */
  deploys(system: string): readonly number[] {
    const times: number[] = []
    for (const note of this.notes.values())
      if (note.kind === 'deploy' && (note.system === undefined || note.system === system)) times.push(note.at)
    return times.toSorted((a, b) => a - b)
  }

  /** When the newest planned day of a system that is over at `at` ended. */
  eventEnd(system: string, at: number): number | undefined {
    const ends = this.events
      .filter((event) => event.endAt <= at && (event.systems.length === 0 || event.systems.includes(system)))
      .map((event) => event.endAt)
    return ends.length === 0 ? undefined : Math.max(...ends)
  }

  #sourceDefinition(system: string, source: string): SourceDefinition | undefined {
    return this.definitions.get(system)?.sources.find((other) => other.id === source)
  }

  /** Since when a source has been watched; 0 where it is not. */
  watchedSince(system: string, source: string): number {
    return this.#watchedSince.get(`${system}/${source}`) ?? 0
  }

  #configure(event: Extract<EventBody, { kind: 'config' }> & { at: number }): void {
    const systems = event.systems.flatMap((system) =>
      typeof system === 'string' ? (this.told.get(system) ?? []) : system,
    )
    const keys = systems.flatMap((system) => system.sources.map((source) => `${system.id}/${source.id}`))
    this.#watchedSince = new Map(keys.map((key) => [key, this.#watchedSince.get(key) ?? event.at]))
    this.demo = event.demo
    this.configError = event.error
    this.events = event.events
    this.definitions.clear()
    for (const system of systems) this.definitions.set(system.id, system)
    this.#known.configure((series) => this.#sourceDefinition(series.system, series.source))
  }
}

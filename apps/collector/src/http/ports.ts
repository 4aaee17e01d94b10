import type { MappingView, Status } from '@headroom/shared/contracts.ts'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { AnswerView } from '@headroom/shared/model/answer.ts'
import type { AskedView } from '@headroom/shared/model/asked.ts'
import type { Event } from '@headroom/shared/model/event.ts'
import type { FlagView } from '@headroom/shared/model/flag.ts'
import type { NewNote, Note, NotePatch } from '@headroom/shared/model/note.ts'
import type { PlannedEvent } from '@headroom/shared/model/planned-event.ts'
import type { RangeSeries, RawSeries, SeriesView } from '@headroom/shared/model/series.ts'
import type { PresetView, SourceKindView } from '@headroom/shared/model/source-kind.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import type { NewSystem, SystemWritten, Trial, TrialRequest } from '@headroom/shared/model/trial.ts'
import type { EventQuery, RangeQuery, RawQuery } from '../store/types.ts'

/** `before` and the order: newest first by `since`, only those whose `since` is before it. */
export type AlertsQuery = {
  state: 'open' | 'resolved' | 'all'
  system?: string
  from?: number
  to?: number
  at?: number
  before?: number
  limit: number
}

/** Newest first by `at`, only those whose `at` is before `before`. */
export type NotesQuery = { system?: string; from?: number; to?: number; at?: number; before?: number; limit: number }

/** Everything that can be asked. `at` is the past moment whose state is wanted; without it, now. */
export type Reads = {
  status(): Promise<Status>
  systems(at?: number): Promise<SystemView[]>
  series(query: { system?: string; all?: boolean; at?: number }): Promise<SeriesView[]>
  /** Of these numbers, those that no series has. */
  unknownSeries(ids: readonly number[]): Promise<number[]>
  range(query: RangeQuery): Promise<{ stepMs: number; series: RangeSeries[] }>
  raw(query: RawQuery): Promise<{ series: RawSeries[]; next: number | null }>
  events(query: EventQuery): Promise<Event[]>
  flags(query: { system?: string; at?: number }): Promise<FlagView[]>
  alerts(query: AlertsQuery): Promise<Alert[]>
  notes(query: NotesQuery): Promise<Note[]>
  mapping(system?: string): Promise<MappingView[]>
  answers(system: string, source?: string): Promise<AnswerView[]>
  asked(system?: string): Promise<AskedView[]>
  definitions(query: { system?: string; at?: number }): Promise<{ id: string; name: string }[]>
  planned(at?: number): Promise<PlannedEvent[]>
}

/** Everything that can be changed; null where there is no such thing. */
export type Writes = {
  addNote(note: NewNote, by: string): Promise<Note>
  changeNote(id: string, patch: NotePatch, by: string): Promise<Note | null>
  removeNote(id: string, by: string): Promise<Note | null>
}

/** Looking at what could be watched, and writing it down. Refusals are thrown as `ApiError`. */
export type Trials = {
  try(request: TrialRequest, signal: AbortSignal): Promise<Trial>
  addSystem(system: NewSystem, by: string, signal: AbortSignal): Promise<SystemWritten>
}

/** What this program can watch, and the documented systems it knows. */
export type Kinds = { sourceKinds(): SourceKindView[]; presets(): PresetView[] }

/** Whether the collector does its work: store open, configuration good, scraping. Each reason is a sentence. */
export type Readiness = { ready: boolean; reasons: string[] }

/** One of the collector's own metrics, for `GET /metrics`. */
export type SelfMetric = { name: string; help: string; type: 'gauge' | 'counter'; value: number }

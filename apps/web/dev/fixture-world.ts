import type { MappingView, Range, Status } from '@headroom/shared/contracts.ts'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { AskedView } from '@headroom/shared/model/asked.ts'
import type { AnswerView } from '@headroom/shared/model/answer.ts'
import type { FlagView } from '@headroom/shared/model/flag.ts'
import type { Note } from '@headroom/shared/model/note.ts'
import type { PlannedEvent } from '@headroom/shared/model/planned-event.ts'
import type { RawSeries, SeriesView } from '@headroom/shared/model/series.ts'
import type { SystemDefinition, SystemView } from '@headroom/shared/model/system.ts'
import { DAY } from '@headroom/shared/time.ts'
import type { LiveValue } from '@headroom/shared/protocol.ts'
import type { FixtureClock } from './fixture-clock.ts'
import type { MadeLine, MadeSystem } from './made/made-system.ts'
import type { WorldPlan } from './stories/story.ts'
import { alertOf } from './views/alert-of.ts'
import { askedOf } from './views/asked-of.ts'
import { answerOf } from './views/answer-of.ts'
import { definitionOf } from './views/definition-of.ts'
import { valueAt, type Held } from './views/held.ts'
import { mappingOf } from './views/mapping-of.ts'
import { bucketsOf, rawOf } from './views/range-of.ts'
import { seriesViewOf } from './views/series-view-of.ts'
import { statusOf } from './views/status-of.ts'
import { systemViewOf } from './views/system-view-of.ts'

/** What is older was never recorded. */
const RECORDED_MS = 6 * DAY

type Of = { system?: string | undefined }

/** A made-up collector's whole knowledge, as answers to "what is it now". */
export class FixtureWorld {
  readonly plan: WorldPlan
  readonly start: number
  /** Nobody who asks is known any more. */
  accessEnded: boolean
  readonly #clock: FixtureClock
  #systems: MadeSystem[] = []
  #held: Held[] = []
  #notes: Note[] = []

  constructor(plan: WorldPlan, clock: FixtureClock) {
    this.plan = plan
    this.accessEnded = plan.live === 'ended'
    this.#clock = clock
    this.start = Math.floor(this.now() / 1000) * 1000
    for (const system of plan.systems?.(this.start) ?? []) this.add(system)
  }

  now(): number {
    return this.#clock.now() + (this.plan.clockAheadMs ?? 0)
  }

  add(made: MadeSystem): void {
    const system = { ...made, flags: made.flags.map((flag) => ({ ...flag, system: made.id })) }
    this.#systems.push(system)
    const first = this.#held.length + 1
    this.#held.push(
      ...system.series.map((series, index) => {
        const source = system.sources.find((each) => each.id === series.source)
        const everyMs = (source?.everySeconds ?? 5) * 1000
        return { id: first + index, system, made: series, everyMs, since: this.start - RECORDED_MS }
      }),
    )
    this.#notes.push(
      ...system.notes.map((note, index) => ({ id: `${system.id}-note-${index}`, system: system.id, ...note })),
    )
  }

  get stored(): boolean {
    return this.plan.notStored === undefined
  }

  systems(): SystemView[] {
    return this.#systems.map((system) => systemViewOf(system, this.#heldOf(system), this.now()))
  }

  series(of: Of = {}): SeriesView[] {
    const now = this.now()
    return this.#held.filter((held) => isOf(held.system, of)).map((held) => seriesViewOf(held, now))
  }

  /** Newest first, as the collector gives them. */
  alerts(of: Of & { state: 'open' | 'resolved' | 'all'; from?: number; to?: number; before?: number }): Alert[] {
    return this.#of(of)
      .flatMap((system) => system.alerts.map((alert) => alertOf(alert, system, this.#heldOf(system))))
      .filter((alert) => of.state === 'all' || (of.state === 'open') === (alert.state !== 'resolved'))
      .filter(({ since, resolvedAt }) => since <= (of.to ?? Infinity) && (resolvedAt ?? Infinity) >= (of.from ?? 0))
      .filter(({ since }) => since < (of.before ?? Infinity))
      .toSorted((a, b) => b.since - a.since)
  }

  flags(of: Of): FlagView[] {
    return this.#of(of).flatMap((system) => system.flags)
  }

  notes(of: Of & { from?: number; to?: number }): Note[] {
    return this.#notes.filter(
      (note) =>
        (of.system === undefined || note.system === undefined || note.system === of.system) &&
        note.at <= (of.to ?? Infinity) &&
        (note.until ?? note.at) >= (of.from ?? 0),
    )
  }

  /** The kept lines of logs, oldest first. */
  lines(of: Of): (MadeLine & { system: string })[] {
    return this.#of(of)
      .flatMap(({ id, lines = [] }) => lines.map((line) => ({ ...line, system: id })))
      .toSorted((a, b) => a.at - b.at)
  }

  putNote(note: Note): Note {
    this.#notes = [...this.#notes.filter((each) => each.id !== note.id), note]
    return note
  }

  takeNote(id: string): Note | undefined {
    const note = this.#notes.find((each) => each.id === id)
    this.#notes = this.#notes.filter((each) => each.id !== id)
    return note
  }

  definitions(): SystemDefinition[] {
    return this.#systems.map(definitionOf)
  }

  mapping(of: Of): MappingView[] {
    return this.#of(of).flatMap((system) => mappingOf(system, this.#heldOf(system), this.now()))
  }

  answers(of: Of & { source?: string | undefined }): AnswerView[] {
    return this.#of(of).flatMap((system) =>
      system.sources
        .filter((source) => source.never !== true && (of.source === undefined || source.id === of.source))
        .map((source) => answerOf(system, source, this.#heldOf(system), this.now())),
    )
  }

  asked(of: Of): AskedView[] {
    return this.#of(of).flatMap((system) => askedOf(system, this.now()))
  }

  planned(): PlannedEvent[] {
    return this.plan.planned?.(this.start) ?? []
  }

  /** @param ids numbers of series */
  range(ids: readonly number[], from: number, to: number, points: number): Range {
    const stepMs = Math.max(1, Math.ceil((to - from) / points))
    const wanted = this.#held.filter((held) => ids.includes(held.id))
    return { from, to, stepMs, series: wanted.map((held) => bucketsOf(held, { from, to, stepMs }, this.now())) }
  }

  raw(ids: readonly number[], from: number, to: number): RawSeries[] {
    return this.#held.filter((held) => ids.includes(held.id)).map((held) => rawOf(held, from, to, this.now()))
  }

  /** The numbers of the series of a system and a metric. */
  numbersOf(of: Of & { metric?: string | undefined }): number[] {
    return this.#held
      .filter(({ system, made }) => isOf(system, of) && (of.metric === undefined || made.metric === of.metric))
      .map((held) => held.id)
  }

  /** What was said at a second. */
  valuesAt(second: number): LiveValue[] {
    return this.#held
      .filter((held) => second % held.everyMs === 0)
      .flatMap((held): LiveValue[] => {
        const value = valueAt(held, second)
        return value === null ? [] : [[held.id, second, value]]
      })
  }

  status(viewers: number, page: string | null): Status {
    const { start } = this
    return statusOf(this.plan, this.#systems, { now: this.now(), start, oldestAt: start - RECORDED_MS, viewers, page })
  }

  #of(of: Of): MadeSystem[] {
    return this.#systems.filter((system) => isOf(system, of))
  }

  #heldOf(system: MadeSystem): Held[] {
    return this.#held.filter((held) => held.system === system)
  }
}

function isOf(system: MadeSystem, { system: id }: Of): boolean {
  return id === undefined || system.id === id
}

import type { Alert } from '@headroom/shared/model/alert.ts'
import type { AskedView } from '@headroom/shared/model/asked.ts'
import type { Event } from '@headroom/shared/model/event.ts'
import type { FlagView } from '@headroom/shared/model/flag.ts'
import type { Note } from '@headroom/shared/model/note.ts'
import type { SeriesView } from '@headroom/shared/model/series.ts'
import type { SystemDefinition, SystemView } from '@headroom/shared/model/system.ts'
import { foldedAlerts } from '@headroom/shared/world/fold.ts'
import { flagView, seriesView, systemView } from '@headroom/shared/world/views.ts'
import type { World } from '@headroom/shared/world/world.ts'
import { worldAt } from './history.ts'
import type { AlertsQuery, NotesQuery, Reads } from './http/ports.ts'
import type { LastReadings } from './last-readings.ts'
import type { Clock } from './lib/clock.ts'
import { keepLast } from './lib/keep-last.ts'
import type { Loaded } from './live-config.ts'
import type { Store } from './store/types.ts'

const SILENT_MS = 24 * 3_600_000
/** So many of the newest alert events are looked at before all alerts there are. */
const NEWEST_EVENTS = 5_000

export type ReadsParts = {
  world: World
  store: Store
  clock: Clock
  status: Reads['status']
  /** The configuration in use. */
  loaded: () => Loaded
  readings: LastReadings
  asked: (system?: string) => AskedView[]
}

/** Every reading call: of now from the live world, of a past moment from the world folded from the store. */
export function createReads({ world, store, clock, status, loaded, readings, asked }: ReadsParts): Reads {
  const pastWorld = keepLast((at: number) => worldAt(store, at), clock)
  /** The world to read, and the moment it is of. */
  const moment = async (at: number | undefined): Promise<[World, number]> => {
    const now = clock.now()
    return at === undefined || at >= now ? [world, now] : [await pastWorld(at), at]
  }
  return {
    status,
    systems: async (at) => systems(...(await moment(at))),
    series: async ({ system, all, at }) => series(...(await moment(at)), system, all === true),
    unknownSeries: async (ids) => ids.filter((id) => world.series(id) === undefined),
    range: (query) => store.range(query),
    raw: (query) => store.raw(query),
    events: (query) => store.events(query),
    flags: async ({ system, at }) => flags((await moment(at))[0], system),
    alerts: (query) => alerts(store, moment, query),
    notes: (query) => notes(store, query, clock.now()),
    mapping: async (system) =>
      readings.mapping(world, loaded()).filter((view) => system === undefined || view.system === system),
    answers: async (system, source) =>
      readings.answers(system, world, loaded()).filter((view) => source === undefined || view.source === source),
    asked: (system) => Promise.resolve(asked(system)),
    definitions: async ({ system, at }) => definitions((await moment(at))[0], system),
    planned: async (at) => [...(await moment(at))[0].events].toSorted((a, b) => a.startAt - b.startAt),
  }
}

function systems(world: World, now: number): SystemView[] {
  return [...world.definitions.values()].map((definition) => systemView(world, definition, now))
}

function series(world: World, now: number, system: string | undefined, all: boolean): SeriesView[] {
  const views: SeriesView[] = []
  for (const record of world.allSeries()) {
    if (system !== undefined && record.system !== system) continue
    if (!all && (record.at === null || now - record.at > SILENT_MS)) continue
    views.push(seriesView(record))
  }
  return views
}

function flags(world: World, system: string | undefined): FlagView[] {
  return [...world.definitions.values()]
    .filter((definition) => system === undefined || definition.id === system)
    .flatMap((definition) => definition.flags.map((flag) => flagView(world, flag)))
}

function definitions(world: World, system: string | undefined): SystemDefinition[] {
  return [...world.definitions.values()].filter(({ id }) => system === undefined || id === system)
}

async function alerts(
  store: Store,
  moment: (at: number | undefined) => Promise<[World, number]>,
  query: AlertsQuery,
): Promise<Alert[]> {
  const [world, now] = await moment(query.at)
  const open = query.state === 'resolved' ? [] : chosen(foldedAlerts(world), query)
  const resolved = query.state === 'open' ? [] : await resolvedAlerts(store, query, now)
  return [...resolved, ...open].toSorted((a, b) => b.since - a.since || (a.id < b.id ? 1 : -1)).slice(0, query.limit)
}

function chosen(given: Iterable<Alert>, { system, before, from, to }: AlertsQuery): Alert[] {
  return [...given].filter(
    (alert) =>
      (system === undefined || alert.system === system) &&
      (before === undefined || alert.since < before) &&
      (from === undefined || (alert.resolvedAt ?? Infinity) >= from) &&
      (to === undefined || alert.since <= to),
  )
}

/**
 * Resolved alerts, by the newest kept word on each. Usually the newest events hold all that are asked for: an alert not
 * among them began before the oldest of them. Else every alert is looked at.
 */
async function resolvedAlerts(store: Store, query: AlertsQuery, now: number): Promise<Alert[]> {
  const newest = await store.events({
    kinds: ['alert'],
    to: now,
    limit: NEWEST_EVENTS,
    order: 'desc',
    ...(query.system === undefined ? {} : { system: query.system }),
  })
  const found = chosen(resolvedOf(newest), query)
  const oldest = newest.reduce((least, { at }) => Math.min(least, at), Infinity)
  const whole =
    newest.length < NEWEST_EVENTS ||
    (query.from ?? 0) > oldest ||
    found.filter(({ since }) => since > oldest).length >= query.limit
  return whole ? found : chosen(resolvedOf((await store.stateAt('alert', now)).toReversed()), query)
}

/** Events newest first. A pending alert that never fired is not an occurrence. */
function resolvedOf(events: readonly Event[]): Alert[] {
  const newest = new Map<string, Alert>()
  for (const event of events)
    if (event.kind === 'alert' && !newest.has(event.alert.id)) newest.set(event.alert.id, event.alert)
  return [...newest.values()].filter((alert) => alert.state === 'resolved' && alert.firedAt !== undefined)
}

/** Notes that touch a span, newest first; one deleted before the moment asked for is not there. */
async function notes(store: Store, query: NotesQuery, now: number): Promise<Note[]> {
  const events: Event[] = await store.stateAt('note', query.at ?? now)
  return events
    .flatMap((event) => (event.kind === 'note' && event.deleted !== true ? [event.note] : []))
    .filter((note) => query.system === undefined || note.system === undefined || note.system === query.system)
    .filter((note) => query.from === undefined || (note.until ?? note.at) >= query.from)
    .filter((note) => query.to === undefined || note.at <= query.to)
    .filter((note) => query.before === undefined || note.at < query.before)
    .toSorted((a, b) => b.at - a.at)
    .slice(0, query.limit)
}

import { roundValue } from '@headroom/shared/metrics.ts'
import type { EventBody } from '@headroom/shared/model/event.ts'
import type { Note } from '@headroom/shared/model/note.ts'
import type { Sample } from '@headroom/shared/model/series.ts'
import type { World } from '@headroom/shared/world/world.ts'
import type { Arrival } from './arrival.ts'

type SourceEvent = Extract<EventBody, { kind: 'source' }>

/** An arrival whose points know their series; 0 where it could not be registered. */
export type Identified = { arrival: Arrival; ids: number[] }

export function identify(arrival: Arrival, world: World): Identified {
  const { system, source, points } = arrival
  return { arrival, ids: points.map(({ metric, labels }) => world.idOf({ system, source, metric, labels }) ?? 0) }
}

/** The samples of an arrival. Values are rounded here, before anybody judges or stores them. */
export function samplesOf({ arrival, ids }: Identified, backwardJumps: number): Sample[] {
  const samples: Sample[] = []
  arrival.points.forEach((point, index) => {
    const series = ids[index] ?? 0
    if (series === 0 || !Number.isFinite(point.value)) return
    samples.push({
      series,
      at: point.at ?? arrival.slotAt + backwardJumps,
      value: roundValue(point.metric, point.value),
    })
  })
  return samples
}

/** Series that have begun, or ceased, to jump between processes: a spread is shown as min to max, and is no restart. */
export function spreadChanges({ arrival, ids }: Identified, world: World): number[] {
  const changed: number[] = []
  arrival.points.forEach((point, index) => {
    const record = world.series(ids[index] ?? 0)
    const spread = point.spread === true
    if (record === undefined || record.spread === spread) return
    record.spread = spread
    changed.push(record.id)
  })
  return changed
}

/** What an arrival says of its source, as an event when it differs from what was known. */
export function sourceTransition(arrival: Arrival, world: World): SourceEvent | null {
  const { system, source, reading, slotAt } = arrival
  const before = world.source(system, source)
  const failing = reading.error !== undefined
  const changed =
    before.state !== (failing ? 'failing' : 'ok') ||
    before.error?.code !== reading.error?.code ||
    before.error?.message !== reading.error?.message ||
    (before.stale && !failing) ||
    before.leftOut !== reading.leftOut
  if (!changed) return null
  return {
    kind: 'source',
    system,
    source,
    state: failing ? 'failing' : 'ok',
    stale: failing ? before.stale : false,
    lastOkAt: failing ? world.lastOkAt(system, source) : slotAt,
    leftOut: reading.leftOut,
    ...(reading.error === undefined ? {} : { error: reading.error }),
  }
}

/**
 * Texts an arrival says that differ from what is known, one that it no longer says included (with no lines). One that
 * failed may still say why (a 503 with a document); where it says nothing, what is known stays.
 */
export function textTransitions(arrival: Arrival, world: World): EventBody[] {
  if (arrival.reading.error !== undefined && arrival.reading.texts.length === 0) return []
  const events: EventBody[] = []
  const said = new Set<string>()
  for (const text of arrival.reading.texts) {
    const key = `${arrival.system}/${arrival.source}/${text.path}`
    said.add(key)
    const before = world.texts.get(key)?.lines ?? []
    if (before.length !== text.lines.length || text.lines.some((line, index) => line !== before[index])) {
      events.push({ kind: 'text', system: arrival.system, source: arrival.source, path: text.path, lines: text.lines })
    }
  }
  for (const [key, text] of world.texts) {
    if (text.system === arrival.system && text.source === arrival.source && !said.has(key)) {
      events.push({ kind: 'text', system: text.system, source: text.source, path: text.path, lines: [] })
    }
  }
  return events
}

/** So many happenings of one reading are kept; a log line says how many there were beyond. */
const MAX_HAPPENED = 100

/** What a source says has happened. A note it has told before, under the same id and in the same words, is not news. */
export function happenings(arrival: Arrival, world: World): EventBody[] {
  const { system, source, reading } = arrival
  const happened = reading.happened ?? []
  const events = happened.slice(0, MAX_HAPPENED).flatMap((one): EventBody[] => {
    if (one.kind === 'log') {
      const { level, text, pattern } = one
      return [{ kind: 'log', system, source, level, text, ...(pattern === undefined ? {} : { pattern }) }]
    }
    const { id, at, until, text, as } = one
    const note: Note = { id: `${system}/${source}/${id}`, at, system, text, kind: as, by: source }
    if (until !== undefined) note.until = until
    const before = world.notes.get(note.id)
    const same = before?.at === at && before.until === until && before.text === text && before.kind === as
    return same ? [] : [{ kind: 'note', note }]
  })
  const more = happened.length - MAX_HAPPENED
  if (more > 0)
    events.push({ kind: 'log', system, source, level: 'warning', text: `${more} more at once, and not kept.` })
  return events
}

import { roundValue } from '@headroom/shared/metrics.ts'
import type { EventBody } from '@headroom/shared/model/event.ts'
import type { Sample } from '@headroom/shared/model/series.ts'
import type { World } from '@headroom/shared/world/world.ts'
import type { Arrival } from './arrival.ts'

type SourceEvent = Extract<EventBody, { kind: 'source' }>

/** The samples of an arrival whose series are all known already. Values are rounded here, before anybody judges or stores them. */
export function samplesOf(arrival: Arrival, world: World, backwardJumps: number): Sample[] {
  const samples: Sample[] = []
  for (const point of arrival.points) {
    const id = world.idOf({ system: arrival.system, source: arrival.source, metric: point.metric, labels: point.labels })
    if (id === undefined || !Number.isFinite(point.value)) continue
    const record = world.series(id)
    if (record !== undefined && point.spread === true) record.spread = true
    samples.push({ series: id, at: point.at ?? arrival.slotAt + backwardJumps, value: roundValue(point.metric, point.value) })
  }
  return samples
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

/** Texts an arrival says that differ from what is known, one that it no longer says included (with no lines). */
export function textTransitions(arrival: Arrival, world: World): EventBody[] {
  if (arrival.reading.error !== undefined) return []
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

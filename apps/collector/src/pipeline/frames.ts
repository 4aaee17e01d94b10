import { type Event, eventSystem } from '@headroom/shared/model/event.ts'
import type { Sample } from '@headroom/shared/model/series.ts'
import type { LiveFrame, LiveValue } from '@headroom/shared/protocol.ts'
import type { RuleSample } from '@headroom/shared/rules/types.ts'
import { seriesView, systemView } from '@headroom/shared/world/views.ts'
import type { World } from '@headroom/shared/world/world.ts'
import type { Folding } from './folding.ts'

/** One flush in the making: what is to be committed, and what is to be shown. */
export type Draft = {
  now: number
  samples: Sample[]
  rules: RuleSample[]
  events: Event[]
  known: number[]
  values: LiveValue[]
  /** Systems that something was said of: only theirs is looked at again. */
  touched: Set<string>
}

/** Numbers for the frames that are not transitions: reserved ones for series and values, new ones for the systems. */
type Seqs = { series: number; tick: number; next(): number }

/**
 * What the screens are told of a flush, in order: new series, values, transitions, alerts that are folded otherwise now,
 * the systems they touched.
 */
export function framesOf(draft: Draft, world: World, seqs: Seqs, folding: Folding): LiveFrame[] {
  const at = draft.now
  const frames: LiveFrame[] = []
  if (draft.known.length > 0) {
    const series = draft.known.flatMap((id) => world.series(id) ?? []).map((record) => seriesView(record))
    frames.push({ kind: 'series', seq: seqs.series, at, series })
  }
  if (draft.values.length > 0) frames.push({ kind: 'tick', seq: seqs.tick, at, values: draft.values })
  const refolded = folding.look(draft, world)
  frames.push(...draft.events.flatMap((event) => transitionFrame(event, folding) ?? []))
  for (const alert of refolded) frames.push({ kind: 'alert', seq: seqs.next(), at, alert })
  return [...frames, ...systemFrames(draft, world, seqs)]
}

function transitionFrame(event: Event, folding: Folding): LiveFrame | null {
  const { seq, at } = event
  if (event.kind === 'alert') return { kind: 'alert', seq, at, alert: folding.view(event.alert) }
  if (event.kind === 'note')
    return { kind: 'note', seq, at, note: event.note, ...(event.deleted === true ? { deleted: true } : {}) }
  return null
}

function systemFrames(draft: Draft, world: World, seqs: Seqs): LiveFrame[] {
  const at = draft.now
  const reconfigured = draft.events.some((event) => event.kind === 'config')
  const changed = new Set(draft.events.map(eventSystem))
  const definitions = [...world.definitions.values()].filter((system) => reconfigured || changed.has(system.id))
  const views = definitions.map((system) => systemView(world, system, at))
  if (reconfigured) return [{ kind: 'systems', seq: seqs.next(), at, systems: views }]
  return views.map((system) => ({ kind: 'system', seq: seqs.next(), at, system }))
}

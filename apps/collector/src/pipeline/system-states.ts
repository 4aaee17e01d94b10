import { bandOf } from '@headroom/shared/headroom/bands.ts'
import { systemState } from '@headroom/shared/headroom/system-state.ts'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { EventBody } from '@headroom/shared/model/event.ts'
import type { Note } from '@headroom/shared/model/note.ts'
import type { SystemDefinition } from '@headroom/shared/model/system.ts'
import { RESOURCES } from '@headroom/shared/resources.ts'
import { formatDuration } from '@headroom/shared/time.ts'
import type { World } from '@headroom/shared/world/world.ts'
import type { CommitFailure } from '../store/types.ts'

/** A band must hold this long before it is said, so that a value at a border does not make it flicker. */
const BAND_HOLD_MS = 30_000

type Failure = { failure: CommitFailure; since: number }

/** Derives the transitions that follow from others: a system's state and band, effective limits, restarts, recording. */
export class SystemStates {
  readonly #bands = new Map<string, { candidate: string | undefined; since: number }>()

  /** Systems whose state, band or being down differs from what was last said. */
  systemTransitions(world: World, touched: ReadonlySet<string>, now: number): EventBody[] {
    const events: EventBody[] = []
    for (const id of touched) {
      const definition = world.definitions.get(id)
      if (definition === undefined) continue
      const before = world.systems.get(definition.id)
      const alerts = [...world.alerts.values()].filter((alert) => alert.system === definition.id)
      const first = definition.sources[0]
      const record = first === undefined ? undefined : world.source(definition.id, first.id)
      const unknown = record === undefined || record.stale || record.state === 'pending'
      const state = systemState({ alerts, primaryStale: unknown })
      const down = alerts.some((alert) => alert.flag === 'down' && alert.state === 'firing')
      const band = unknown ? before?.band : this.#band(world, definition, before?.band, now)
      if (before !== undefined && before.state === state && before.down === down && before.band === band) continue
      const since = before !== undefined && before.state === state && before.down === down ? before.since : now
      events.push({
        kind: 'system',
        system: definition.id,
        state,
        down,
        since,
        ...(band === undefined ? {} : { band }),
      })
    }
    return events
  }

  /** Effective limits that changed: kept, so that a later look knows what the limit was then. */
  limitTransitions(world: World, touched: ReadonlySet<string>): EventBody[] {
    const events: EventBody[] = []
    for (const system of touched) {
      for (const resource of RESOURCES) {
        const limit = world.limit(system, resource.id) ?? null
        const before = world.limits.get(`${system}/${resource.id}`) ?? null
        if (limit !== before) events.push({ kind: 'limit', system, resource: resource.id, limit })
      }
    }
    return events
  }

  /** The note the machine writes when a system came back with a younger uptime; each time anew while it goes on restarting. */
  restartNote(alert: Alert, world: World, now: number): Note | null {
    if (alert.state !== 'firing') return null
    const flag = world.definitions.get(alert.system)?.flags.find((other) => other.id === alert.flag)
    if (
      flag?.kind !== 'change' ||
      flag.metric !== 'uptime.seconds' ||
      flag.windowMs !== undefined ||
      flag.previous !== undefined
    )
      return null
    const first = alert.value <= 1
    const id = `restart/${alert.id}${first ? '' : `/${alert.value}`}`
    if (world.notes.has(id)) return null
    return {
      id,
      at: first ? alert.since : now,
      system: alert.system,
      text: first ? 'Restarted: its uptime began again.' : 'Restarted again.',
      kind: 'restart',
      by: 'headroom',
    }
  }

  /** The collector's own alert while nothing can be recorded; null when nothing changed. */
  recordingAlert(after: Failure | null, before: Failure | null, now: number): Alert | null {
    const failure = after ?? before
    if (failure === null) return null
    const resolved = after === null
    return {
      id: `headroom/not-recording/${failure.since}`,
      flag: 'not-recording',
      system: 'headroom',
      severity: 'critical',
      state: resolved ? 'resolved' : 'firing',
      value: 0,
      line: 1,
      unit: 'bool',
      since: failure.since,
      firedAt: failure.since,
      ...(resolved ? { resolvedAt: now } : {}),
      title: resolved
        ? `Recording again; nothing was recorded for ${formatDuration(Math.ceil((now - failure.since) / 1000) * 1000)}`
        : `Not recording: ${failure.failure.message}`,
      why: {
        text: 'Screens and flags go on, but this span will be a gap in the recording.',
        document: 'Headroom',
        figure: 'every commit succeeds',
        ours: true,
      },
      steps: ['Free space on the disk of the data folder, or check that it can be written.'],
    }
  }

  #band(world: World, definition: SystemDefinition, shown: string | undefined, now: number): string | undefined {
    if (definition.bands.length === 0) return undefined
    const values = new Map<string, number>()
    for (const metric of new Set(
      definition.bands.flatMap((band) => [...Object.keys(band.upTo), ...Object.keys(band.below)]),
    )) {
      const given = world
        .seriesOf(definition.id, metric)
        .filter((series) => series.primary && !series.stale && series.value !== null)
      if (given.length > 0) values.set(metric, Math.max(...given.map((series) => series.value ?? 0)))
    }
    const band = bandOf(definition.bands, values)
    if (band === shown || shown === undefined) {
      this.#bands.delete(definition.id)
      return band
    }
    const held = this.#bands.get(definition.id)
    if (held === undefined || held.candidate !== band) {
      this.#bands.set(definition.id, { candidate: band, since: now })
      return shown
    }
    return now - held.since >= BAND_HOLD_MS ? band : shown
  }
}

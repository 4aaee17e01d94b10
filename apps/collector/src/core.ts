import { createEngine } from '@headroom/shared/rules/engine.ts'
import type { RuleEngine } from '@headroom/shared/rules/types.ts'
import { foldedAlerts } from '@headroom/shared/world/fold.ts'
import { seriesView, systemView } from '@headroom/shared/world/views.ts'
import type { World } from '@headroom/shared/world/world.ts'
import { worldAt } from './history.ts'
import { LastReadings } from './last-readings.ts'
import type { Clock } from './lib/clock.ts'
import type { LiveBus, Snapshot } from './live/types.ts'
import type { LiveConfig } from './live-config.ts'
import type { Arrival } from './pipeline/arrival.ts'
import { orphanedAlerts, restoreRules, untoldAlerts } from './pipeline/boot.ts'
import { Pipeline } from './pipeline/pipeline.ts'
import { Recorder } from './pipeline/recorder.ts'
import { SystemStates } from './pipeline/system-states.ts'
import { scrub } from './scrub.ts'
import type { Store } from './store/types.ts'
import type { Logger } from './telemetry/logger.ts'

/** What the collector knows, and the way everything takes into it. */
export type Core = {
  world: World
  engine: RuleEngine
  recorder: Recorder
  pipeline: Pipeline
  /** Takes a reading from the scraper. */
  take(arrival: Arrival): void
  readings: LastReadings
}

/** Brings the world to where it was when the collector stopped, and goes on from there. */
export async function openCore(parts: {
  store: Store
  config: LiveConfig
  bus: LiveBus
  clock: Clock
  log: Logger
}): Promise<Core> {
  const { store, config, bus, clock, log } = parts
  const now = clock.now()
  const world = await worldAt(store, now)
  const kept = configured(world)
  const transitions = config.transitions(world.told)
  for (const transition of transitions) world.apply({ at: now, ...transition })
  world.rank(now, true)
  const engine = createEngine(
    config.current.compiled.systems.flatMap((system) => system.flags),
    world,
  )
  await restoreRules(store, engine, world, now, log)
  const recorder = new Recorder(store, log, clock)
  const pipeline = new Pipeline({
    world,
    engine,
    store,
    recorder,
    states: new SystemStates(),
    bus,
    clock,
    log,
    lastSeq: await store.lastSeq(),
  })
  const changed = kept !== configured(world)
  const alerts = [...orphanedAlerts(world, engine, now), ...untoldAlerts(world, engine)]
  if (changed || alerts.length > 0) await pipeline.say(...(changed ? transitions : []), ...alerts)
  const readings = new LastReadings()
  return {
    world,
    engine,
    recorder,
    pipeline,
    readings,
    take(given) {
      const arrival = scrub(given, config.current, world)
      readings.take(arrival, clock.now(), config.current)
      pipeline.take(arrival)
    },
  }
}

/** All that a config event says, to see whether it would say anything new. */
function configured({ demo, configError, events, definitions }: World): string {
  return JSON.stringify([demo, configError ?? null, events, ...definitions.values()])
}

/** The state of everything, for a client that has just come. */
export function snapshotOf({ world, pipeline, recorder }: Core, now: number): Snapshot {
  return {
    now,
    seq: pipeline.seq,
    stored: recorder.failure === null,
    demo: world.demo,
    systems: [...world.definitions.values()].map((definition) => systemView(world, definition, now)),
    series: [...world.allSeries()].filter((series) => series.at !== null && series.everyMs > 0).map(seriesView),
    alerts: foldedAlerts(world),
  }
}

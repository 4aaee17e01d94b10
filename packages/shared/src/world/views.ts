import { headroomOf } from '../headroom/headroom.ts'
import type { Flag, FlagView } from '../model/flag.ts'
import type { SeriesView } from '../model/series.ts'
import type { SourceView, SystemDefinition, SystemView } from '../model/system.ts'
import { clearOf, flagSupplied, lineOf } from '../rules/lines.ts'
import { flagUnit } from '../rules/unit.ts'
import { conditionOf } from './fold.ts'
import type { SeriesRecord } from './known-series.ts'
import type { World } from './world.ts'

/** A series as the API and the hello give it. */
export function seriesView(record: SeriesRecord): SeriesView {
  const { id, system, source, primary, metric, unit, labels, spread, stale, at, value } = record
  return {
    id,
    system,
    source,
    primary,
    metric,
    unit,
    labels,
    ...(spread ? { spread } : {}),
    ...(stale ? { stale } : {}),
    at,
    value,
  }
}

/** A system as the API, the hello and the `system` frame give it. */
export function systemView(world: World, definition: SystemDefinition, now: number): SystemView {
  const record = world.system(definition.id)
  const firing = [...world.alerts.values()].filter(
    (alert) => alert.system === definition.id && alert.state === 'firing',
  )
  return {
    id: definition.id,
    name: definition.name,
    presets: definition.presets,
    state: record.state,
    down: record.down,
    since: record.since === 0 ? now : record.since,
    ...(record.band === undefined ? {} : { band: record.band }),
    sources: definition.sources.map((source) => sourceView(world, definition.id, source)),
    headroom: headroomOf(definition, world),
    texts: [...world.texts.values()]
      .filter((text) => text.system === definition.id && definition.sources.some((source) => source.id === text.source))
      .map(({ source, path, lines, at }) => ({ source, path, lines, at })),
    alerts: {
      warning: firing.filter((alert) => alert.severity === 'warning').length,
      critical: firing.filter((alert) => alert.severity === 'critical').length,
    },
  }
}

function sourceView(world: World, system: string, source: SystemDefinition['sources'][number]): SourceView {
  const record = world.source(system, source.id)
  const probe = world.seriesOf(system, 'probe.seconds').find((series) => series.source === source.id)
  return {
    id: source.id,
    type: source.type,
    state: record.state,
    lastOkAt: world.lastOkAt(system, source.id),
    ...(record.error === undefined ? {} : { error: record.error }),
    everySeconds: source.everyMs / 1000,
    lagSeconds: source.lagMs / 1000,
    tookSeconds: probe?.value ?? null,
    leftOut: record.leftOut,
  }
}

/** A flag with its line in the metric's own unit, as the charts draw it, and whether anything supplies its metric. */
export function flagView(world: World, flag: Flag): FlagView {
  const { id, system, metric, labels, kind, compare, severity, title, why, steps, say } = flag
  return {
    id,
    system,
    metric,
    labels,
    kind,
    compare,
    line: lineOf(flag, world),
    clear: clearOf(flag, world),
    unit: flagUnit(flag, world),
    holdSeconds: holdSeconds(world, flag),
    severity,
    title,
    why,
    steps,
    ...(say === undefined ? {} : { say }),
    // "It answered before" narrows nothing once it has; what else must be true at the same time does.
    conditional: flag.when.some((when) => when.ever !== true),
    condition: conditionOf(world.definitions.get(system)?.flags ?? [flag], flag),
    supplied: flagSupplied(flag, (name, source) =>
      world
        .seriesOf(system, name)
        .some(
          (series) => series.at !== null && series.everyMs > 0 && (source === undefined || series.source === source),
        ),
    ),
  }
}

/** `3x` is said in seconds of the system's first source. */
function holdSeconds(world: World, flag: Flag): number {
  if ('ms' in flag.hold) return flag.hold.ms / 1000
  const first = world.definitions.get(flag.system)?.sources[0]
  return ((first?.everyMs ?? 5_000) * flag.hold.times) / 1000
}

import type { HeadroomView, SystemDefinition } from '../model/system.ts'
import { type Resource, RESOURCES } from '../resources.ts'
import { reduce, reductionOf } from '../rules/reduction.ts'

/** A series with its newest value; `stale` where that is too old to be said. */
type ValuedSeries = { primary: boolean; value: number | null; stale?: boolean }

/** What headroom is computed from. */
export type HeadroomWorld = {
  seriesOf(system: string, metric: string): readonly ValuedSeries[]
  /** The limit of a resource and whose word it is: the configuration's, the system's own, or the preset's. */
  limitOf(system: string, resource: string): { value: number; from: HeadroomView['limitFrom'] } | undefined
}

/** Of a percent there is this much, whoever says nothing else. */
const ALL_PERCENT = { value: 100, from: 'reported' } as const

/**
 * How much is used of each resource that a source gives and whose limit is known, in the order of the screens.
 * `used` is null while the value is stale: never zero. Memory is shown once, in bytes where their limit is known.
 */
export function headroomOf(definition: SystemDefinition, world: HeadroomWorld): HeadroomView[] {
  const views = RESOURCES.flatMap((resource) => viewOf(definition, resource, world) ?? [])
  const bytes = views.some((view) => view.resource === 'memory')
  return bytes ? views.filter((view) => view.resource !== 'memory_percent') : views
}

function viewOf(definition: SystemDefinition, resource: Resource, world: HeadroomWorld): HeadroomView | null {
  const given = resource.used
    .map((metric) => ({ metric, series: primaryOf(definition.id, metric, world) }))
    .find(({ series }) => series.length > 0)
  const limit = world.limitOf(definition.id, resource.id) ?? (resource.unit === 'percent' ? ALL_PERCENT : undefined)
  if (given === undefined || limit === undefined) return null
  const used = reduce(
    reductionOf(resource.unit),
    given.series.flatMap((series) => (series.stale === true ? [] : (series.value ?? []))),
  )
  const tested = definition.tested[resource.id]
  return {
    resource: resource.id,
    title: resource.title,
    metric: given.metric,
    used,
    limit: limit.value,
    ...(tested === undefined ? {} : { tested }),
    unit: resource.unit,
    usedPercent: used === null || limit.value <= 0 ? null : (100 * used) / limit.value,
    limitFrom: limit.from,
  }
}

/** The primary source's series that ever gave a value. */
function primaryOf(system: string, metric: string, world: HeadroomWorld): ValuedSeries[] {
  return world.seriesOf(system, metric).filter((series) => series.primary)
}

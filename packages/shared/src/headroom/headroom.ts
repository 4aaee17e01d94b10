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

/** The two words on memory may differ by so many points and still say the same. */
const SAME_PERCENT = 5

/** Of a percent there is this much, whoever says nothing else. */
const ALL_PERCENT = { value: 100, from: 'reported' } as const

/**
 * How much is used of each resource that a source gives and whose limit is known, in the order of the screens.
 * `used` is null while the value is stale: never zero. Memory is shown once: in bytes where their limit is known, unless
 * the percent is clearly worse (then the bytes are those of a part, such as one process).
 */
export function headroomOf(definition: SystemDefinition, world: HeadroomWorld): HeadroomView[] {
  const views = RESOURCES.flatMap((resource) => viewOf(definition, resource, world) ?? [])
  const bytes = views.find((view) => view.resource === 'memory')
  const percent = views.find((view) => view.resource === 'memory_percent')
  if (bytes === undefined || percent === undefined) return views
  const worse = (percent.usedPercent ?? 0) - (bytes.usedPercent ?? 0) > SAME_PERCENT
  return views.filter((view) => view !== (worse ? bytes : percent))
}

function viewOf(definition: SystemDefinition, resource: Resource, world: HeadroomWorld): HeadroomView | null {
  const given = resource.used
    .map((metric) => ({ metric, series: primaryOf(definition.id, metric, world) }))
    .find(({ series }) => series.length > 0)
  const limit = limitOf(definition.id, resource, world)
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

/** What a system reports of several (pools, instances) is a limit of all together, as what they use is. */
function limitOf(system: string, resource: Resource, world: HeadroomWorld): ReturnType<HeadroomWorld['limitOf']> {
  const limit = world.limitOf(system, resource.id) ?? (resource.unit === 'percent' ? ALL_PERCENT : undefined)
  if (limit?.from !== 'reported' || resource.limit === undefined) return limit
  const all = primaryOf(system, resource.limit, world).flatMap((series) => series.value ?? [])
  return { ...limit, value: reduce(reductionOf(resource.unit), all) ?? limit.value }
}

/** The primary source's series that ever gave a value. */
function primaryOf(system: string, metric: string, world: HeadroomWorld): ValuedSeries[] {
  return world.seriesOf(system, metric).filter((series) => series.primary)
}

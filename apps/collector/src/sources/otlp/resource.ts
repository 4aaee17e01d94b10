import { labelOf, type LabelPairs } from '../measures/labels.ts'

/** What a resource is called in its series: labels that are added to each of its points. */
export type Resource = { key: string; labels: LabelPairs; shown: string }

/** Attributes that tell one process from another, the best first. */
const INSTANCE = ['service.instance.id', 'k8s.pod.name', 'container.id', 'host.name']

/** Whether a resource belongs to a system: every attribute that `match` names is one of its values. */
export function matches(match: Readonly<Record<string, readonly string[]>>, attributes: LabelPairs): boolean {
  return Object.entries(match).every(([name, values]) => values.includes(labelOf(attributes, name) ?? ''))
}

/**
 * The labels of a resource. `service` only where `match` leaves open which service it is; `instance` unless it is the
 * service itself, as Render says of what it counts for all instances together.
 */
export function describeResource(match: Readonly<Record<string, unknown>>, attributes: LabelPairs): Resource {
  const labels: string[] = []
  const service = labelOf(attributes, 'service.name')
  const id = labelOf(attributes, 'service.id')
  const instance = INSTANCE.map((name) => labelOf(attributes, name)).find(
    (value) => value !== undefined && value !== '',
  )
  const pinned = 'service.name' in match || 'service.id' in match
  if (service !== undefined && !pinned) labels.push('service', service)
  if (instance !== undefined && instance !== id) labels.push('instance', instance)
  // Of attributes that are no label a process may have more: its number, say.
  return { key: attributes.join('\n'), labels, shown: instance ?? id ?? service ?? 'a sender without a name' }
}

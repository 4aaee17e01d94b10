import { labelValue } from './sanitise.ts'
import type { Leaf } from './leaf.ts'
import { parseUnit } from './units.ts'
import { stateOfWord } from './words-of-state.ts'

/**
 * The measurements of one check in the form of `application/health+json`: `"cpu:utilization": [{"observedValue": 85,
 * "observedUnit": "percent"}]`. Undefined for any other list. What is said of the system itself is taken as the system's.
 */
export function observedOf(
  keys: readonly string[],
  items: readonly unknown[],
  labels: Leaf['labels'],
): Leaf[] | undefined {
  const leaves = items.map((item) => leavesOf(keys, item, labels, items.length > 1))
  return leaves.length > 0 && leaves.every((each) => each !== undefined) ? leaves.flat() : undefined
}

function leavesOf(
  keys: readonly string[],
  item: unknown,
  labels: Leaf['labels'],
  several: boolean,
): Leaf[] | undefined {
  if (typeof item !== 'object' || item === null) return undefined
  const read = (field: string): unknown => Reflect.get(item, field)
  const value = read('observedValue')
  const status = read('status')
  const state = typeof status === 'string' ? stateOfWord(status) : undefined
  if (typeof value !== 'number' && !(state !== undefined && 'time' in item)) return undefined
  const of = read('componentType') === 'system' ? keys.slice(-1) : keys
  const node = several ? labelValue(read('node') ?? read('componentId')) : undefined
  const own = { labels: node === undefined ? labels : { ...labels, instance: node }, at: null }
  const unitText = read('observedUnit')
  const unit = typeof unitText === 'string' ? parseUnit(unitText) : undefined
  const leaves: Leaf[] = []
  if (typeof value === 'number' && Number.isFinite(value))
    leaves.push({ ...own, keys: of, value, kind: 'number', ...(unit === undefined ? {} : { unit }) })
  if (state !== undefined) leaves.push({ ...own, keys: [...of, 'status'], value: state, kind: 'state' })
  return leaves
}

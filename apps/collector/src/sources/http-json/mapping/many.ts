import { isSummaryKey, looksLikeId } from './key-kinds.ts'
import { isIdentifier } from './leaf.ts'

/** A figure of many things whose names are not kept: under which words, and the number. */
export type Figure = { keys: readonly string[]; value: number }

const MAX_FIELDS = 8

/**
 * What is left of a list, or of a set of keys that come and go: how many, and of every number in them the sum and the
 * greatest. Nothing that stands in them as text gets out, and a field counts only if it is of the kind and not of the
 * item: `[{anna: 3}, {bob: 5}]` has no field. Of people only fields out of the known vocabulary count.
 */
export function figuresOf(items: readonly unknown[], people: boolean): { count: number; figures: Figure[] } {
  const numbers = items.filter((item): item is number => typeof item === 'number' && Number.isFinite(item))
  const figures = numbers.length === 0 ? [] : sumAndMax([], numbers)
  const fields = new Map<string, number[]>()
  for (const item of items) {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) continue
    for (const [field, value] of Object.entries(item)) {
      if (
        typeof value !== 'number' ||
        !Number.isFinite(value) ||
        looksLikeId(field) ||
        isIdentifier(field, value) ||
        (people && !isSummaryKey(field))
      )
        continue
      const values = fields.get(field)
      if (values !== undefined) values.push(value)
      else if (fields.size < 10 * MAX_FIELDS) fields.set(field, [value])
    }
  }
  const shared = [...fields]
    .filter(([, values]) => people || items.length === 1 || 2 * values.length > items.length)
    .slice(0, MAX_FIELDS)
  for (const [field, values] of shared) figures.push(...sumAndMax([field], values))
  return { count: items.length, figures }
}

function sumAndMax(keys: readonly string[], values: readonly number[]): Figure[] {
  return [
    { keys: [...keys, 'sum'], value: values.reduce((sum, value) => sum + value, 0) },
    { keys: [...keys, 'max'], value: values.reduce((max, value) => Math.max(max, value), -Infinity) },
  ]
}

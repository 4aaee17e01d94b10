import { labelsKey } from '@headroom/shared/model/labels.ts'
import type { Mapped, Reading } from '@headroom/shared/model/reading.ts'
import { formatValue } from './format-value.ts'

/** Where a number went: its metric and labels, and its value. A counter says how far it has come: one answer is no rate yet. */
export function mappedText(mapped: Mapped, { points }: Pick<Reading, 'points'>): [name: string, value: string] {
  const { metric, unit, value, labels } = mapped
  const name = [metric, ...Object.entries(labels).map(([key, label]) => `${key}=${label}`)].join(' ')
  const counter = points.some(
    (point) => point.kind === 'counter' && point.rate === metric && labelsKey(point.labels) === labelsKey(labels),
  )
  return [name, counter ? `${formatValue(value, 'count')} so far, kept as a rate` : formatValue(value, unit)]
}

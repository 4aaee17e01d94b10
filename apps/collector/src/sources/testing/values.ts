import { labelsKey } from '@headroom/shared/model/labels.ts'
import type { Reading } from '@headroom/shared/model/reading.ts'

/** The values of a reading by metric and labels, as `queue.length{queue="mail"}`; counters under the name of their rate. */
export function valuesOf({ points }: Pick<Reading, 'points'>): Record<string, number> {
  return Object.fromEntries(
    points.map(({ metric, rate, labels, value }) => [`${rate ?? metric}${labelsKey(labels)}`, value]),
  )
}

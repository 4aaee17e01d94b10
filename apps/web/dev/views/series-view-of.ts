import type { SeriesView } from '@headroom/shared/model/series.ts'
import { type Held, silentSince, valueAt } from './held.ts'

export function seriesViewOf(held: Held, now: number): SeriesView {
  const { metric, unit, source, labels = {}, spread, primary = true } = held.made
  const silent = silentSince(held)
  // Whether a source answers is known best while it does not.
  const stale = silent !== undefined && now > silent && metric !== 'up'
  const value = valueAt(held, stale ? silent - held.everyMs : now)
  const at = stale ? silent : Math.floor(now / held.everyMs) * held.everyMs
  return {
    id: held.id,
    system: held.system.id,
    source,
    primary,
    metric,
    unit,
    labels,
    ...(spread === undefined ? {} : { spread }),
    ...(stale ? { stale } : {}),
    at: value === null ? null : at,
    value,
  }
}

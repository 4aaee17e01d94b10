import type { MappingView } from '@headroom/shared/contracts.ts'
import { METRICS } from '@headroom/shared/metrics.ts'
import type { MadeSystem } from '../made/made-system.ts'
import { type Held, silentSince, valueAt } from './held.ts'

export function mappingOf(system: MadeSystem, held: readonly Held[], now: number): MappingView[] {
  return system.sources.map((source) => ({
    system: system.id,
    source: source.id,
    leftOut: source.leftOut ?? 0,
    mapped: held
      .filter(({ made }) => made.source === source.id && made.metric !== 'up' && made.metric !== 'probe.seconds')
      .map((each) => ({
        path: pathOf(each),
        metric: each.made.metric,
        unit: each.made.unit,
        value: valueAt(each, silentSince(each) ?? now) ?? 'null',
        labels: each.made.labels ?? {},
        how: each.made.metric in METRICS ? 'known' : 'own path',
      })),
  }))
}

/** Where a value would stand in a document that nobody standardised. */
export function pathOf({ made }: Held): string {
  const labels = Object.values(made.labels ?? {})
  return [made.metric.replaceAll('.', '_'), ...labels].join('.')
}

import { labelsKey } from '@headroom/shared/model/labels.ts'
import { rateName, safeName, speaksOfExporter, unitOfName } from '../measures/own-name.ts'
import { LATER, type Moment, type Placed, placedPoint } from './figures.ts'
import type { OwnGroup } from './gather.ts'
import { quantileOfGroup } from './quantiles.ts'

/**
 * What no rule is for, under its own name: a counter as its growth per minute, a histogram as its median, its 95th
 * percentile and how many there were, a summary as its quantiles. Several gauges that differ only by labels that are not
 * kept become their number, their sum and the greatest.
 */
export function placeOwn(group: OwnGroup, moment: Moment): Placed[] {
  switch (group.type) {
    case 'counter':
      return [counter(group, group.family, rateName(group.family))]
    case 'histogram':
    case 'gaugehistogram':
      return [...quantiles(group, moment), ...observations(group)]
    case 'summary': {
      const values = [...(group.quantiles ?? [])].filter(([, value]) => Number.isFinite(value))
      return [
        ...values.map(([quantile, value]) => gauge(group, group.family, value, { quantile: String(quantile) })),
        ...observations(group),
      ]
    }
    default:
      return group.type === 'unknown' && group.family.endsWith('_total')
        ? [counter(group, group.family, rateName(group.family))]
        : gauges(group)
  }
}

/** What an exporter says of itself, in one line for all of it. */
export function exporterOwn(groups: readonly OwnGroup[]): { kept: OwnGroup[]; ignored: Placed[] } {
  const kept = groups.filter(({ family }) => !speaksOfExporter(family))
  const prefixes = new Map<string, number>()
  for (const { family } of groups) {
    if (!speaksOfExporter(family)) continue
    const prefix = family.split('_', 2).join('_')
    prefixes.set(prefix, (prefixes.get(prefix) ?? 0) + 1)
  }
  const ignored = [...prefixes].map(([prefix, count]): Placed => {
    const value = `of the exporter itself (${count})`
    return { mapped: { path: `${prefix}*`, metric: '', unit: '', value, labels: {}, how: 'ignored' } }
  })
  return { kept, ignored }
}

function gauges(group: OwnGroup): Placed[] {
  const { family, count, sum, max } = group
  if (count === 1) return [gauge(group, family, sum)]
  return [
    gauge(group, `${family}.count`, count, {}, 'count'),
    gauge(group, `${family}.sum`, sum),
    gauge(group, `${family}.max`, max),
  ]
}

function gauge(
  group: OwnGroup,
  name: string,
  value: number,
  more: Record<string, string> = {},
  unit = unitOf(group),
): Placed {
  const labels = { ...group.labels, ...more }
  return placedPoint({ metric: safeName(name), unit, labels, value, kind: 'gauge' }, group.family, 'own path', group.at)
}

function counter(group: OwnGroup, name: string, rate: string): Placed {
  const { labels, sum: value, family, at } = group
  return placedPoint(
    { metric: safeName(name), unit: 'count', labels, value, kind: 'counter', rate: safeName(rate) },
    family,
    'own path',
    at,
  )
}

function observations(group: OwnGroup): Placed[] {
  return group.count === 0 ? [] : [counter(group, `${group.family}_count`, `${group.family}.per_minute`)]
}

function quantiles(group: OwnGroup, moment: Moment): Placed[] {
  const { family, labels } = group
  return (
    [
      ['p50', 0.5],
      ['p95', 0.95],
    ] as const
  ).map(([name, q]) => {
    const key = `own/${name}/${family}${labelsKey(labels)}`
    const value = quantileOfGroup(group, group.type === 'histogram', q, key, moment)
    if (value !== undefined) return gauge(group, `${family}.${name}`, value)
    return {
      mapped: {
        path: family,
        metric: safeName(`${family}.${name}`),
        unit: unitOf(group),
        value: LATER,
        labels,
        how: 'own path',
      },
    }
  })
}

function unitOf({ unit, family }: OwnGroup): string {
  return unit === 'seconds' || unit === 'bytes' ? unit : unitOfName(family)
}

import { catalogued } from '@headroom/shared/metrics.ts'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { FlagView } from '@headroom/shared/model/flag.ts'
import type { HeadroomView } from '@headroom/shared/model/system.ts'
import type { ChartLine, Crossing } from '../../charts/chart-model.ts'
import { numberText } from '../../ui/format-number.ts'
import { conditionText } from '../../ui/line-words.ts'
import { lineFrom } from './flag-words.ts'

const FROM = { config: 'configured', reported: 'reported', preset: 'documented' } as const

/** `queue.length@rq` is about `queue.length`. */
export function baseMetric(metric: string): string {
  return metric.split('@')[0] ?? metric
}

export function flagsOfMetric(metric: string, flags: readonly FlagView[]): FlagView[] {
  return flags.filter((flag) => baseMetric(flag.metric) === metric)
}

/** The lines of a metric: the documented ones, and how far a rehearsal went. Only kinds whose line is in the metric's own unit. */
export function chartLines(metric: string, flags: readonly FlagView[], headroom: readonly HeadroomView[]): ChartLine[] {
  const name = catalogued(metric)?.title ?? metric
  const lines = flagsOfMetric(metric, flags).flatMap((flag): ChartLine[] => {
    if (flag.line === null || flag.unit === 'bool' || flag.conditional) return []
    if (flag.kind !== 'threshold' && flag.kind !== 'share') return []
    return [
      {
        key: flag.id,
        value: flag.line,
        compare: flag.compare,
        mark: flag.severity,
        words: `${conditionText(name, flag.compare, flag.line, flag.unit)}, ${lineFrom(flag)}`,
      },
    ]
  })
  const tested = headroom.find((row) => row.metric === metric)?.tested
  if (tested !== undefined && !lines.some((line) => line.value === tested))
    lines.push({
      key: 'tested',
      value: tested,
      compare: 'above',
      mark: 'info',
      words: `tested to ${numberText(tested, 'count')}`,
    })
  return lines
}

/** The limit as a solid line; a percentage needs none, it ends at 100 by itself. */
export function chartLimit(
  metric: string,
  headroom: readonly HeadroomView[],
): { value: number; words: string } | undefined {
  const row = headroom.find((each) => each.metric === metric)
  if (row === undefined || row.unit === 'percent') return undefined
  return { value: row.limit, words: `limit ${numberText(row.limit, row.unit)}, ${FROM[row.limitFrom]}` }
}

/** The spans in which a line of this metric was crossed, as the alerts say. */
export function crossings(metric: string, flags: readonly FlagView[], alerts: readonly Alert[]): Crossing[] {
  const own = new Map(flagsOfMetric(metric, flags).map((flag) => [flag.id, flag]))
  return alerts.flatMap((alert): Crossing[] => {
    const flag = own.get(alert.flag)
    if (flag === undefined || alert.firedAt === undefined || (flag.kind !== 'threshold' && flag.kind !== 'share'))
      return []
    return [
      {
        key: alert.id,
        from: alert.since,
        to: alert.resolvedAt ?? null,
        line: alert.line,
        compare: flag.compare,
        mark: alert.severity,
        words: `${alert.title}, line ${numberText(alert.line, alert.unit)}`,
      },
    ]
  })
}

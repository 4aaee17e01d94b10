import { METRICS, type MetricName } from '@headroom/shared/metrics.ts'
import type { Labels } from '@headroom/shared/model/labels.ts'
import type { Mapped, Point } from '@headroom/shared/model/reading.ts'

/** The points of a reading, and for each where it was read. A value that is unknown makes no point. */
export class Sheet {
  readonly points: Point[] = []
  readonly mapped: Mapped[] = []

  /** `at`: the time the value states for itself, epoch ms of this machine's clock. */
  gauge(path: string, metric: MetricName, value: number | undefined, labels: Labels, at?: number): void {
    if (value === undefined || !Number.isFinite(value)) return
    const { unit } = METRICS[metric]
    this.points.push({ metric, unit, labels, value, kind: 'gauge', ...(at === undefined ? {} : { at }) })
    this.mapped.push({ path, metric, unit, value, labels, how: 'known' })
  }

  /** A number of a time of its own, beside the one that is shown. */
  past(metric: MetricName, value: number, labels: Labels, at: number): void {
    this.points.push({ metric, unit: METRICS[metric].unit, labels, value, kind: 'gauge', at })
  }

  /** A number that only rises, kept as its rate per minute. */
  counter(path: string, rate: MetricName, value: number, labels: Labels): void {
    const metric = rate.replace(/[._]per_minute$/, '.total')
    this.points.push({ metric, unit: 'count', labels, value, kind: 'counter', rate })
    this.mapped.push({ path, metric: rate, unit: METRICS[rate].unit, value, labels, how: 'known' })
  }
}

import { catalogued } from '@headroom/shared/metrics.ts'
import type { Labels } from '@headroom/shared/model/labels.ts'
import type { Mapped, Point } from '@headroom/shared/model/reading.ts'
import { unitOfName } from '../measures/own-name.ts'

/** The points of a reading, and for each series where its newest was read. A value that is unknown makes no point. */
export class Sheet {
  readonly points: Point[] = []
  readonly mapped: Mapped[] = []

  /** A number as it is now. */
  gauge(path: string, metric: string, value: number | undefined, labels: Labels = {}): void {
    if (value === undefined || !Number.isFinite(value)) return
    this.points.push({ metric, unit: unitOf(metric), labels, value, kind: 'gauge' })
    this.show(path, metric, value, labels)
  }

  /** A number of a time of its own. */
  past(metric: string, value: number, labels: Labels, at: number): void {
    this.points.push({ metric, unit: unitOf(metric), labels, value, kind: 'gauge', at })
  }

  show(path: string, metric: string, value: number, labels: Labels): void {
    const how = catalogued(metric) === undefined ? 'own path' : 'known'
    this.mapped.push({ path, metric, unit: unitOf(metric), value, labels, how })
  }
}

function unitOf(metric: string): string {
  return catalogued(metric)?.unit ?? (/^(ecs|hosts|group|replicas)\./.test(metric) ? 'count' : unitOfName(metric))
}

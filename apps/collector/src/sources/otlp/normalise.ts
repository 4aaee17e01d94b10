import { readUnit, type UnitOf } from '../measures/units.ts'
import type { LabelPairs } from '../measures/labels.ts'
import type { Metric } from './wire/export.ts'

/** Units that Render does not say, as its REST interface has them. */
const UNSAID: Readonly<Record<string, string>> = {
  'render.service.http.requests.latency': 'ms',
  'render.postgres.replication.lag': 'ms',
  'render.postgres.replication.apply.lag': 'ms',
}

/** The unit a metric is in, and with what its values are to be multiplied to be in it. */
export function unitOf({ name, unit }: Pick<Metric, 'name' | 'unit'>): UnitOf | undefined {
  return readUnit(unit === '' ? (UNSAID[name] ?? '') : unit)
}

/** The names under which rules may know a metric: its own, and Prometheus' forms of it. */
export function namesOf(metric: Metric): string[] {
  const plain = metric.name.replace(/[^A-Za-z0-9_:]+/g, '_')
  const unit = unitOf(metric)?.unit
  const suffixed = unit === undefined || plain.endsWith(`_${unit}`) ? plain : `${plain}_${unit}`
  const counts = metric.kind === 'sum' && metric.monotonic
  const all = [metric.name, plain, suffixed, ...(counts ? [`${plain}_total`, `${suffixed}_total`] : [])]
  return [...new Set(all)]
}

/** Attributes by the names that labels have: `http.response.status_code` is `http_response_status_code`. */
export function labelPairs(attributes: LabelPairs): LabelPairs {
  return attributes.map((text, index) => (index % 2 === 0 && text.includes('.') ? text.replaceAll('.', '_') : text))
}

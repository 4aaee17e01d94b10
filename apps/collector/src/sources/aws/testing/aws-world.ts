/** What a fake account has in its one region. Times are epoch seconds where the wire has them so. */
export type FakeTask = {
  cluster: string
  service: string
  taskArn: string
  desiredStatus: 'RUNNING' | 'STOPPED'
} & Record<string, unknown>

export type FakeGroup = { desired: number; instances: { id: string; state: string }[] }

type Dimensions = Readonly<Record<string, string>>
export type FakeMetric = {
  namespace: string
  name: string
  dimensions: Dimensions
  /** Values by statistic, by the beginning of their minute in epoch ms. */
  values: Map<string, Map<number, number>>
}

export class AwsWorld {
  readonly clusters = new Map<string, { containerInsights: string }>()
  /** By `cluster/service`, as DescribeServices gives them. */
  readonly services = new Map<string, Record<string, unknown>>()
  readonly tasks: FakeTask[] = []
  readonly groups = new Map<string, FakeGroup>()
  readonly metrics: FakeMetric[] = []
  /** How a metric of this name ends, where that is not Complete. */
  readonly statuses = new Map<string, string>()
  /** So many values stand on one page of GetMetricData. */
  valuesAPage = 100_800
  /** Values are given whatever span was asked for. */
  ignoresSpan = false

  /** Values of a statistic of a metric, one a step from `from` on; undefined leaves one out. */
  put(
    [namespace, name, stat]: readonly [string, string, string],
    dimensions: Dimensions,
    from: number,
    values: readonly (number | undefined)[],
    stepMs = 60_000,
  ): void {
    const metric = this.#metric(namespace, name, dimensions)
    const known = metric.values.get(stat) ?? new Map<number, number>()
    metric.values.set(stat, known)
    values.forEach((value, index) => {
      if (value !== undefined) known.set(from + index * stepMs, value)
    })
  }

  #metric(namespace: string, name: string, dimensions: Dimensions): FakeMetric {
    const found = this.metrics.find(
      (metric) => metric.namespace === namespace && metric.name === name && isSame(metric.dimensions, dimensions),
    )
    if (found !== undefined) return found
    const metric: FakeMetric = { namespace, name, dimensions, values: new Map() }
    this.metrics.push(metric)
    return metric
  }
}

export function isSame(one: Dimensions, other: Dimensions): boolean {
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
}

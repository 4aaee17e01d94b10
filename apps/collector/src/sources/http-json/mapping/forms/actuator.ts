/** One metric as Spring Boot's actuator answers it (`/actuator/metrics/jvm.memory.used`). */
export function plainActuator(document: object): object | undefined {
  if (!('measurements' in document) || !('name' in document)) return undefined
  const { name, measurements } = document
  if (typeof name !== 'string' || !Array.isArray(measurements)) return undefined
  const unit = 'baseUnit' in document && typeof document.baseUnit === 'string' ? document.baseUnit : undefined
  // It is a share of one, and does not say so.
  const keys = name.replace(/\bcpu\.usage$/, 'cpu.usage_ratio').split('.')
  const figures = measurements.filter(isMeasurement).map(({ statistic, value }): [string, number] => {
    const last = [keys.at(-1) ?? '', OF_STATISTIC[statistic] ?? ''].filter((word) => word !== '').join('_')
    return [unit === undefined || statistic === 'COUNT' || last.endsWith('_ratio') ? last : `${last}_${unit}`, value]
  })
  return keys.slice(0, -1).reduceRight<object>((inner, key) => ({ [key]: inner }), Object.fromEntries(figures))
}

/** How each is called in a name; a `VALUE` is the metric itself. */
const OF_STATISTIC: Readonly<Record<string, string | undefined>> = {
  COUNT: 'total',
  TOTAL: 'total',
  TOTAL_TIME: 'time_total',
  MAX: 'max',
  ACTIVE_TASKS: 'active',
  DURATION: 'duration',
}

function isMeasurement(value: unknown): value is { statistic: string; value: number } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'statistic' in value &&
    typeof value.statistic === 'string' &&
    'value' in value &&
    typeof value.value === 'number'
  )
}

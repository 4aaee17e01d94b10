import {
  type Buckets,
  type DataPoint,
  type ExponentialValue,
  type HistogramValue,
  MalformedExport,
  type Metric,
  type MetricsExport,
  millis,
  type SummaryValue,
  type Temporality,
} from './export.ts'

/**
 * Reads an ExportMetricsServiceRequest in OTLP's JSON; throws `MalformedExport`. By hand, for tens of thousands of points
 * a second pass here: what is not of the type it should be is as if it were not there, as the protocol asks of fields
 * that are unknown; only what leaves no doubt that this is something else is refused.
 */
export function decodeJson(bytes: Uint8Array): MetricsExport {
  const result: MetricsExport = { resources: [], points: 0 }
  for (const resource of list(parse(bytes), 'resourceMetrics')) {
    const metrics: Metric[] = []
    for (const scope of list(resource, 'scopeMetrics'))
      for (const said of list(scope, 'metrics')) {
        const metric = readMetric(said)
        if (metric === undefined) continue
        result.points += metric.points.length
        metrics.push(metric)
      }
    result.resources.push({ attributes: readAttributes(record(resource['resource'])), metrics })
  }
  return result
}

type Json = Readonly<Record<string, unknown>>
const NOTHING: Json = {}

function parse(bytes: Uint8Array): Json {
  let parsed: unknown
  try {
    parsed = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw new MalformedExport('the body is no JSON')
  }
  if (!isRecord(parsed)) throw new MalformedExport('the body is JSON, but no object with resourceMetrics')
  return parsed
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function record(value: unknown): Json {
  return isRecord(value) ? value : NOTHING
}

/** The objects of a list; a value that is no list where one must be is refused. */
function list(from: Json, key: string): Json[] {
  const value = from[key]
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw new MalformedExport(`${key} is no list`)
  return value.map((item: unknown) => {
    if (!isRecord(item)) throw new MalformedExport(`${key} holds something that is no object`)
    return item
  })
}

/** 64-bit numbers are strings in OTLP's JSON, but numbers must be taken too. */
function number(value: unknown): number {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || value.trim() === '') return NaN
  if (/^[+-]?infinity$/i.test(value)) return value.startsWith('-') ? -Infinity : Infinity
  return Number(value)
}

function numbers(value: unknown): number[] {
  return Array.isArray(value) ? value.map(number) : []
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function readMetric(said: Json): Metric | undefined {
  const named = { name: text(said['name']), unit: text(said['unit']) }
  const gauge = said['gauge']
  if (isRecord(gauge)) return { ...named, kind: 'gauge', points: points(gauge, readNumber) }
  const sum = said['sum']
  if (isRecord(sum)) {
    const monotonic = sum['isMonotonic'] === true
    return { ...named, kind: 'sum', monotonic, temporality: temporality(sum), points: points(sum, readNumber) }
  }
  const histogram = said['histogram']
  if (isRecord(histogram))
    return {
      ...named,
      kind: 'histogram',
      temporality: temporality(histogram),
      points: points(histogram, readHistogram),
    }
  const exponential = said['exponentialHistogram']
  if (isRecord(exponential))
    return {
      ...named,
      kind: 'exponential',
      temporality: temporality(exponential),
      points: points(exponential, readExponential),
    }
  const summary = said['summary']
  return isRecord(summary) ? { ...named, kind: 'summary', points: points(summary, readSummary) } : undefined
}

function temporality(from: Json): Temporality {
  const value = from['aggregationTemporality']
  if (value === 1 || value === 'AGGREGATION_TEMPORALITY_DELTA') return 'delta'
  return value === 2 || value === 'AGGREGATION_TEMPORALITY_CUMULATIVE' ? 'cumulative' : 'unspecified'
}

function points(from: Json, read: (said: Json) => DataPoint['value']): DataPoint[] {
  return list(from, 'dataPoints').map((said) => ({
    attributes: readAttributes(said),
    startMs: millis(number(said['startTimeUnixNano'])),
    atMs: millis(number(said['timeUnixNano'])),
    nothing: (number(said['flags']) & 1) === 1,
    value: read(said),
  }))
}

function readNumber(said: Json): DataPoint['value'] {
  const value = number(said['asDouble'] ?? said['asInt'])
  return { kind: 'number', number: value }
}

function readHistogram(said: Json): HistogramValue {
  return {
    kind: 'histogram',
    count: number(said['count']),
    bounds: numbers(said['explicitBounds']),
    counts: numbers(said['bucketCounts']),
  }
}

function readExponential(said: Json): ExponentialValue {
  return {
    kind: 'exponential',
    count: number(said['count']),
    scale: number(said['scale'] ?? 0),
    zeroCount: number(said['zeroCount'] ?? 0),
    zeroThreshold: number(said['zeroThreshold'] ?? 0),
    positive: readBuckets(said['positive']),
    negative: readBuckets(said['negative']),
  }
}

function readBuckets(said: unknown): Buckets {
  const buckets = record(said)
  return { offset: number(buckets['offset'] ?? 0), counts: numbers(buckets['bucketCounts']) }
}

function readSummary(said: Json): SummaryValue {
  const quantiles = list(said, 'quantileValues').map((one) => ({
    quantile: number(one['quantile'] ?? 0),
    value: number(one['value'] ?? 0),
  }))
  return { kind: 'summary', count: number(said['count']), quantiles }
}

function readAttributes(from: Json): string[] {
  return list(from, 'attributes').flatMap((attribute) => [
    text(attribute['key']),
    readValue(record(attribute['value'])),
  ])
}

function readValue(value: Json): string {
  const { stringValue, intValue, doubleValue, boolValue } = value
  if (typeof stringValue === 'string') return stringValue
  if (typeof boolValue === 'boolean') return String(boolValue)
  const said = intValue ?? doubleValue
  return typeof said === 'number' || typeof said === 'string' ? String(said) : ''
}

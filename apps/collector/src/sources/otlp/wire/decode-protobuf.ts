import { PbfReader } from 'pbf'
import {
  type Buckets,
  type DataPoint,
  type ExponentialValue,
  type HistogramValue,
  MalformedExport,
  type Metric,
  type MetricsExport,
  millis,
  type ResourceMetrics,
  type SummaryValue,
  type Temporality,
} from './export.ts'

/** Reads an ExportMetricsServiceRequest; throws `MalformedExport`. Field numbers are those of opentelemetry-proto 1. */
export function decodeProtobuf(bytes: Uint8Array): MetricsExport {
  const reader = new PbfReader(bytes)
  const result: MetricsExport = { resources: [], points: 0 }
  try {
    fields(reader, bytes.length, (field) => {
      if (field === 1) result.resources.push(readResourceMetrics(reader, result))
    })
  } catch (error) {
    if (error instanceof MalformedExport) throw error
    throw new MalformedExport('the body is no ExportMetricsServiceRequest: it ends in the middle of a value')
  }
  return result
}

type OnField = (field: number) => void

/** Reads the fields up to `end`; whoever takes one checks its wire type by reading it. */
function fields(reader: PbfReader, end: number, onField: OnField): void {
  if (end > reader.length) throw new MalformedExport('a message of the body says that it is longer than the body')
  for (let field = reader.nextField(end); field !== 0; field = reader.nextField(end)) onField(field)
  if (reader.pos !== end) throw new MalformedExport('a message of the body is longer than it says')
}

function message(reader: PbfReader, onField: OnField): void {
  expectType(reader, LENGTH)
  const length = reader.readVarint()
  fields(reader, reader.pos + length, onField)
}

const VARINT = 0
const FIXED64 = 1
const LENGTH = 2

function expectType(reader: PbfReader, type: number): void {
  if (reader.type !== type)
    throw new MalformedExport(
      `the body is no ExportMetricsServiceRequest: a field at byte ${reader.pos} is of another type`,
    )
}

function text(reader: PbfReader): string {
  expectType(reader, LENGTH)
  return reader.readString()
}

function double(reader: PbfReader): number {
  expectType(reader, FIXED64)
  return reader.readDouble()
}

function fixed(reader: PbfReader): number {
  expectType(reader, FIXED64)
  return reader.readFixed64()
}

function varint(reader: PbfReader): number {
  expectType(reader, VARINT)
  return reader.readVarint(true)
}

function readResourceMetrics(reader: PbfReader, result: MetricsExport): ResourceMetrics {
  const resource = { attributes: [] as string[], metrics: [] as Metric[] }
  message(reader, (field) => {
    if (field === 1)
      message(reader, (inner) => {
        if (inner === 1) readAttribute(reader, resource.attributes)
      })
    else if (field === 2)
      message(reader, (inner) => {
        if (inner !== 2) return
        const metric = readMetric(reader)
        if (metric === undefined) return
        result.points += metric.points.length
        resource.metrics.push(metric)
      })
  })
  return resource
}

const KINDS = { 5: 'gauge', 7: 'sum', 9: 'histogram', 10: 'exponential', 11: 'summary' } as const

function readMetric(reader: PbfReader): Metric | undefined {
  let [name, unit] = ['', '']
  let kind: (typeof KINDS)[keyof typeof KINDS] | undefined
  let temporality: Temporality = 'unspecified'
  let monotonic = false
  const points: DataPoint[] = []
  message(reader, (field) => {
    if (field === 1) name = text(reader)
    else if (field === 3) unit = text(reader)
    else if (field === 5 || field === 7 || field === 9 || field === 10 || field === 11) {
      const read = KINDS[field]
      kind = read
      message(reader, (inner) => {
        if (inner === 1) points.push(readPoint(reader, read))
        else if (inner === 2 && read !== 'gauge') temporality = temporalityOf(varint(reader))
        else if (inner === 3 && read === 'sum') monotonic = varint(reader) !== 0
      })
    }
  })
  if (kind === undefined) return undefined
  if (kind === 'sum') return { name, unit, points, kind, temporality, monotonic }
  return kind === 'gauge' || kind === 'summary'
    ? { name, unit, points, kind }
    : { name, unit, points, kind, temporality }
}

function temporalityOf(value: number): Temporality {
  return value === 1 ? 'delta' : value === 2 ? 'cumulative' : 'unspecified'
}

type Kind = Metric['kind']
const ATTRIBUTES: Readonly<Record<Kind, number>> = { gauge: 7, sum: 7, histogram: 9, exponential: 1, summary: 7 }
const FLAGS: Readonly<Record<Kind, number>> = { gauge: 8, sum: 8, histogram: 10, exponential: 10, summary: 8 }

function readPoint(reader: PbfReader, kind: Kind): DataPoint {
  const attributes: string[] = []
  const point: DataPoint = { attributes, startMs: 0, atMs: 0, nothing: false, value: undefined }
  const value = emptyValue(kind)
  if (value !== undefined) point.value = value
  message(reader, (field) => {
    if (field === ATTRIBUTES[kind]) readAttribute(reader, attributes)
    else if (field === 2) point.startMs = millis(fixed(reader))
    else if (field === 3) point.atMs = millis(fixed(reader))
    else if (field === FLAGS[kind]) point.nothing = (varint(reader) & 1) === 1
    else if (value === undefined) readNumber(reader, field, point)
    else if (value.kind === 'histogram') readHistogram(reader, field, value)
    else if (value.kind === 'exponential') readExponential(reader, field, value)
    else readSummary(reader, field, value)
  })
  return point
}

function emptyValue(kind: Kind): HistogramValue | ExponentialValue | SummaryValue | undefined {
  switch (kind) {
    case 'histogram':
      return { kind, count: 0, bounds: [], counts: [] }
    case 'exponential':
      return {
        kind,
        count: 0,
        scale: 0,
        zeroCount: 0,
        zeroThreshold: 0,
        positive: { offset: 0, counts: [] },
        negative: { offset: 0, counts: [] },
      }
    case 'summary':
      return { kind, count: 0, quantiles: [] }
    default:
      return undefined
  }
}

function readNumber(reader: PbfReader, field: number, point: DataPoint): void {
  if (field === 4) point.value = { kind: 'number', number: double(reader) }
  else if (field === 6) {
    expectType(reader, FIXED64)
    point.value = { kind: 'number', number: reader.readSFixed64() }
  }
}

function readHistogram(reader: PbfReader, field: number, value: HistogramValue): void {
  if (field === 4) value.count = fixed(reader)
  else if (field === 6) reader.readPackedFixed64(value.counts)
  else if (field === 7) reader.readPackedDouble(value.bounds)
}

function readExponential(reader: PbfReader, field: number, value: ExponentialValue): void {
  if (field === 4) value.count = fixed(reader)
  else if (field === 6) value.scale = zigzag(reader)
  else if (field === 7) value.zeroCount = fixed(reader)
  else if (field === 8) readBuckets(reader, value.positive)
  else if (field === 9) readBuckets(reader, value.negative)
  else if (field === 14) value.zeroThreshold = double(reader)
}

function zigzag(reader: PbfReader): number {
  expectType(reader, VARINT)
  return reader.readSVarint()
}

function readBuckets(reader: PbfReader, buckets: Buckets): void {
  message(reader, (field) => {
    if (field === 1) buckets.offset = zigzag(reader)
    else if (field === 2) reader.readPackedVarint(buckets.counts)
  })
}

function readSummary(reader: PbfReader, field: number, value: SummaryValue): void {
  if (field === 4) value.count = fixed(reader)
  else if (field === 6) {
    const read = { quantile: 0, value: 0 }
    message(reader, (inner) => {
      if (inner === 1) read.quantile = double(reader)
      else if (inner === 2) read.value = double(reader)
    })
    value.quantiles.push(read)
  }
}

/** Adds the name and the value; of lists and maps only the name, for they are no label. */
function readAttribute(reader: PbfReader, into: string[]): void {
  let [key, value] = ['', '']
  message(reader, (field) => {
    if (field === 1) key = text(reader)
    else if (field === 2)
      message(reader, (inner) => {
        if (inner === 1) value = text(reader)
        else if (inner === 2) value = varint(reader) === 0 ? 'false' : 'true'
        else if (inner === 3) value = String(varint(reader))
        else if (inner === 4) value = String(double(reader))
      })
  })
  into.push(key, value)
}

import type { Delivery, DeliveredBody, OpenSource, PushAnswer } from '../types.ts'
import type { OtlpSource } from './open.ts'
import { createIntake, type Intake } from './intake.ts'
import { decodeJson } from './wire/decode-json.ts'
import { decodeProtobuf } from './wire/decode-protobuf.ts'
import { type Encoded, type Encoding, encodeStatus, encodeSuccess, encodingOf } from './wire/encode-answer.ts'
import { MalformedExport, type MetricsExport } from './wire/export.ts'

/** Unpacked; an SDK's export is some tens of kilobytes, a collector's batch up to a few megabytes. */
const MAX_BODY_BYTES = 16 * 2 ** 20
const RETRY_SECONDS = 2

/** gRPC's codes, as google.rpc.Status holds them. */
const CODES = { invalid: 3, notFound: 5, exhausted: 8, unimplemented: 12, unauthenticated: 16 }

/** What is not taken, and how a sender is told to keep it: otherwise it would tell of each in its own log. */
const UNWANTED: Readonly<Record<string, string>> = {
  '/v1/traces':
    'Headroom takes metrics, no traces: set OTEL_TRACES_EXPORTER=none, or give the address as OTEL_EXPORTER_OTLP_METRICS_ENDPOINT.',
  '/v1/logs':
    'Headroom takes metrics, no logs: set OTEL_LOGS_EXPORTER=none, or give the address as OTEL_EXPORTER_OTLP_METRICS_ENDPOINT.',
}

const intakes = new WeakMap<OtlpSource, Intake>()

/** Answers one export request for all sources that its sender may push to. */
export async function answerExport(delivery: Delivery, open: readonly OpenSource<OtlpSource>[]): Promise<PushAnswer> {
  const encoding = encodingOf(delivery.headers['content-type'])
  const refuse = (status: number, code: number, message: string, headers: Record<string, string> = {}): PushAnswer =>
    answer(status, encodeStatus(encoding ?? 'json', code, message), headers)

  const unwanted = UNWANTED[delivery.path]
  // No SDK tries a 404 again.
  if (unwanted !== undefined) return refuse(404, CODES.unimplemented, unwanted)
  if (open.length === 0)
    return refuse(
      404,
      CODES.notFound,
      'No system of headroom.yaml has a source of type otlp: add - { type: otlp, token: "${TOKEN}" }.',
    )
  const admitted = admit(delivery, open)
  if (admitted.length === 0)
    return refuse(
      401,
      CODES.unauthenticated,
      'No otlp source takes this token: send Authorization: Bearer TOKEN with the token of headroom.yaml.',
      {
        'WWW-Authenticate': 'Bearer',
      },
    )
  if (encoding === undefined)
    return refuse(415, CODES.invalid, 'The body must be application/x-protobuf or application/json.')
  const busy = refuse(429, CODES.exhausted, 'The collector is behind; send it again.', {
    'Retry-After': String(RETRY_SECONDS),
  })
  if (!admitted.every(({ outlet }) => outlet?.hasRoom() === true)) return busy
  const body = await delivery.body(MAX_BODY_BYTES)
  if (body.kind === 'busy') return busy
  if (body.kind !== 'bytes') return refuse(...unusable(body))
  try {
    return answer(200, encodeSuccess(encoding, take(decode(encoding, body.bytes), admitted)))
  } catch (error) {
    if (error instanceof MalformedExport) return refuse(400, CODES.invalid, `Cannot be read: ${error.message}.`)
    throw error
  }
}

function admit({ headers, local }: Delivery, open: readonly OpenSource<OtlpSource>[]): OtlpSource[] {
  const token = /^bearer +(\S+)\s*$/i.exec(headers['authorization'] ?? '')?.[1]
  // Every source is asked, whatever the others say: how long this takes tells nothing.
  return open.map(({ opened }) => opened).filter((source) => source.admits(token, local))
}

function unusable({
  kind,
}: Exclude<DeliveredBody, { kind: 'bytes' | 'busy' }>): [status: number, code: number, message: string] {
  switch (kind) {
    case 'too_large':
      return [413, CODES.invalid, `The body is larger than ${MAX_BODY_BYTES / 2 ** 20} MiB: send smaller batches.`]
    case 'unknown_encoding':
      return [415, CODES.invalid, 'The body must be plain, or compressed with gzip, deflate or br.']
    case 'broken':
      return [400, CODES.invalid, 'The body could not be unpacked, or did not come whole.']
  }
}

function decode(encoding: Encoding, bytes: Buffer): MetricsExport {
  return encoding === 'json' ? decodeJson(bytes) : decodeProtobuf(bytes)
}

/** Gives each source its part; what nobody takes is told, and why. */
function take(said: MetricsExport, sources: readonly OtlpSource[]): { rejected: number; message: string } | undefined {
  const outcomes = sources.map((source) => intakeOf(source).take(said.resources))
  const rejected = outcomes.reduce((sum, outcome) => sum + outcome.rejected, 0)
  const reasons = outcomes.flatMap((outcome) => outcome.reasons)
  const strangers = said.resources.filter(
    (resource) => resource.metrics.length > 0 && !sources.some((source) => intakeOf(source).matches(resource)),
  )
  const unmatched = strangers.reduce(
    (sum, { metrics }) => sum + metrics.reduce((inner, { points }) => inner + points.length, 0),
    0,
  )
  if (unmatched > 0)
    reasons.push(
      `${unmatched} points are of resources that no otlp source of headroom.yaml matches (${nameOf(strangers[0]?.attributes ?? [])})`,
    )
  const all = rejected + unmatched
  return all === 0
    ? undefined
    : { rejected: all, message: `Not taken: ${[...new Set(reasons)].slice(0, 5).join('; ')}.` }
}

function nameOf(attributes: readonly string[]): string {
  const shown: string[] = []
  for (let index = 0; index < attributes.length; index += 2)
    if (/^service\.(name|id|instance\.id)$/.test(attributes[index] ?? ''))
      shown.push(`${attributes[index]}=${attributes[index + 1]}`)
  return shown.length === 0 ? 'they have neither service.name nor service.id' : shown.join(', ')
}

function intakeOf(source: OtlpSource): Intake {
  let intake = intakes.get(source)
  if (intake === undefined) intakes.set(source, (intake = createIntake(source)))
  return intake
}

function answer(status: number, { type, body }: Encoded, headers: Record<string, string> = {}): PushAnswer {
  return { status, headers: { 'Content-Type': type, ...headers }, body }
}

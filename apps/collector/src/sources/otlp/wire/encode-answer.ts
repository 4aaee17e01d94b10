import { PbfWriter } from 'pbf'

export type Encoding = 'json' | 'protobuf'

const TYPES: Readonly<Record<Encoding, string>> = { json: 'application/json', protobuf: 'application/x-protobuf' }

export type Encoded = { type: string; body: Uint8Array | string }

/** How the body of a request is encoded, by its content type; undefined for one that OTLP does not know. */
export function encodingOf(contentType: string | undefined): Encoding | undefined {
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase()
  if (type === 'application/json') return 'json'
  return type === 'application/x-protobuf' || type === 'application/protobuf' ? 'protobuf' : undefined
}

/** An ExportMetricsServiceResponse. Without `partly` everything was taken, and nothing is said. */
export function encodeSuccess(encoding: Encoding, partly: { rejected: number; message: string } | undefined): Encoded {
  const type = TYPES[encoding]
  if (encoding === 'json') {
    const partialSuccess = partly && { rejectedDataPoints: String(partly.rejected), errorMessage: partly.message }
    return { type, body: JSON.stringify(partialSuccess === undefined ? {} : { partialSuccess }) }
  }
  const writer = new PbfWriter()
  if (partly !== undefined)
    writer.writeMessage(
      1,
      ({ rejected, message }, inner) => {
        if (rejected > 0) inner.writeVarintField(1, rejected)
        inner.writeStringField(2, message)
      },
      partly,
    )
  return { type, body: writer.finish() }
}

/** A google.rpc.Status, which is how OTLP says what went wrong. `code` is gRPC's. */
export function encodeStatus(encoding: Encoding, code: number, message: string): Encoded {
  const type = TYPES[encoding]
  if (encoding === 'json') return { type, body: JSON.stringify({ code, message }) }
  const writer = new PbfWriter()
  writer.writeVarintField(1, code)
  writer.writeStringField(2, message)
  return { type, body: writer.finish() }
}

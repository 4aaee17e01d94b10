import type { Delivery, OpenSource, PushAnswer } from '../types.ts'
import { WebhookEvent } from './event.ts'
import type { RenderWebhookSource } from './open.ts'
import { signedHeaders } from './signature.ts'

/** The specification keeps deliveries under 20 KB. */
const MAX_BODY_BYTES = 256 * 1024
const RETRY_SECONDS = 5

/** Answers one delivery at once; what it becomes is not waited for. */
export async function answerWebhook(
  delivery: Delivery,
  open: readonly OpenSource<RenderWebhookSource>[],
): Promise<PushAnswer> {
  const system = delivery.params['system'] ?? ''
  const mine = open.filter((one) => one.system === system).map(({ opened }) => opened)
  const signed = signedHeaders(delivery.headers)
  if (signed === undefined)
    return refuse(400, 'unsigned', 'The headers webhook-id, webhook-timestamp and webhook-signature are needed.')
  // Whether there is such a system is nobody's business who cannot sign for it.
  if (mine.length === 0) return wrongSignature()
  const body = await delivery.body(MAX_BODY_BYTES)
  if (body.kind === 'busy') return busy()
  if (body.kind === 'too_large')
    return refuse(413, 'too_large', `The body is larger than ${MAX_BODY_BYTES / 1024} KiB.`)
  if (body.kind !== 'bytes') return refuse(400, 'unreadable', 'The body could not be unpacked, or did not come whole.')
  const verdicts = mine.map((source) => source.judge(signed, body.bytes))
  const admitted = mine.filter((_, index) => verdicts[index] === 'fine')
  if (admitted.length === 0)
    return verdicts.includes('wrong_time')
      ? refuse(400, 'wrong_time', 'webhook-timestamp is more than 5 minutes from now: set the clock of the collector.')
      : wrongSignature()
  const event = WebhookEvent.safeParse(parseJson(body.bytes))
  if (!event.success)
    return refuse(400, 'unreadable', 'The body is not an event of Render: type, timestamp and data are needed.')
  if (!admitted.every((source) => source.hasRoom())) return busy()
  return admitted.map((source) => source.take(event.data, signed.id)).every(Boolean) ? { status: 204 } : busy()
}

function wrongSignature(): PushAnswer {
  return refuse(401, 'wrong_signature', 'The signature is not of the secret that headroom.yaml has for this system.')
}

function busy(): PushAnswer {
  return {
    ...refuse(503, 'busy', 'The collector is behind; send it again.'),
    headers: { ...JSON_TYPE, 'Retry-After': String(RETRY_SECONDS) },
  }
}

const JSON_TYPE = { 'Content-Type': 'application/json' }

function refuse(status: number, code: string, message: string): PushAnswer {
  return { status, headers: JSON_TYPE, body: JSON.stringify({ error: { code, message } }) }
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}

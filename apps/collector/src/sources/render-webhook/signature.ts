import { createHmac, timingSafeEqual } from 'node:crypto'

/** A copy of a delivery that was overheard is of no use after this, and neither is one from a clock that is wrong by more. */
const TOLERANCE_MS = 5 * 60_000
/** A sender that changes its secret signs with both; more than a few are nobody's. */
const MAX_SIGNATURES = 8

export type SignedHeaders = { id: string; timestamp: string; signature: string }

export type Verdict = 'fine' | 'unsigned' | 'wrong_signature' | 'wrong_time'

/** The headers that the Standard Webhooks specification signs by; undefined where one is missing or cannot be. */
export function signedHeaders(headers: Readonly<Record<string, string | undefined>>): SignedHeaders | undefined {
  const id = headers['webhook-id'] ?? ''
  const timestamp = headers['webhook-timestamp'] ?? ''
  const signature = headers['webhook-signature'] ?? ''
  // A dot in the id would let what is signed be read in two ways.
  if (!/^[^.\s]{1,256}$/.test(id) || !/^\d{1,12}$/.test(timestamp) || signature === '') return undefined
  return { id, timestamp, signature }
}

export function isTimely({ timestamp }: SignedHeaders, now: number): boolean {
  return Math.abs(now - Number(timestamp) * 1_000) <= TOLERANCE_MS
}

/** The key that a `whsec_...` holds. */
export function keyOf(secret: string): Buffer {
  return Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
}

/** Whether one of the signatures is HMAC-SHA256 of `id.timestamp.body`; takes the same time whichever byte differs. */
export function isSigned(key: Buffer, { id, timestamp, signature }: SignedHeaders, body: Uint8Array): boolean {
  const wanted = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest()
  const given = signature.split(' ', MAX_SIGNATURES).flatMap((one) => {
    const bytes = one.startsWith('v1,') ? Buffer.from(one.slice('v1,'.length), 'base64') : undefined
    return bytes?.length === wanted.length ? [bytes] : []
  })
  return given.map((bytes) => timingSafeEqual(bytes, wanted)).includes(true)
}

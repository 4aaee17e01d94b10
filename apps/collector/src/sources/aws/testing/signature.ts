import { createHash, createHmac } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** What a request is signed with: Signature Version 4. */
export type Signed = {
  accessKeyId: string
  region: string
  service: string
  token: string | undefined
  /** When it says that it was signed, epoch ms. */
  at: number
  /** Whether the signature is that of this secret. */
  isBy(secretAccessKey: string): boolean
}

const HEADER =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/

/** Undefined for a request that is not signed. */
export function readSignature(request: IncomingMessage, body: string): Signed | undefined {
  const [, accessKeyId = '', day = '', region = '', service = '', names = '', signature = ''] =
    HEADER.exec(String(request.headers.authorization)) ?? []
  if (signature === '') return undefined
  const date = String(request.headers['x-amz-date'])
  const token = request.headers['x-amz-security-token']
  const canonical = [
    request.method,
    '/',
    '',
    ...names.split(';').map((name) => `${name}:${String(request.headers[name]).trim().replaceAll(/ +/g, ' ')}`),
    '',
    names,
    sha256(body),
  ].join('\n')
  const text = ['AWS4-HMAC-SHA256', date, `${day}/${region}/${service}/aws4_request`, sha256(canonical)].join('\n')
  return {
    accessKeyId,
    region,
    service,
    token: token === undefined ? undefined : String(token),
    at: Date.parse(date.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)/, '$1-$2-$3:$4:')),
    isBy(secret) {
      const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secret}`)
      return hmac(key, text).toString('hex') === signature
    },
  }
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

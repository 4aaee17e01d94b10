import type { IncomingHttpHeaders } from 'node:http'
import { ACCEPTED_ENCODINGS, decompress } from './decompress.ts'
import { exchange, type Exchange } from './exchange.ts'
import type { BodySink } from './inlet.ts'
import { failureOf, isBrokenConnection, type HttpFailure } from './failure.ts'
import type { RefuseAddress } from './guard-connector.ts'
import { createOrigins, type Origins, type TlsIdentity } from './origins.ts'
import { redirectOf } from './redirects.ts'
import { safeUrl } from './safe-url.ts'

export type HttpRequest = {
  url: URL
  headers: Readonly<Record<string, string | string[]>>
  /** The most bytes of body, on the wire and after decompression. */
  maxBytes: number
  /** Only for the words of a failure: how long the caller's signal gives it. */
  timeoutMs: number
  /** Takes any certificate. The caller has said so aloud. */
  insecure: boolean
  /** Takes the body of a 2xx as it comes instead of keeping it; `body` of the answer is empty then. */
  sink?: (headers: IncomingHttpHeaders) => BodySink
}

export type HttpAnswer = { kind: 'answer'; status: number; headers: IncomingHttpHeaders; body: Uint8Array }

/** GETs over kept-alive connections. Never throws for what the other side does. */
export type HttpClient = AsyncDisposable & {
  get(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer | HttpFailure>
}

export type HttpClientOptions = { refuseAddress?: RefuseAddress; tls?: TlsIdentity }

const MAX_REDIRECTS = 3

type Shared = { strict: Origins; insecure: Origins; leases: number; users: Map<string, number> }
let shared: Shared | undefined

/**
 * Takes a share of the connections that all sources use together; the last to leave closes them. One that may not
 * connect everywhere has connections of its own: a shared one may lead where it must not. So has one with authorities or a
 * certificate of its own.
 */
export function openHttpClient({ refuseAddress, tls }: HttpClientOptions): HttpClient {
  if (refuseAddress !== undefined || tls !== undefined) return ownClient(refuseAddress, tls)
  shared ??= { strict: createOrigins(true), insecure: createOrigins(false), leases: 0, users: new Map() }
  const held = shared
  const mine = new Set<string>()
  held.leases++
  let left = false
  return {
    get(request, signal) {
      noteUse(held, mine, request.url.origin)
      return follow(request.insecure ? held.insecure : held.strict, request, signal)
    },
    async [Symbol.asyncDispose]() {
      if (left) return
      left = true
      for (const origin of mine) endUse(held, origin)
      held.leases--
      if (held.leases > 0) return
      if (shared === held) shared = undefined
      await Promise.all([held.strict.destroy(), held.insecure.destroy()])
    },
  }
}

function ownClient(refuseAddress: RefuseAddress | undefined, tls: TlsIdentity | undefined): HttpClient {
  const strict = createOrigins(true, refuseAddress, tls)
  const insecure = createOrigins(false, refuseAddress, tls)
  return {
    get: (request, signal) => follow(request.insecure ? insecure : strict, request, signal),
    async [Symbol.asyncDispose]() {
      await Promise.all([strict.destroy(), insecure.destroy()])
    },
  }
}

function noteUse({ users }: Shared, mine: Set<string>, origin: string): void {
  if (mine.has(origin)) return
  mine.add(origin)
  users.set(origin, (users.get(origin) ?? 0) + 1)
}

function endUse({ users, strict, insecure }: Shared, origin: string): void {
  const left = (users.get(origin) ?? 1) - 1
  if (left > 0) return void users.set(origin, left)
  users.delete(origin)
  strict.forget(origin)
  insecure.forget(origin)
}

async function follow(origins: Origins, request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer | HttpFailure> {
  let url = request.url
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const result = await attempt(origins, request, url, signal)
    if (result.kind !== 'answer') return failedExchange(result, request)
    const redirect = redirectOf(url, result.status, result.headers.location)
    switch (redirect.kind) {
      case 'none':
        return unpack(result, request)
      case 'follow':
        url = redirect.url
        break
      case 'elsewhere':
        return redirected(
          `it sends us to ${redirect.to} (HTTP ${result.status}), another host, perhaps a login page; give the final address as \`url\`, or a token`,
        )
      case 'nowhere':
        return redirected(`it redirects (HTTP ${result.status}) without a usable address; check \`url\``)
    }
  }
  return redirected(
    `it redirects more than ${MAX_REDIRECTS} times, last to ${safeUrl(url)}; give the final address as \`url\``,
  )
}

/** A broken kept-alive connection is tried once more on a new one: the server may close an idle one at any moment. */
async function attempt(origins: Origins, request: HttpRequest, url: URL, signal: AbortSignal): Promise<Exchange> {
  const first = await once(origins, request, url, signal)
  const again = first.kind === 'broken' && !first.began && isBrokenConnection(first.error) && !signal.aborted
  return again ? once(origins, request, url, signal) : first
}

async function once(origins: Origins, request: HttpRequest, url: URL, signal: AbortSignal): Promise<Exchange> {
  const { client, giveBack } = origins.borrow(url.origin)
  const headers = { 'accept-encoding': ACCEPTED_ENCODINGS, ...request.headers }
  const result = await exchange(
    client,
    {
      path: `${url.pathname}${url.search}`,
      headers,
      maxBytes: request.maxBytes,
      ...(request.sink === undefined ? {} : { sink: request.sink }),
    },
    signal,
  )
  giveBack()
  return result
}

function unpack(answer: HttpAnswer, request: HttpRequest): HttpAnswer | HttpFailure {
  const encoding = answer.headers['content-encoding']
  if (encoding === undefined || answer.body.length === 0) return answer
  const decoded = decompress(answer.body, encoding, request.maxBytes)
  switch (decoded.kind) {
    case 'bytes':
      return { ...answer, body: decoded.bytes }
    case 'too_large':
      return tooLarge(request)
    case 'bad_encoding':
      return BAD_ENCODING
  }
}

const BAD_ENCODING: HttpFailure = {
  kind: 'failure',
  code: 'bad_encoding',
  up: 0,
  message: 'its compressed body could not be unpacked; look at the service, or at the proxy before it',
}

function failedExchange(result: Exclude<Exchange, { kind: 'answer' }>, request: HttpRequest): HttpFailure {
  switch (result.kind) {
    case 'too_large':
      return tooLarge(request)
    case 'bad_encoding':
      return BAD_ENCODING
    case 'broken':
      return failureOf(result.error)
    case 'aborted': {
      const seconds = `${request.timeoutMs / 1000} s`
      return result.began
        ? {
            kind: 'failure',
            code: 'unending',
            up: 0,
            message: `body did not end within ${seconds}; is this address a stream? give one that answers and ends, or a longer \`timeout\``,
          }
        : {
            kind: 'failure',
            code: 'timeout',
            up: 0,
            message: `no answer within ${seconds}; the service hangs or is overloaded, or give a longer \`timeout\``,
          }
    }
  }
}

function tooLarge({ maxBytes }: HttpRequest): HttpFailure {
  const limit = maxBytes >= 2 ** 20 ? `${maxBytes / 2 ** 20} MiB` : `${maxBytes} bytes`
  return {
    kind: 'failure',
    code: 'too_large',
    up: 0,
    message: `body larger than ${limit}; give the address of a health or stats document`,
  }
}

/** It did answer, so it is up; what it answers is not what we asked for. */
function redirected(message: string): HttpFailure {
  return { kind: 'failure', code: 'redirect', up: 1, message }
}

import type { IncomingHttpHeaders } from 'node:http'
import { Agent } from 'undici'
import { ACCEPTED_ENCODINGS, decompress } from './decompress.ts'
import { exchange, type Exchange } from './exchange.ts'
import { failureOf, isBrokenConnection, type HttpFailure } from './failure.ts'
import { redirectOf } from './redirects.ts'
import { safeUrl } from './safe-url.ts'

export type HttpRequest = {
  url: URL
  headers: Record<string, string>
  /** The most bytes of body, on the wire and after decompression. */
  maxBytes: number
  /** Only for the words of a failure: how long the caller's signal gives it. */
  timeoutMs: number
  /** Takes any certificate. The caller has said so aloud. */
  insecure: boolean
}

export type HttpAnswer = { kind: 'answer'; status: number; headers: IncomingHttpHeaders; body: Uint8Array }

/** GETs over kept-alive connections. Never throws for what the other side does. */
export type HttpClient = AsyncDisposable & {
  get(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer | HttpFailure>
}

const MAX_REDIRECTS = 3
const CONNECT_TIMEOUT_MS = 10_000
/** Longer than most intervals, so that a connection lives from one scrape to the next if the server allows it. */
const KEEP_ALIVE_MS = 65_000
const CONNECTIONS_PER_ORIGIN = 4

type Pools = { strict: Agent; insecure: Agent; leases: number }
let pools: Pools | undefined

/**
 * Takes a share of the one pool per origin that all sources use together; the last to leave closes it. HTTP/1.1 only:
 * one small question every few seconds gains nothing from HTTP/2, and pays for its frames.
 */
export function openHttpClient(): HttpClient {
  pools ??= { strict: createAgent(true), insecure: createAgent(false), leases: 0 }
  const held = pools
  held.leases++
  let left = false
  return {
    get: (request, signal) => follow(request.insecure ? held.insecure : held.strict, request, signal),
    async [Symbol.asyncDispose]() {
      if (left) return
      left = true
      held.leases--
      if (held.leases > 0) return
      if (pools === held) pools = undefined
      await Promise.all([held.strict.destroy(), held.insecure.destroy()])
    },
  }
}

function createAgent(rejectUnauthorized: boolean): Agent {
  return new Agent({
    allowH2: false,
    connections: CONNECTIONS_PER_ORIGIN,
    keepAliveTimeout: KEEP_ALIVE_MS,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: CONNECT_TIMEOUT_MS, rejectUnauthorized },
  })
}

async function follow(agent: Agent, request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer | HttpFailure> {
  let url = request.url
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const result = await attempt(agent, request, url, signal)
    if (result.kind !== 'answer') return failedExchange(result, request)
    const redirect = redirectOf(url, result.status, result.headers.location)
    switch (redirect.kind) {
      case 'none':
        return unpack(result, request)
      case 'follow':
        url = redirect.url
        break
      case 'elsewhere':
        return redirected(`it sends us to ${redirect.to} (HTTP ${result.status}), another host, perhaps a login page; give the final address as \`url\`, or a token`)
      case 'nowhere':
        return redirected(`it redirects (HTTP ${result.status}) without a usable address; check \`url\``)
    }
  }
  return redirected(`it redirects more than ${MAX_REDIRECTS} times, last to ${safeUrl(url)}; give the final address as \`url\``)
}

/** A broken kept-alive connection is tried once more on a new one: the server may close an idle one at any moment. */
async function attempt(agent: Agent, request: HttpRequest, url: URL, signal: AbortSignal): Promise<Exchange> {
  const asked = {
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    headers: { 'accept-encoding': ACCEPTED_ENCODINGS, ...request.headers },
    maxBytes: request.maxBytes,
  }
  const first = await exchange(agent, asked, signal)
  const again = first.kind === 'broken' && !first.began && isBrokenConnection(first.error) && !signal.aborted
  return again ? exchange(agent, asked, signal) : first
}

function unpack(answer: HttpAnswer, request: HttpRequest): HttpAnswer | HttpFailure {
  const encoding = answer.headers['content-encoding']
  if (encoding === undefined || answer.body.length === 0) return answer
  const decoded = decompress(answer.body, String(encoding), request.maxBytes)
  switch (decoded.kind) {
    case 'bytes':
      return { ...answer, body: decoded.bytes }
    case 'too_large':
      return tooLarge(request)
    case 'bad_encoding':
      return { kind: 'failure', code: 'bad_encoding', up: 0, message: 'its compressed body could not be unpacked; look at the service, or at the proxy before it' }
  }
}

function failedExchange(result: Exclude<Exchange, { kind: 'answer' }>, request: HttpRequest): HttpFailure {
  switch (result.kind) {
    case 'too_large':
      return tooLarge(request)
    case 'broken':
      return failureOf(result.error)
    case 'aborted': {
      const seconds = `${request.timeoutMs / 1000} s`
      return result.began
        ? { kind: 'failure', code: 'unending', up: 0, message: `body did not end within ${seconds}; is this address a stream? give one that answers and ends, or a longer \`timeout\`` }
        : { kind: 'failure', code: 'timeout', up: 0, message: `no answer within ${seconds}; the service hangs or is overloaded, or give a longer \`timeout\`` }
    }
  }
}

function tooLarge({ maxBytes }: HttpRequest): HttpFailure {
  const limit = maxBytes >= 2 ** 20 ? `${maxBytes / 2 ** 20} MiB` : `${maxBytes} bytes`
  return { kind: 'failure', code: 'too_large', up: 0, message: `body larger than ${limit}; give the address of a health or stats document` }
}

/** It did answer, so it is up; what it answers is not what we asked for. */
function redirected(message: string): HttpFailure {
  return { kind: 'failure', code: 'redirect', up: 1, message }
}

import type { IncomingHttpHeaders } from 'node:http'
import { createSecureContext } from 'node:tls'
import { type Clock, sleep } from '../../../lib/clock.ts'
import type { RefuseAddress } from '../../http-client/guard-connector.ts'
import { type HttpClient, openHttpClient } from '../../http-client/http-client.ts'
import type { TlsIdentity } from '../../http-client/origins.ts'
import type { Access } from '../access/access.ts'
import { Refusal } from './resources.ts'

/** What the API server answered; `date` is its clock, epoch ms. */
export type ApiAnswer =
  | { kind: 'document'; document: unknown; date: number | undefined }
  | { kind: 'refused'; status: number; reason: string; message: string; retryAfterSeconds: number | undefined }
  | { kind: 'failed'; code: string; message: string; up: 0 | 1 | null }

export type ApiClientOptions = { clock: Clock; timeoutMs: number; refuseAddress: RefuseAddress | undefined }

/** The metrics-server knows no pages: this is what it says of some 100,000 pods. */
const MAX_BODY_BYTES = 32 * 2 ** 20
/** Told to wait no longer than this, we wait and ask again; longer, and this look goes without. */
const MAX_WAIT_MS = 3_000
const TRIES = 3

/** GETs of one API server. Connections are kept; with another authority or certificate there are others. */
export class ApiClient implements AsyncDisposable {
  readonly #options: ApiClientOptions
  /** Monotonic; the server asked not to be asked before it. */
  #notBefore = Number.NEGATIVE_INFINITY
  #http: { of: string; client: HttpClient } | undefined

  constructor(options: ApiClientOptions) {
    this.#options = options
  }

  /** `path` begins behind the server's own, which may have one too. */
  async get(access: Access, path: string, signal: AbortSignal): Promise<ApiAnswer> {
    const { clock } = this.#options
    if (clock.monotonic() < this.#notBefore) return STILL_THROTTLED
    for (let tried = 1; ; tried++) {
      const answer = await this.#once(access, path, signal)
      if (answer.kind !== 'refused' || answer.status !== 429) return answer
      const waitMs = 1_000 * (answer.retryAfterSeconds ?? 1)
      if (tried === TRIES || waitMs > MAX_WAIT_MS) {
        this.#notBefore = clock.monotonic() + waitMs
        return answer
      }
      const waited = await sleep(clock, waitMs, signal).then(
        () => true,
        () => false,
      )
      if (!waited) return answer
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#http?.client[Symbol.asyncDispose]()
    this.#http = undefined
  }

  async #once(access: Access, path: string, signal: AbortSignal): Promise<ApiAnswer> {
    const { timeoutMs } = this.#options
    const client = await this.#client(access.tls)
    if (client === undefined) return BAD_CERTIFICATE
    const url = new URL(`${access.server.pathname.replace(/\/$/, '')}${path}`, access.server)
    const headers = { accept: 'application/json', 'user-agent': 'headroom', ...access.headers }
    const request = { url, headers, timeoutMs, insecure: access.insecure, maxBytes: MAX_BODY_BYTES }
    const answer = await client.get(request, signal)
    if (answer.kind === 'failure') return { kind: 'failed', ...inOurWords(answer), up: answer.up }
    return read(answer.status, answer.headers, answer.body)
  }

  /** Undefined where the certificates are none, or the key is not that of the certificate. */
  async #client(tls: TlsIdentity): Promise<HttpClient | undefined> {
    const of = JSON.stringify(tls)
    if (this.#http?.of === of) return this.#http.client
    if (!isUsable(tls)) return undefined
    const old = this.#http
    const { refuseAddress } = this.#options
    this.#http = { of, client: openHttpClient({ tls, ...(refuseAddress === undefined ? {} : { refuseAddress }) }) }
    await old?.client[Symbol.asyncDispose]()
    return this.#http.client
  }
}

const STILL_THROTTLED: ApiAnswer = {
  kind: 'refused',
  status: 429,
  reason: 'TooManyRequests',
  message: '',
  retryAfterSeconds: undefined,
}

const BAD_CERTIFICATE: ApiAnswer = {
  kind: 'failed',
  code: 'bad_certificate',
  message:
    'the certificates that the kubeconfig, or the service account, gives cannot be used: one is none, or the key is that of another; write the kubeconfig anew',
  up: null,
}

function isUsable(tls: TlsIdentity): boolean {
  try {
    createSecureContext(tls)
    return true
  } catch {
    return false
  }
}

function read(status: number, headers: IncomingHttpHeaders, body: Uint8Array): ApiAnswer {
  const document = parseJson(body)
  if (status === 200 && document !== undefined)
    return { kind: 'document', document, date: finite(Date.parse(headers.date ?? '')) }
  if (status === 200)
    return {
      kind: 'failed',
      code: 'not_kubernetes',
      message:
        'what answers there is no Kubernetes API server: its answer is not JSON; check the address of the server',
      up: 1,
    }
  const said = Refusal.safeParse(document).data
  const retryAfterSeconds = finite(Number(headers['retry-after'] ?? Number.NaN))
  return { kind: 'refused', status, reason: said?.reason ?? '', message: said?.message ?? '', retryAfterSeconds }
}

/** The words of http-client name options of sources with an address. */
function inOurWords({ code, message }: { code: string; message: string }): { code: string; message: string } {
  if (code === 'tls' && message.includes('NODE_EXTRA_CA_CERTS'))
    return {
      code,
      message:
        "the API server's certificate is not from the authority that the kubeconfig, or the service account, names; write the kubeconfig anew, or set `insecure: true`",
    }
  return { code, message: `the API server: ${message.replace(' in `url`', ' of the server in the kubeconfig')}` }
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'))
  } catch {
    return undefined
  }
}

function finite(number: number): number | undefined {
  return Number.isFinite(number) ? number : undefined
}

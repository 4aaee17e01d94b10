import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import { type AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { gzipSync } from 'node:zlib'
import { selfSigned } from '../../testing/self-signed.ts'
import type { Json } from './objects.ts'

/** The kinds that can be listed: group and resource, as permissions name them. */
export type Listable =
  | 'apps/deployments'
  | 'apps/statefulsets'
  | 'apps/daemonsets'
  | '/pods'
  | 'metrics.k8s.io/pods'
  | 'apps.openshift.io/deploymentconfigs'

const VERSIONS: Readonly<Record<Listable, string>> = {
  'apps/deployments': 'apps/v1',
  'apps/statefulsets': 'apps/v1',
  'apps/daemonsets': 'apps/v1',
  '/pods': 'v1',
  'metrics.k8s.io/pods': 'metrics.k8s.io/v1beta1',
  'apps.openshift.io/deploymentconfigs': 'apps.openshift.io/v1',
}
/** Compressed is what is larger than this. */
const GZIP_FROM_BYTES = 128 * 1024
const USER = 'system:serviceaccount:shop:headroom'
const CLIENT = selfSigned('headroom-client')
const SERVER = selfSigned('localhost', { from: -1, to: 1 }, '127.0.0.1')

/**
 * An API server for tests, over real HTTPS: tokens and client certificates, permissions, pages that expire, throttling,
 * groups that there are not. Everything can be changed while it runs.
 */
export class FakeCluster implements AsyncDisposable {
  /** The certificate of its authority, in PEM. */
  readonly ca = SERVER.cert
  /** A client certificate that it accepts, and its key. */
  readonly client = CLIENT
  readonly requests: { path: string; authorization: string | undefined }[] = []
  /** What stood before its newest request, each header as often as it was sent. */
  headers: IncomingMessage['headersDistinct'] = {}
  tokens = new Set(['secret-token'])
  namespaces = new Set(['default', 'shop', 'shop-staging'])
  /** Whether the account may look at namespaces themselves. */
  maySeeNamespaces = false
  allowed = new Set<Listable>([
    'apps/deployments',
    'apps/statefulsets',
    'apps/daemonsets',
    '/pods',
    'metrics.k8s.io/pods',
  ])
  /** What there is, by namespace; a kind that is missing here is not known to the cluster. */
  objects = new Map<Listable, Map<string, Json[]>>()
  /** A status that every list of a kind is answered with. */
  failing = new Map<Listable, number>()
  /** Lists of these kinds are never answered. */
  hanging = new Set<Listable>()
  /** So many requests are still answered 429. */
  throttled = { times: 0, retryAfterSeconds: 1 }
  /** So many pages behind the first are still answered 410. */
  expiring = 0
  /** How far its clock is ahead of everybody else's. */
  aheadMs = 0
  /** Pages are no longer than this, whatever is asked for. */
  maxPage = 500
  readonly #server: Server
  readonly #now: () => number

  private constructor(server: Server, now: () => number) {
    this.#server = server
    this.#now = now
    for (const kind of Object.keys(VERSIONS) as Listable[])
      if (kind !== 'apps.openshift.io/deploymentconfigs') this.objects.set(kind, new Map())
  }

  /** `now`: its clock, epoch ms. */
  static async open(now: () => number = Date.now): Promise<FakeCluster> {
    const server = createServer({ ...SERVER, requestCert: true, rejectUnauthorized: false, ca: CLIENT.cert })
    const cluster = new FakeCluster(server, now)
    server.on('request', (request, response) => cluster.#answer(request, response))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return cluster
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  get url(): string {
    return `https://127.0.0.1:${this.port}`
  }

  put(kind: Listable, items: Json[], namespace = 'shop'): void {
    const known = this.objects.get(kind) ?? new Map<string, Json[]>()
    this.objects.set(kind, known.set(namespace, items))
  }

  /** A kubeconfig as text, with one context for its token unless told otherwise. */
  kubeconfig({
    user,
    cluster = {},
    namespace = 'shop',
  }: { user?: Json; cluster?: Json; namespace?: string } = {}): string {
    return JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'test',
      contexts: [{ name: 'test', context: { cluster: 'test', user: 'test', namespace } }],
      clusters: [
        {
          name: 'test',
          cluster: {
            server: this.url,
            'certificate-authority-data': Buffer.from(this.ca).toString('base64'),
            ...cluster,
          },
        },
      ],
      users: [{ name: 'test', user: user ?? { token: 'secret-token' } }],
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', this.url)
    const { authorization } = request.headers
    this.requests.push({ path: `${url.pathname}${url.search}`, authorization })
    this.headers = request.headersDistinct
    response.setHeader('date', new Date(this.#now() + this.aheadMs).toUTCString())
    if (!this.#isKnown(request)) return refuse(response, 401, 'Unauthorized', 'Unauthorized')
    if (this.throttled.times > 0) {
      this.throttled.times--
      response.setHeader('retry-after', String(this.throttled.retryAfterSeconds))
      return refuse(response, 429, 'TooManyRequests', 'Too many requests, please try again later.')
    }
    const listed = /^\/(?:api|apis\/([^/]+))\/[^/]+\/namespaces\/([^/]+)\/([a-z]+)$/.exec(url.pathname)
    if (listed === null) return this.#namespaces(url.pathname, response)
    const [, group = '', namespace = '', resource = ''] = listed
    this.#list(`${group}/${resource}` as Listable, namespace, url.searchParams, request, response)
  }

  #isKnown({ headers: { authorization = '' }, socket }: IncomingMessage): boolean {
    return this.tokens.has(authorization.replace(/^Bearer /, '')) || (socket as TLSSocket).authorized
  }

  #namespaces(path: string, response: ServerResponse): void {
    const name = /^\/api\/v1\/namespaces(?:\/([^/]+))?$/.exec(path)
    if (name === null) return notFound(response)
    const wanted = name[1]
    if (!this.maySeeNamespaces)
      return refuse(
        response,
        403,
        'Forbidden',
        `namespaces is forbidden: User "${USER}" cannot get resource "namespaces"`,
      )
    if (wanted === undefined) {
      const items = [...this.namespaces].map((each) => ({ metadata: { name: each } }))
      return send(response, 200, { kind: 'NamespaceList', metadata: {}, items })
    }
    if (!this.namespaces.has(wanted)) return refuse(response, 404, 'NotFound', `namespaces "${wanted}" not found`)
    send(response, 200, { kind: 'Namespace', metadata: { name: wanted } })
  }

  #list(
    kind: Listable,
    namespace: string,
    query: URLSearchParams,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    if (!this.allowed.has(kind)) {
      const [group = '', resource = ''] = kind.split('/')
      const message = `${resource}${group === '' ? '' : `.${group}`} is forbidden: User "${USER}" cannot list resource "${resource}" in API group "${group}" in the namespace "${namespace}"`
      return refuse(response, 403, 'Forbidden', message)
    }
    if (this.hanging.has(kind)) return
    const failing = this.failing.get(kind)
    if (failing !== undefined) return refuse(response, failing, 'ServiceUnavailable', 'service unavailable')
    const known = this.objects.get(kind)
    if (known === undefined) return notFound(response)
    const all = known.get(namespace) ?? []
    const from = Number(Buffer.from(query.get('continue') ?? '', 'base64').toString() || 0)
    if (from > 0 && this.expiring > 0) {
      this.expiring--
      return refuse(
        response,
        410,
        'Expired',
        'The provided continue parameter is too old to display a consistent list result.',
      )
    }
    // The metrics-server knows no pages, and gives everything.
    const limit =
      kind === 'metrics.k8s.io/pods'
        ? all.length
        : Math.min(this.maxPage, Number(query.get('limit') ?? 0) || all.length)
    const rest = all.length - from - limit
    const more =
      rest > 0 ? { continue: Buffer.from(String(from + limit)).toString('base64'), remainingItemCount: rest } : {}
    const body = {
      kind: 'List',
      apiVersion: VERSIONS[kind],
      metadata: { resourceVersion: '4711', ...more },
      items: all.slice(from, from + limit),
    }
    send(response, 200, body, /gzip/.test(String(request.headers['accept-encoding'])))
  }
}

function send(response: ServerResponse, status: number, body: unknown, gzip = false): void {
  const bytes = Buffer.from(JSON.stringify(body))
  response.setHeader('content-type', 'application/json')
  if (!gzip || bytes.length < GZIP_FROM_BYTES) return void response.writeHead(status).end(bytes)
  response.writeHead(status, { 'content-encoding': 'gzip' }).end(gzipSync(bytes, { level: 1 }))
}

function refuse(response: ServerResponse, code: number, reason: string, message: string): void {
  send(response, code, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code })
}

function notFound(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('404 page not found\n')
}

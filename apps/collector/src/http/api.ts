import express, { type Request, type RequestHandler, type Response, Router } from 'express'
import { nearest } from '../lib/nearest.ts'
import { type Answer, type Endpoint, Serialised } from './endpoint.ts'
import { ApiError } from './errors.ts'
import type { Guard } from './guard.ts'
import type { Admit } from './identity.ts'
import { sendJson } from './respond.ts'

export const API = '/api/v1'
const MAX_BODY_BYTES = 256 * 1024

/** The routes of the contract, with what is said to those who miss them. */
export function createApi(endpoints: readonly Endpoint[], admit: Admit, guard: Pick<Guard, 'origin'>): Router {
  const router = Router({ caseSensitive: true })
  const methods = new Map<string, string[]>()
  for (const endpoint of endpoints) {
    const { method, path } = endpoint.route
    methods.set(path, [...(methods.get(path) ?? []), method])
    const verb = ({ GET: 'get', POST: 'post', PATCH: 'patch', DELETE: 'delete' } as const)[method]
    router[verb](path, serve(endpoint, admit, guard))
  }
  for (const [path, allowed] of methods) router.all(path, refuseMethod(allowed))
  router.get('/live', () => {
    throw new ApiError(
      426,
      'upgrade_required',
      'This is the live socket: open it as a WebSocket, with the subprotocol headroom.v1.',
    )
  })
  router.use(unknownPath([...methods.keys()]))
  return router
}

function serve(endpoint: Endpoint, admit: Admit, guard: Pick<Guard, 'origin'>): RequestHandler {
  const { route } = endpoint
  return async (request, response) => {
    const foreign = endpoint.ownPagesOnly ? guard.origin(request.headers.origin, request.headers.host) : null
    if (foreign !== null) throw foreign
    const identity = admit(request, { role: route.role })
    const body = route.body === undefined ? undefined : await readBody(request, response)
    const read = endpoint.read({ params: request.params, query: request.query, body })
    if (read.system !== undefined) admit(request, { role: route.role, system: read.system })
    const { body: said, status, next } = await read.run({ identity, signal: signalOf(response) })
    if (next !== undefined) response.setHeader('Link', nextPage(request, next))
    await sendJson(request, response, status ?? 200, said instanceof Serialised ? said.json : said)
  }
}

/** Aborts when the connection goes before the answer is out. */
function signalOf(response: Response): AbortSignal {
  const gone = new AbortController()
  response.once('close', () => gone.abort(new DOMException('nobody waits for the answer', 'AbortError')))
  return gone.signal
}

const parseJson = express.json({ limit: MAX_BODY_BYTES, type: () => true })

async function readBody(request: Request, response: Response): Promise<unknown> {
  if (request.is('application/json') === false) {
    throw new ApiError(
      415,
      'unsupported_type',
      'The body must be JSON: send the header Content-Type: application/json.',
    )
  }
  await new Promise<void>((resolve, reject) =>
    parseJson(request, response, (error?: unknown) => (error instanceof Error ? reject(error) : resolve())),
  )
  const body: unknown = request.body
  return body ?? {}
}

/** The same request with the place of the next page, relative to this host whatever stands in front of it. */
function nextPage(request: Request, next: NonNullable<Answer<unknown>['next']>): string {
  const url = new URL(request.originalUrl, 'http://localhost')
  for (const [key, value] of Object.entries(next)) url.searchParams.set(key, String(value))
  return `<${url.pathname}${url.search}>; rel="next"`
}

function refuseMethod(methods: readonly string[]): RequestHandler {
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ')
  return (request, response) => {
    response.setHeader('Allow', allow)
    if (request.method === 'OPTIONS') return void response.status(204).end()
    throw new ApiError(
      405,
      'method_not_allowed',
      `${request.method} is not possible here: use ${methods.join(' or ')}.`,
    )
  }
}

/** 404 with the path that was perhaps meant. */
function unknownPath(known: readonly string[]): RequestHandler {
  return (request) => {
    const meant = nearest(request.path, known)
    const hint = meant === undefined ? `GET ${API}/openapi.json lists what there is.` : `Did you mean ${API}${meant}?`
    throw new ApiError(404, 'unknown_path', `There is nothing at ${request.baseUrl}${request.path}. ${hint}`)
  }
}

/** What is under /api but not under the version this collector speaks. */
export function unknownVersion(request: Request): never {
  throw new ApiError(
    404,
    'unknown_path',
    `There is nothing at ${request.baseUrl}${request.path}. The interface is under ${API}: GET ${API}/openapi.json lists it.`,
  )
}

import { type Request, type RequestHandler, Router } from 'express'
import type { PushAnswer, Delivery } from '../sources/types.ts'
import { createBodies } from './bodies.ts'
import { ApiError } from './errors.ts'
import type { Identify } from './types.ts'

/** A route that sources are pushed to. */
export type Receiver = {
  paths: readonly string[]
  answer(delivery: Delivery): Promise<PushAnswer>
}

/**
 * The routes that sources are pushed to. They ask no identity: who may push is the sources' own question, by a token or
 * a signature. `identify` only tells whether somebody sits at this very machine.
 */
export function createReceivers(receivers: readonly Receiver[], identify: Identify): Router {
  const router = Router({ caseSensitive: true, strict: true })
  const readBody = createBodies()
  for (const { paths, answer } of receivers) {
    for (const path of paths) {
      router.post(path, serve(path, answer, identify, readBody))
      // The page is at /: of that address only the POST is ours.
      if (path !== '/') router.all(path, refuseMethod)
    }
  }
  return router
}

function serve(
  path: string,
  answer: Receiver['answer'],
  identify: Identify,
  readBody: ReturnType<typeof createBodies>,
): RequestHandler {
  return async (request, response) => {
    const {
      status,
      headers = {},
      body = '',
    } = await answer({
      path,
      params: paramsOf(request),
      headers: headersOf(request),
      local: identify({ headers: request.headers, remoteAddress: request.socket.remoteAddress }) !== null,
      body: (maxBytes) => readBody(request, maxBytes),
    })
    response.status(status).set(headers).setHeader('Cache-Control', 'no-store')
    response.end(body)
    // A sender reads its answer only when it has got rid of all it has: what nobody wants is thrown away.
    if (!request.readableEnded) request.resume()
  }
}

const refuseMethod: RequestHandler = (request, response) => {
  response.setHeader('Allow', 'POST, OPTIONS')
  if (request.method === 'OPTIONS') return void response.status(204).end()
  throw new ApiError(405, 'method_not_allowed', `${request.method} is not possible here: use POST.`)
}

function headersOf({ headers }: Request): Delivery['headers'] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )
}

function paramsOf({ params }: Request): Delivery['params'] {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, Array.isArray(value) ? value.join('/') : value]),
  )
}

import { Router } from 'express'
import { maySee } from './access.ts'
import { EXPOSITION_TYPE, exposition } from './exposition.ts'
import type { Admit } from './identity.ts'
import type { Readiness, Reads, SelfMetric } from './ports.ts'
import { encodeFor, send, sendJson } from './respond.ts'

export type OperationsParts = Pick<Reads, 'series'> & {
  admit: Admit
  readiness: () => Readiness | Promise<Readiness>
  selfMetrics: () => readonly SelfMetric[] | Promise<readonly SelfMetric[]>
}

/** What the machines around the collector ask: is it alive, is it ready, and its numbers for Prometheus. */
export function createOperations({ admit, series, readiness, selfMetrics }: OperationsParts): Router {
  const router = Router()
  router.get('/healthz', async (request, response) => sendJson(request, response, 200, { ok: true }))
  router.get('/readyz', async (request, response) => {
    const state = await readiness()
    await sendJson(request, response, state.ready ? 200 : 503, state)
  })
  router.get('/metrics', async (request, response) => {
    const identity = admit(request, { role: 'viewer' })
    const [views, own] = await Promise.all([series({}), selfMetrics()])
    const text = exposition(
      views.filter((view) => maySee(identity, view.system)),
      own,
    )
    response.setHeader('Content-Type', EXPOSITION_TYPE)
    response.setHeader('Cache-Control', 'no-store')
    send(response, await encodeFor(request, Buffer.from(text)))
  })
  return router
}

import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import type { Clock } from '../lib/clock.ts'
import type { LiveHub } from '../live/types.ts'
import type { Logger } from '../telemetry/logger.ts'
import { API, createApi, unknownVersion } from './api.ts'
import type { Endpoint } from './endpoint.ts'
import { ApiError, mapError } from './errors.ts'
import type { Guard } from './guard.ts'
import type { Admit } from './identity.ts'
import { openApiDocument } from './openapi.ts'
import { createOperations, type OperationsParts } from './operations.ts'
import { pageRoute } from './page-route.ts'
import type { Kinds, Reads, Trials, Writes } from './ports.ts'
import { createReceivers, type Receiver } from './receivers.ts'
import { sendJson } from './respond.ts'
import { alertsRoutes } from './routes/alerts.ts'
import { answersRoutes } from './routes/answers.ts'
import { askedRoutes } from './routes/asked.ts'
import { configSchemaRoutes } from './routes/config-schema.ts'
import { definitionsRoutes } from './routes/definitions.ts'
import { eventsRoutes } from './routes/events.ts'
import { flagsRoutes } from './routes/flags.ts'
import { framesRoutes } from './routes/frames.ts'
import { kindsRoutes } from './routes/kinds.ts'
import { mappingRoutes } from './routes/mapping.ts'
import { notesRoutes } from './routes/notes.ts'
import { openapiRoutes } from './routes/openapi.ts'
import { plannedRoutes } from './routes/planned.ts'
import { rangeRoutes } from './routes/range.ts'
import { seriesRoutes } from './routes/series.ts'
import { statusRoutes } from './routes/status.ts'
import { systemsRoutes } from './routes/systems.ts'
import type { Identify } from './types.ts'
import { trialsRoutes } from './routes/trials.ts'

export type AppParts = Pick<OperationsParts, 'readiness' | 'selfMetrics'> & {
  reads: Reads
  writes: Writes
  trials: Trials
  kinds: Kinds
  live: Pick<LiveHub, 'poll'>
  /** The JSON Schema of headroom.yaml. */
  configSchema: () => Record<string, unknown>
  /** The folder of the built page. */
  webRoot: string
  version: string
  guard: Guard
  admit: Admit
  identify: Identify
  /** The routes that sources are pushed to. */
  receivers?: readonly Receiver[]
  clock: Clock
  log: Logger
}

/** Everything that is answered over HTTP, in the order in which a request meets it. */
export function createApp(parts: AppParts): Express {
  const { reads, guard, admit, clock, log, webRoot } = parts
  const app = express()
  app.disable('x-powered-by').disable('etag')
  app.use(securityHeaders)
  app.use(onlyOurs(guard))
  app.use(API, createApi(endpoints(parts), admit, guard))
  app.use('/api', unknownVersion)
  app.use(createOperations({ admit, series: reads.series, readiness: parts.readiness, selfMetrics: parts.selfMetrics }))
  app.use(createReceivers(parts.receivers ?? [], parts.identify))
  app.use(pageRoute(webRoot, () => clock.monotonic()))
  app.use((request) => {
    throw new ApiError(
      404,
      'not_found',
      `There is nothing at ${request.path}. The page is at /, the interface at ${API}.`,
    )
  })
  app.use(answerError(log))
  return app
}

function endpoints({ reads, writes, trials, kinds, live, configSchema, version, clock }: AppParts): Endpoint[] {
  const now = (): number => clock.now()
  // Made once, when first asked for.
  let document: Record<string, unknown> | undefined
  return [
    ...statusRoutes(reads),
    ...systemsRoutes(reads),
    ...seriesRoutes(reads),
    ...rangeRoutes({ ...reads, now }),
    ...eventsRoutes(reads),
    ...flagsRoutes(reads),
    ...alertsRoutes(reads),
    ...notesRoutes({ notes: reads.notes, ...writes, now }),
    ...mappingRoutes(reads),
    ...answersRoutes(reads),
    ...askedRoutes(reads),
    ...definitionsRoutes(reads),
    ...plannedRoutes(reads),
    ...framesRoutes({ live }),
    ...trialsRoutes(trials),
    ...kindsRoutes(kinds),
    ...configSchemaRoutes({ configSchema }),
    ...openapiRoutes({ openapi: () => (document ??= openApiDocument(version)) }),
  ]
}

const CSP = "default-src 'self'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; object-src 'none'"

const securityHeaders: RequestHandler = (_request, response, next) => {
  response.setHeader('Content-Security-Policy', CSP)
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('Referrer-Policy', 'no-referrer')
  next()
}

const READING = new Set(['GET', 'HEAD', 'OPTIONS'])

function onlyOurs(guard: Guard): RequestHandler {
  return (request, _response, next) => {
    const { host, origin } = request.headers
    const refusal = guard.host(host) ?? (READING.has(request.method) ? null : guard.origin(origin, host))
    if (refusal !== null) throw refusal
    next()
  }
}

function answerError(log: Logger): ErrorRequestHandler {
  return async (error, request, response, next) => {
    const { status, body } = mapError(error, log)
    // Too late to answer anything: express breaks the connection, so that a half answer is not taken for a whole one.
    if (response.headersSent) return next(error)
    if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer')
    await sendJson(request, response, status, body)
  }
}

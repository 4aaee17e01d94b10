import express, { type ErrorRequestHandler, type Express } from 'express'
import type { Clock } from '../clock.ts'
import { answerError } from './answer-error.ts'
import type { CaptionService } from './caption-service.ts'
import { healthDocument, systemStatsDocument } from './health-document.ts'
import { inSlot, type SlottedWork } from './in-slot.ts'
import { exportRoute, joinRoute, lookRoute, uploadRoute } from './session-routes.ts'

export type CreateAppOptions = {
  service: CaptionService
  clock: Clock
  /** Shown in the documents when it is not 1. */
  speed: number
  report: (error: unknown) => void
}

const ABOUT =
  'Caption workshop: the demo of Headroom. Its students, database, caption API and memory size are simulated.\n' +
  'GET /health, GET /system-stats\n'

/** The HTTP side of the service. */
export function createApp({ service, clock, speed, report }: CreateAppOptions): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', false)

  // Answered outside the slots and the counts, so that a full service can still be seen, and looking changes nothing.
  app.get('/', (_req, res) => void res.type('text/plain').send(ABOUT))
  app.get('/health', (_req, res) => void res.json(healthDocument(service.figures, speed)))
  app.get('/system-stats', (_req, res) => void res.json(systemStatsDocument(service.figures, speed)))

  app.use(express.json({ limit: '1mb' }))
  const slotted = (work: SlottedWork) =>
    inSlot({ slots: service.slots, requests: service.requests, clock, report }, work)
  app.post('/sessions', slotted(joinRoute(service)))
  app.post('/sessions/:id/images', slotted(uploadRoute(service, clock)))
  app.get('/sessions/:id', slotted(lookRoute(service)))
  app.post('/sessions/:id/export', slotted(exportRoute(service)))
  app.use((_req, res) => void res.status(404).json({ error: 'no such page' }))
  const onError: ErrorRequestHandler = (error: unknown, _req, res, _next) => answerError(res, error, report)
  app.use(onError)
  return app
}

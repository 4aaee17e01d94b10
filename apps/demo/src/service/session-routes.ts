import type { Request, Response } from 'express'
import type { Clock } from '../clock.ts'
import type { CaptionService } from './caption-service.ts'
import type { SlottedWork } from './in-slot.ts'
import { readJoin, readUploads } from './read-body.ts'
import type { Session } from './session-store.ts'

/** POST /sessions `{ name }` answers 201 `{ id }`, or 503 when there are too many. */
export function joinRoute(service: CaptionService): SlottedWork {
  return async (req, res, { signal }) => {
    const { name } = readJoin(req.body)
    await service.read(signal)
    const made = service.sessions.create(name)
    if (made.kind === 'created') res.status(201).json({ id: made.session.id })
    else res.status(503).json({ error: 'server busy: too many sessions' })
  }
}

/** POST /sessions/:id/images `{ images }` answers 202 once they are stored and queued, or 503 when the queue is full. */
export function uploadRoute(service: CaptionService, clock: Clock): SlottedWork {
  return async (req, res, { signal, startedAtMs }) => {
    const session = findSession(service, req, res)
    if (!session) return
    const uploads = readUploads(req.body)
    if ((await service.upload(session, uploads, signal)) === 'full') {
      res.status(503).json({ error: 'server busy: the caption queue is full' })
      return
    }
    service.requests.uploaded(clock.nowMs() - startedAtMs)
    res.status(202).json({ queued: uploads.length })
  }
}

/** GET /sessions/:id answers how many images there are, and how many of them wait for a caption. */
export function lookRoute(service: CaptionService): SlottedWork {
  return async (req, res, { signal }) => {
    const session = findSession(service, req, res)
    if (!session) return
    await service.read(signal)
    const waiting = session.images.filter(({ state }) => state.kind === 'waiting').length
    res.json({ images: session.images.length, waiting })
  }
}

/** POST /sessions/:id/export answers the captions, and deletes the session. */
export function exportRoute(service: CaptionService): SlottedWork {
  return async (req, res, { signal }) => {
    const session = findSession(service, req, res)
    if (!session) return
    await service.read(signal)
    const images = session.images.map(({ name, state }) => ({
      name,
      caption: state.kind === 'captioned' ? state.caption : null,
    }))
    service.sessions.export(session.id)
    res.json({ images })
  }
}

/** The session of the path; answers 404 itself when there is none. */
function findSession(service: CaptionService, req: Request, res: Response): Session | undefined {
  const { id } = req.params
  const session = typeof id === 'string' ? service.sessions.find(id) : undefined
  if (!session) res.status(404).json({ error: 'no such session' })
  return session
}

import type { Request, RequestHandler, Response } from 'express'
import type { Clock } from '../clock.ts'
import { answerError } from './answer-error.ts'
import type { Pool } from './pool.ts'
import type { RequestLog } from './request-log.ts'

/** One request being answered: its signal is aborted when the client hangs up or the server closes. */
export type Call = { signal: AbortSignal; startedAtMs: number }

/** What a route does. */
export type SlottedWork = (req: Request, res: Response, call: Call) => Promise<void>

export type InSlotOptions = {
  slots: Pool
  requests: RequestLog
  clock: Clock
  report: (error: unknown) => void
}

const CLIENT_CLOSED_REQUEST = 499

/** Makes a route that first takes one of the request slots (gunicorn's workers x threads), and whose time is measured from its arrival. */
export function inSlot({ slots, requests, clock, report }: InSlotOptions, work: SlottedWork): RequestHandler {
  return async (req, res) => {
    const startedAtMs = clock.nowMs()
    const gone = new AbortController()
    res.once('close', () => {
      gone.abort(new Error('the client hung up'))
      const status = res.writableFinished ? res.statusCode : CLIENT_CLOSED_REQUEST
      requests.answered(status, clock.nowMs() - startedAtMs)
    })
    try {
      using _slot = await slots.acquire(gone.signal)
      await work(req, res, { signal: gone.signal, startedAtMs })
    } catch (error) {
      if (!gone.signal.aborted) answerError(res, error, report)
    }
  }
}

import type { Response } from 'express'
import { PoolRefused } from './pool.ts'
import { BadRequest } from './read-body.ts'

/** The one place where an error becomes an answer. What nobody expected is reported too. */
export function answerError(res: Response, error: unknown, report: (error: unknown) => void): void {
  const { status, message } = toAnswer(error)
  if (status === 500 && !(error instanceof PoolRefused)) report(error)
  if (!res.headersSent) res.status(status).json({ error: message })
}

function toAnswer(error: unknown): { status: number; message: string } {
  if (error instanceof BadRequest) return { status: 400, message: error.message }
  if (error instanceof PoolRefused) {
    // No slot is "server busy"; no connection surfaces as a plain failure, as SQLAlchemy's pool timeout does.
    return { status: error.pool === 'request slots' ? 503 : 500, message: error.message }
  }
  const status = bodyParserStatus(error)
  return status === undefined
    ? { status: 500, message: 'internal error' }
    : { status, message: 'the body cannot be read: send JSON of at most 1 MB' }
}

/** Express' body parser marks its errors with the status it would answer. */
function bodyParserStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('status' in error)) return undefined
  const { status } = error
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined
}

import type { CommitFailure } from '../types.ts'

const PRIMARY = { ioError: 10, corrupt: 11, full: 13, constraint: 19, notADatabase: 26 } as const

/** SQLite's primary result code of an error that node:sqlite threw; null for any other error. */
function resultCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null
  return error.errcode & 0xff
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

export function isCorrupt(error: unknown): boolean {
  const code = resultCode(error)
  return code === PRIMARY.corrupt || code === PRIMARY.notADatabase
}

export function isFull(error: unknown): boolean {
  if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return true
  return resultCode(error) === PRIMARY.full
}

/** What SQLite refused, as the caller of `commit` may act on it. Anything that is not SQLite's is thrown on. */
export function commitFailure(error: unknown): CommitFailure {
  if (isFull(error)) return { code: 'full', message: `The disk is full: ${messageOf(error)}`, retryable: true }
  const code = resultCode(error)
  if (code === PRIMARY.constraint)
    return { code: 'invalid', message: `An event's seq is taken: ${messageOf(error)}`, retryable: false }
  // A chunk that a late sample belongs to cannot be decoded.
  if (error instanceof RangeError)
    return { code: 'io', message: `The store is damaged: ${error.message}`, retryable: false }
  if (code === null) throw error
  return { code: 'io', message: `The store cannot write: ${messageOf(error)}`, retryable: !isCorrupt(error) }
}

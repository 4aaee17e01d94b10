import { createHash } from 'node:crypto'
import type { Stats } from 'node:fs'
import { type FileHandle, readdir, stat } from 'node:fs/promises'
import { dirname, join, parse } from 'node:path'
import { z } from 'zod'
import type { OpenLog } from './open-log.ts'

/** What lies before a place is compared before reading goes on there: of a log only its digest is kept. */
const MARK_BYTES = 64
/** What was written longer ago is no news, and would be told as if it were. */
/** Of a folder with very many files only so many are looked at. */
const MAX_LOOKED_AT = 200
const MAX_AGE_MS = 10 * 60_000
/** Clocks of a disk and of the machine may differ by a little. */
const SLACK_MS = 2_000

const Place = z.strictObject({
  path: z.string(),
  identity: z.string(),
  /** All lines before it have been told. */
  offset: z.int().min(0),
  mark: z.string(),
  at: z.number(),
})
/** How far a file was read when the collector last told what it had found in it. */
export type Place = z.infer<typeof Place>

/** The place that has been reached: the beginning of the line under way. */
export async function placeIn(path: string, log: OpenLog, now: number): Promise<Place> {
  const offset = log.offset - log.stream.unfinished
  return { path, identity: log.identity, offset, mark: await markBefore(log.handle, offset), at: now }
}

/** What was kept, where it is of this file's name and not too long ago. */
export function recalledPlace(text: string | undefined, path: string, now: number): Place | undefined {
  if (text === undefined) return undefined
  try {
    const place = Place.parse(JSON.parse(text))
    return place.path === path && now >= place.at - SLACK_MS && now - place.at <= MAX_AGE_MS ? place : undefined
  } catch {
    return undefined
  }
}

/**
 * Where to begin in a file that a kept place was of, or may have been: at the place where what lies before it is the
 * same; at the beginning of a file that was truncated or made anew since; at its end where nothing says what it is.
 */
export async function beginAt(place: Place, handle: FileHandle, stats: Stats, identity: string): Promise<number> {
  const isNew = identity !== place.identity && stats.birthtimeMs >= place.at - SLACK_MS
  if (isNew) return 0
  if (stats.size >= place.offset && (await markBefore(handle, place.offset)) === place.mark) return place.offset
  return identity === place.identity ? 0 : stats.size
}

/** Where the file of a place lies by now, if it was renamed within its folder since. */
export async function movedTo(place: Place, identityOf: (stats: Stats) => string): Promise<string | undefined> {
  const folder = dirname(place.path)
  const stem = parse(place.path).name
  const names = (await readdir(folder)).filter((name) => name.startsWith(stem) && join(folder, name) !== place.path)
  for (const name of names.slice(0, MAX_LOOKED_AT)) {
    const stats = await stat(join(folder, name)).catch(() => undefined)
    if (stats !== undefined && identityOf(stats) === place.identity && stats.size >= place.offset)
      return join(folder, name)
  }
  return undefined
}

export async function markBefore(handle: FileHandle, offset: number): Promise<string> {
  const from = Math.max(0, offset - MARK_BYTES)
  const buffer = Buffer.alloc(offset - from)
  const { bytesRead } = await handle.read(buffer, 0, buffer.length, from)
  return createHash('sha256').update(buffer.subarray(0, bytesRead)).digest('base64url').slice(0, 22)
}

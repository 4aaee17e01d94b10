import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'

/** An image on its way to a caption. The full picture is dropped once it has one; the thumbnail stays. */
export type Image = { name: string; thumbnail: Buffer; state: ImageState }

export type ImageState =
  | { kind: 'waiting'; picture: Buffer }
  | { kind: 'captioned'; caption: string }
  | { kind: 'failed'; reason: string }

/** One person's work. `name` is a person: it belongs on their screen, and in no metric. */
export type Session = {
  id: string
  name: string
  draft: Buffer
  images: Image[]
  startedAtMs: number
  seenAtMs: number
}

const DRAFT_BYTES = 3 * 1024
const THUMBNAIL_BYTES = 360
const IDLE_LIMIT_MS = 30 * 60_000

/** The sessions, in memory, at most `maxSessions`: deleted on export, or after half an hour without a sign of life. */
export class SessionStore {
  readonly #sessions = new Map<string, Session>()
  readonly #clock: Clock
  readonly maxSessions: number
  #exportedTotal = 0

  constructor(maxSessions: number, clock: Clock) {
    this.maxSessions = maxSessions
    this.#clock = clock
  }

  get all(): readonly Session[] {
    this.#dropIdle()
    return [...this.#sessions.values()]
  }

  get exportedTotal(): number {
    return this.#exportedTotal
  }

  /** What the sessions really hold in memory, in bytes. */
  get heldBytes(): number {
    return this.all.reduce((sum, session) => sum + sessionBytes(session), 0)
  }

  create(name: string): { kind: 'created'; session: Session } | { kind: 'busy' } {
    this.#dropIdle()
    if (this.#sessions.size >= this.maxSessions) return { kind: 'busy' }
    const nowMs = this.#clock.nowMs()
    const session: Session = {
      id: randomUUID(),
      name,
      draft: Buffer.alloc(DRAFT_BYTES),
      images: [],
      startedAtMs: nowMs,
      seenAtMs: nowMs,
    }
    this.#sessions.set(session.id, session)
    return { kind: 'created', session }
  }

  /** The session, noted as seen now. */
  find(id: string): Session | undefined {
    const session = this.#sessions.get(id)
    if (session) session.seenAtMs = this.#clock.nowMs()
    return session
  }

  has(id: string): boolean {
    return this.#sessions.has(id)
  }

  /** Export is what frees a session's memory. */
  export(id: string): void {
    if (this.#sessions.delete(id)) this.#exportedTotal += 1
  }

  #dropIdle(): void {
    const oldestMs = this.#clock.nowMs() - IDLE_LIMIT_MS
    for (const session of this.#sessions.values()) {
      if (session.seenAtMs < oldestMs) this.#sessions.delete(session.id)
    }
  }
}

/** A new image of a session: the picture until it is captioned, and a thumbnail. */
export function newImage(name: string, picture: Buffer): Image {
  // Copied, because a slice would keep the whole picture alive.
  const thumbnail = Buffer.from(picture.subarray(0, THUMBNAIL_BYTES))
  return { name, thumbnail, state: { kind: 'waiting', picture } }
}

function sessionBytes(session: Session): number {
  return session.images.reduce(
    (sum, { thumbnail, state }) => sum + thumbnail.length + (state.kind === 'waiting' ? state.picture.length : 0),
    session.draft.length,
  )
}

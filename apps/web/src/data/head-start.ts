import type { RangeQuery } from './http-client.ts'

/** An answer of the collector as it came. */
export type RawAnswer = { status: number; text: string }
/** A question that was asked: its answer is here, or still to come; undefined is one that failed. */
export type Asked = { here: RawAnswer | undefined; coming: Promise<RawAnswer | undefined> }

/** What `app/head-start.ts` has begun by the time that the page itself runs. */
export type HeadStart = {
  /** `performance.now()`, ms. */
  begunAt: number
  /** Until somebody takes it. */
  socket: WebSocket | undefined
  /** What it has said so far. */
  messages: unknown[]
  letGo: () => void
  /** The flags of a system, when so many series of it were known. */
  flags: (Asked & { system: string; series: number }) | undefined
  history: (Asked & { query: RangeQuery }) | undefined
}

declare global {
  var headStart: HeadStart | undefined
}

/** It is meant for the first screen: what is asked later than that, ms, is asked anew. */
const FRESH_MS = 5_000

/** The head start, while it is one. */
export function headStart(): HeadStart | undefined {
  const begun = globalThis.headStart
  if (begun === undefined || performance.now() - begun.begunAt < FRESH_MS) return begun
  globalThis.headStart = undefined
  return undefined
}

/** The live socket that is open already, or being opened, and what it said; for the first who asks. */
export function takeSocket(): { socket: WebSocket; messages: readonly unknown[] } | undefined {
  const begun = globalThis.headStart
  const socket = begun?.socket
  if (begun === undefined || socket === undefined || socket.readyState > WebSocket.OPEN) return undefined
  begun.letGo()
  return { socket, messages: begun.messages }
}

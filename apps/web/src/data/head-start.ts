import type { RangeQuery } from './http-client.ts'

/** An answer of the collector as it came. */
export type RawAnswer = { status: number; text: string; html: boolean }
type Question = { coming: Promise<RawAnswer>; here: RawAnswer | undefined }

/** What `app/head-start.ts` has begun by the time that the page itself runs. */
export type HeadStart = {
  /** `performance.now()`, ms. */
  begunAt: number
  /** Until somebody takes it. */
  socket: WebSocket | undefined
  /** What it has said so far. */
  messages: unknown[]
  letGo: () => void
  /** By the address that was asked. */
  questions: Map<string, Question>
  /** The history that was asked for, and at which address. */
  history: { query: RangeQuery; url: string } | undefined
}

declare global {
  var headStart: HeadStart | undefined
}

/** It is meant for the first screen: what is asked later than that, ms, is asked anew. */
const FRESH_MS = 5_000

/** An answer that takes longer, ms, is not waited for: it is asked for anew, with the deadlines of every question. */
const PATIENCE_MS = 2_000

/** For how long an answer is waited for that was asked for before the page ran. */
export function waiting(): AbortSignal {
  return AbortSignal.timeout(PATIENCE_MS)
}

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

/** The answer to a question that was asked already, for the first who asks: here, or still to come. */
export function takeAnswer(url: string): Question | undefined {
  const begun = headStart()
  const question = begun?.questions.get(url)
  begun?.questions.delete(url)
  return question
}

/** Waits for it, as long as `signal` allows; undefined where none comes. */
export async function comingAnswer(question: Question, signal: AbortSignal): Promise<RawAnswer | undefined> {
  const over = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined)
    signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })
  return await Promise.race([question.coming.catch(() => undefined), over])
}

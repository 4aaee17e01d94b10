import type { IncomingMessage } from 'node:http'
import { WebSocket } from 'ws'
import type { Clock } from '../../../lib/clock.ts'
import { failureOf } from '../../http-client/failure.ts'
import { type Failed, readJson } from './render-api.ts'

const MAX_PAYLOAD = 2 ** 20
const MAX_REFUSAL = 64 * 1024
/** A connection that says nothing may be dead: it is asked, and given up where it does not answer before the next time. */
const PING_MS = 20_000
const HANDSHAKE_MS = 15_000

export type SubscriptionEvents = {
  open(): void
  /** It has just given a sign of life. */
  alive(): void
  line(text: string): void
  /** It is over; called once, whether it ever began or not. */
  ended(failed: Failed): void
}

export type SubscriptionParts = {
  url: string
  headers: Record<string, string>
  clock: Pick<Clock, 'after'>
  refusedWith(status: number, said: unknown, retryAfter: string | undefined): Failed
}

/** One connection that says log lines; the returned function ends it. */
export function subscribe(parts: SubscriptionParts, events: SubscriptionEvents): () => void {
  const { url, headers, clock, refusedWith } = parts
  const socket = new WebSocket(url, {
    headers,
    maxPayload: MAX_PAYLOAD,
    handshakeTimeout: HANDSHAKE_MS,
    followRedirects: false,
  })
  let over = false
  let answered = true
  let cancelPing = (): void => undefined
  const end = (failed: Failed): void => {
    if (over) return
    over = true
    cancelPing()
    socket.terminate()
    events.ended(failed)
  }
  const ping = (): void => {
    if (!answered) return end(LOST)
    answered = false
    socket.ping()
    cancelPing = clock.after(PING_MS, ping)
  }
  socket.on('open', () => {
    cancelPing = clock.after(PING_MS, ping)
    events.open()
  })
  const alive = (): void => {
    answered = true
    if (!over) events.alive()
  }
  socket.on('pong', alive)
  socket.on('message', (data: Buffer) => {
    if (!over) events.line(data.toString())
    alive()
  })
  socket.on('unexpected-response', (_, response) => {
    void readRefusal(response).then((said) =>
      end(refusedWith(response.statusCode ?? 0, said, response.headers['retry-after'])),
    )
  })
  socket.on('error', (error) => {
    const { code, message } = failureOf(error)
    end({ problem: { code, message: `Render: ${message}` } })
  })
  socket.on('close', () => end(LOST))
  return () => {
    over = true
    cancelPing()
    socket.on('error', () => undefined)
    socket.terminate()
  }
}

const LOST: Failed = {
  problem: { code: 'reset', message: 'Render ended the stream of log lines; it is taken up again where it broke off' },
}

async function readRefusal(response: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = []
  let length = 0
  try {
    for await (const piece of response) {
      if (!Buffer.isBuffer(piece)) continue
      length += piece.length
      if (length > MAX_REFUSAL) break
      pieces.push(piece)
    }
  } catch {
    // What came of it is enough.
  }
  return readJson(Buffer.concat(pieces))
}

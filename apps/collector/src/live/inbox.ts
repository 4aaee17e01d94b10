import { ClientMessage } from '@headroom/shared/protocol.ts'
import type { LiveLimits } from './limits.ts'
import type { Session } from './session.ts'

/** Why a client was sent away for what it said: the reasons of close code 1008, each under 123 bytes. */
export const REFUSALS = {
  flood: 'too many messages: at most 50 in 10 s',
  binary: 'binary messages are not understood: send JSON as text',
  json: 'not JSON: send {"kind":"resume"|"subscribe"|"ping", ...} as text',
  unknown: 'unknown message: the kinds are resume {stream, seq}, subscribe {systems} and ping',
} as const
export type Refusal = keyof typeof REFUSALS

export type Heard = { ok: true; message: ClientMessage } | { ok: false; refusal: Refusal }

/** Reads what a client said. `text` is null for a binary message. */
export function hear(
  session: Pick<Session, 'messages'>,
  text: string | null,
  now: number,
  limits: Pick<LiveLimits, 'maxMessages' | 'floodWindowMs'>,
): Heard {
  const { messages } = session
  if (now - messages.since >= limits.floodWindowMs) Object.assign(messages, { since: now, count: 0 })
  messages.count += 1
  if (messages.count > limits.maxMessages) return { ok: false, refusal: 'flood' }
  if (text === null) return { ok: false, refusal: 'binary' }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { ok: false, refusal: 'json' }
  }
  const parsed = ClientMessage.safeParse(json)
  return parsed.success ? { ok: true, message: parsed.data } : { ok: false, refusal: 'unknown' }
}

import { ServerMessage } from '@headroom/shared/protocol.ts'
import { z } from 'zod'

/**
 * What a message from the collector is to this page. `foreign`: of a kind that only a newer page knows; its number
 * counts, so that nothing seems to be missing. `unreadable`: it could have been anything.
 */
export type ReadMessage =
  | { is: 'known'; message: ServerMessage }
  | { is: 'foreign'; seq: number; prev: number }
  | { is: 'unreadable' }

const KINDS: ReadonlySet<string> = new Set(ServerMessage.options.map((option) => option.shape.kind.value))
const Numbered = z.looseObject({ kind: z.string(), seq: z.number(), prev: z.number() })

export function readMessage(value: unknown): ReadMessage {
  const known = ServerMessage.safeParse(value)
  if (known.success) return { is: 'known', message: known.data }
  const numbered = Numbered.safeParse(value)
  if (!numbered.success || KINDS.has(numbered.data.kind)) return { is: 'unreadable' }
  return { is: 'foreign', seq: numbered.data.seq, prev: numbered.data.prev }
}

/** The same of a message as a socket gives it: a text, if it is one of ours. */
export function readText(data: unknown): ReadMessage {
  if (typeof data !== 'string') return { is: 'unreadable' }
  try {
    return readMessage(JSON.parse(data))
  } catch {
    return { is: 'unreadable' }
  }
}

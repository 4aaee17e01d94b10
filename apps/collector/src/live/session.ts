import type { Identity } from '../http/types.ts'
import type { Filter } from './filter.ts'
import type { LiveSocket } from './socket.ts'

/** Where a client stands in the stream: the last frame it was considered for, and the last seq it was sent. */
export type Place = { cursor: number; sent: number }

/**
 * The states of a client.
 * `greeting`: connected, not yet told anything. `live`: gets frames as they come; up to `owed` they are what it missed
 * and asked for, and are not skipped. `lagging`: does not read fast enough and is sent nothing until it has drained;
 * `adrift` if frames alone will not do then, because it has to be greeted anew.
 * `leaving`: was told to go.
 */
export type SessionState =
  | { kind: 'greeting' }
  | ({ kind: 'live'; owed: number } & Place)
  | ({ kind: 'lagging'; owed: number; adrift: boolean; since: number; cancel: () => void } & Place)
  | { kind: 'leaving'; reason: string; cancel: () => void }

export type Session = {
  readonly socket: LiveSocket
  readonly viewer: Identity
  filter: Filter
  state: SessionState
  /** Something was heard since the last heartbeat; how many heartbeats went unanswered. */
  heard: boolean
  silences: number
  /** Messages in the current window, for the flood bound. */
  messages: { since: number; count: number }
  /** Called by the socket when a message has left; the same function for every message. */
  flushed: () => void
}

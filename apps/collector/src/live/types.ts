import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { LiveFrame, ServerMessage } from '@headroom/shared/protocol.ts'
import type { Identity } from '../http/types.ts'

/** What the live hub needs to greet a client: the state of everything, now. */
export type Snapshot = Omit<Extract<ServerMessage, { kind: 'hello' }>, 'kind' | 'protocol' | 'stream' | 'role'>

/** Where the pipeline sends frames. `stored` is false while nothing can be recorded. */
export type LiveBus = {
  /** The seqs must rise from frame to frame and from call to call; holes are allowed. Returns before all is sent. */
  publish(frames: readonly LiveFrame[], stored: boolean): void
}

/** An HTTP request that asks to become a WebSocket, as node:http's `upgrade` event gives it. */
export type Upgrade = { request: IncomingMessage; socket: Duplex; head: Buffer }

/**
 * One question for frames over plain HTTP: what came after `after` in this stream. Without a place, the state of
 * everything. It waits `waitMs` at most for something to say, and no longer than its signal.
 */
export type LivePoll = { stream?: string; after?: number; waitMs: number; signal: AbortSignal }

/** The answer as JSON (`Frames` of the contract), or why there is no room to wait. */
export type Polled = { kind: 'frames'; json: Buffer } | { kind: 'refused'; reason: string }

/** All live clients. Disposing says bye to everybody and waits for them to leave, at most `closeMs`. */
export type LiveHub = LiveBus &
  AsyncDisposable & {
    /** New at each start of a collector. */
    readonly stream: string
    /** Takes an upgrade that has been allowed already (Host, Origin, identity). */
    accept(upgrade: Upgrade, viewer: Identity): void
    /** Answers a question for frames that has been allowed already. */
    poll(poll: LivePoll, viewer: Identity): Promise<Polled>
    /** How many clients are connected, or wait for an answer. */
    viewers(): number
    /** Says bye to those whose identity matches, and closes them. Returns how many there were. */
    end(match: (viewer: Identity) => boolean, reason: string): number
    /** Says bye to everybody, and lets nobody in from now on. Disposing afterwards only waits. */
    close(reason: string): void
  }

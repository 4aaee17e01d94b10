import type { LiveFrame, ServerMessage } from '@headroom/shared/protocol.ts'
import type { Clock } from '../lib/clock.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { Greeter } from './greeter.ts'
import type { LiveLimits } from './limits.ts'
import type { Kept, Ring } from './ring.ts'
import type { Place, Session } from './session.ts'

export type DeliveryParts = { clock: Clock; log: Logger; limits: LiveLimits; ring: Ring; greeter: Greeter }

/**
 * Brings one client from its place in the ring to the newest frame. Nothing is queued for a client beyond what its
 * socket buffers: one that cannot keep up stays at its place, and when it has drained it is told the span it missed
 * and given the newest state.
 */
export class Delivery {
  readonly #parts: DeliveryParts

  constructor(parts: DeliveryParts) {
    this.#parts = parts
  }

  /** Sends the state of everything; frames follow from there. A client that has much unread gets it when it has drained. */
  greet(session: Session): void {
    const { state } = session
    if (state.kind === 'leaving') return
    if (state.kind === 'lagging') state.adrift = true
    else if (state.kind === 'live' && session.socket.bufferedBytes() > this.#parts.limits.maxBufferedBytes / 4)
      this.#lag(session, state, true)
    else this.#hello(session)
  }

  /** Sends what the client has not had yet, as far as it can take it. */
  advance(session: Session): void {
    for (;;) {
      if (session.state.kind !== 'live') return
      if (!this.#parts.ring.reaches(session.state.cursor)) return this.#leap(session, session.state)
      const next = this.#next(session, session.state)
      if (next === undefined) return
      const waiting = session.socket.bufferedBytes()
      if (waiting > 0 && waiting + next.message.length > this.#parts.limits.maxBufferedBytes)
        return this.#lag(session, session.state, false)
      session.socket.send(next.message, session.flushed)
      session.state.cursor = session.state.sent = next.kept.seq
    }
  }

  /** The client says what it had last, on an earlier connection: its place is there again, if the ring reaches back so far. */
  resume(session: Session, seq: number): void {
    const { state } = session
    // One that lags is told its gap when it has drained; that covers this too.
    if (state.kind !== 'live') return
    if (seq > Math.max(this.#parts.ring.head, state.sent)) return this.greet(session)
    session.state = { kind: 'live', cursor: seq, sent: seq, owed: this.#parts.ring.head }
    this.advance(session)
  }

  /** A message has left this process: if the client had fallen behind, it may have caught up. */
  flushed(session: Session): void {
    const { state } = session
    const { clock, limits, ring } = this.#parts
    if (state.kind !== 'lagging' || session.socket.bufferedBytes() > limits.maxBufferedBytes / 4) return
    state.cancel()
    const { cursor, sent, owed, adrift } = state
    const live = { kind: 'live' as const, cursor, sent, owed }
    session.state = live
    const nothingLost = ring.reaches(cursor) && this.#next(session, live) === undefined
    if (nothingLost && adrift) return this.#hello(session)
    const asked = cursor < owed
    const brief = clock.monotonic() - state.since < limits.briefStallMs
    if (nothingLost || (!adrift && ring.reaches(cursor) && (asked || brief))) this.advance(session)
    else this.#leap(session, live)
  }

  /** The next frame that this client is shown; its cursor passes over those it is not. */
  #next(session: Session, place: Place): { kept: Kept; message: Buffer } | undefined {
    for (
      let kept = this.#parts.ring.after(place.cursor);
      kept !== undefined;
      kept = this.#parts.ring.after(place.cursor)
    ) {
      const message = kept.encoding.message(session.filter, place.sent)
      if (message !== null) return { kept, message }
      place.cursor = kept.seq
    }
    return undefined
  }

  #lag(session: Session, { cursor, sent, owed }: Place & { owed: number }, adrift: boolean): void {
    const { clock, limits, log } = this.#parts
    const cancel = clock.after(limits.drainMs, () => {
      log.log('info', 'a live client that reads nothing was cut off', {
        address: session.socket.address,
        seconds: limits.drainMs / 1000,
      })
      session.socket.terminate()
    })
    session.state = { kind: 'lagging', cursor, sent, owed, adrift, since: clock.monotonic(), cancel }
  }

  /** Frames were lost to this client: it is told of which times, and given the newest state. */
  #leap(session: Session, { cursor, sent }: Place): void {
    const { clock, ring } = this.#parts
    const now = clock.now()
    const from = Math.min(ring.timeAfter(cursor) ?? now, now)
    const gap: ServerMessage = {
      kind: 'gap',
      seq: Math.max(ring.head, sent),
      prev: sent,
      from,
      to: Math.max(now, from + 1),
    }
    session.socket.send(Buffer.from(JSON.stringify(gap)), session.flushed)
    this.#hello(session)
  }

  #hello(session: Session): void {
    const { message, seq } = this.#parts.greeter.hello(session.filter, session.viewer.role)
    session.state = { kind: 'live', cursor: seq, sent: seq, owed: -1 }
    session.socket.send(message, session.flushed)
    this.advance(session)
  }
}

/** The oldest time a frame says something of: a late sample is older than its frame. */
export function oldestTime(frame: LiveFrame): number {
  if (frame.kind !== 'tick') return frame.at
  let oldest = frame.at
  for (const [, at] of frame.values) if (at < oldest) oldest = at
  return oldest
}

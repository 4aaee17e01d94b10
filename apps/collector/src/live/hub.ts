import { randomUUID } from 'node:crypto'
import type { LiveFrame, ServerMessage } from '@headroom/shared/protocol.ts'
import type { Identity } from '../http/types.ts'
import type { Clock } from '../lib/clock.ts'
import type { Logger } from '../telemetry/logger.ts'
import { Admission } from './admission.ts'
import { createBroadcast } from './broadcast.ts'
import { Delivery, oldestTime } from './delivery.ts'
import { encode, type Encoding } from './encoding.ts'
import { filterOf, isWider } from './filter.ts'
import { createGreeter, type Greeter } from './greeter.ts'
import { hear, REFUSALS } from './inbox.ts'
import { LIVE_LIMITS, type LiveLimits } from './limits.ts'
import { Polls } from './polls.ts'
import { Ring } from './ring.ts'
import type { Session } from './session.ts'
import { type Acceptor, CLOSE, type CloseCode, createAcceptor, type LiveSocket, type SocketEvents } from './socket.ts'
import type { LiveHub, LivePoll, Polled, Snapshot, Upgrade } from './types.ts'

export type HubParts = {
  clock: Clock
  log: Logger
  /** The state of everything now. Its seq: every frame up to it is part of this state. */
  snapshot: () => Snapshot
  limits?: Partial<LiveLimits>
}

/** Where all live clients are: gives them the state, then every frame, and bounds what each may cost. */
export function createHub({ clock, log, snapshot, limits }: HubParts): LiveHub {
  return new Hub(clock, log, snapshot, { ...LIVE_LIMITS, ...limits })
}

class Hub implements LiveHub {
  readonly stream = randomUUID()
  readonly #clock: Clock
  readonly #log: Logger
  readonly #snapshot: () => Snapshot
  readonly #limits: LiveLimits
  readonly #sessions = new Set<Session>()
  readonly #systems = new Map<number, string>()
  readonly #acceptor: Acceptor
  readonly #admission: Admission
  readonly #ring: Ring
  readonly #greeter: Greeter
  readonly #delivery: Delivery
  readonly #broadcast: () => void
  readonly #polls: Polls
  #fresh: Encoding[] = []
  #cancelHeartbeat: () => void
  #allGone: (() => void) | null = null
  /** Why nobody is let in any more. */
  #closed: string | null = null

  constructor(clock: Clock, log: Logger, snapshot: () => Snapshot, limits: LiveLimits) {
    this.#clock = clock
    this.#log = log
    this.#snapshot = snapshot
    this.#limits = limits
    this.#acceptor = createAcceptor(log)
    this.#admission = new Admission(limits)
    this.#ring = new Ring(limits.maxRingFrames, limits.maxRingBytes)
    this.#greeter = createGreeter(clock, this.stream, snapshot)
    this.#delivery = new Delivery({ clock, log, limits, ring: this.#ring, greeter: this.#greeter })
    this.#polls = new Polls({ clock, limits, stream: this.stream, ring: this.#ring, greeter: this.#greeter })
    this.#broadcast = createBroadcast({
      clock,
      limits,
      sessions: this.#sessions,
      advance: (session) => this.#safely(session, () => this.#delivery.advance(session)),
      done: () => this.#release(),
    })
    this.#cancelHeartbeat = clock.after(limits.heartbeatMs, () => this.#heartbeat())
  }

  viewers(): number {
    let viewers = this.#polls.waiting
    for (const session of this.#sessions) if (session.state.kind !== 'leaving') viewers += 1
    return viewers
  }

  publish(frames: readonly LiveFrame[], stored: boolean): void {
    if (frames.length === 0) return
    this.#learn(frames)
    this.#greeter.invalidate()
    for (const frame of frames) {
      const encoding = encode(frame, stored, (series) => this.#systems.get(series))
      this.#ring.push({ seq: frame.seq, at: frame.at, from: oldestTime(frame), encoding })
      this.#fresh.push(encoding)
    }
    this.#broadcast()
    this.#polls.published()
  }

  accept(upgrade: Upgrade, viewer: Identity): void {
    this.#acceptor.accept(upgrade, (socket) => this.#open(socket, viewer))
  }

  async poll(poll: LivePoll, viewer: Identity): Promise<Polled> {
    return this.#closed === null ? this.#polls.answer(poll, viewer) : { kind: 'refused', reason: this.#closed }
  }

  end(match: (viewer: Identity) => boolean, reason: string): number {
    const ended = [...this.#sessions].filter((session) => session.state.kind !== 'leaving' && match(session.viewer))
    for (const session of ended) this.#bye(session, CLOSE.policy, reason)
    return ended.length + this.#polls.end(match, reason)
  }

  close(reason: string): void {
    if (this.#closed !== null) return
    this.#closed = reason
    this.#cancelHeartbeat()
    this.#polls.end(() => true, reason)
    for (const session of this.#sessions)
      if (session.state.kind !== 'leaving') this.#bye(session, CLOSE.goingAway, reason)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close('the collector is shutting down')
    if (this.#sessions.size > 0) await new Promise<void>((resolve) => (this.#allGone = resolve))
  }

  #open(socket: LiveSocket, viewer: Identity): SocketEvents {
    const noRoom = this.#closed ?? this.#admission.enter(socket.address)
    if (noRoom !== null) {
      socket.close(CLOSE.tryAgainLater, noRoom)
      const cancel = this.#clock.after(this.#limits.closeMs, () => socket.terminate())
      return { message: () => undefined, pong: () => undefined, closed: cancel }
    }
    const session: Session = {
      socket,
      viewer,
      filter: filterOf([], viewer.systems),
      state: { kind: 'greeting' },
      heard: true,
      silences: 0,
      messages: { since: this.#clock.monotonic(), count: 0 },
      flushed: () => this.#safely(session, () => this.#delivery.flushed(session)),
    }
    this.#sessions.add(session)
    this.#safely(session, () => this.#delivery.greet(session))
    return {
      message: (text) => this.#safely(session, () => this.#hear(session, text)),
      pong: () => void (session.heard = true),
      closed: () => this.#left(session),
    }
  }

  #hear(session: Session, text: string | null): void {
    if (session.state.kind === 'leaving') return
    session.heard = true
    const heard = hear(session, text, this.#clock.monotonic(), this.#limits)
    if (!heard.ok) return this.#leave(session, CLOSE.policy, REFUSALS[heard.refusal])
    const { message } = heard
    switch (message.kind) {
      case 'ping':
        return this.#say(session, { kind: 'pong', now: this.#clock.now() })
      case 'subscribe': {
        const before = session.filter
        session.filter = filterOf(message.systems, session.viewer.systems)
        if (isWider(before, session.filter)) this.#delivery.greet(session)
        return
      }
      case 'resume':
        if (message.stream === this.stream) this.#delivery.resume(session, message.seq)
        else this.#delivery.greet(session)
    }
  }

  #left(session: Session): void {
    const { state } = session
    if (state.kind === 'lagging' || state.kind === 'leaving') state.cancel()
    this.#sessions.delete(session)
    this.#admission.leave(session.socket.address)
    if (this.#sessions.size === 0) this.#allGone?.()
  }

  #bye(session: Session, code: CloseCode, reason: string): void {
    const place =
      session.state.kind === 'live' || session.state.kind === 'lagging'
        ? { seq: this.#ring.head, prev: session.state.sent }
        : {}
    this.#say(session, { kind: 'bye', reason, ...place })
    this.#leave(session, code, reason)
  }

  #leave(session: Session, code: CloseCode, reason: string): void {
    if (session.state.kind === 'lagging') session.state.cancel()
    const cancel = this.#clock.after(this.#limits.closeMs, () => session.socket.terminate())
    session.state = { kind: 'leaving', reason, cancel }
    session.socket.close(code, reason)
  }

  #say(session: Session, message: ServerMessage): void {
    session.socket.send(Buffer.from(JSON.stringify(message)), session.flushed)
  }

  /** Which system a series belongs to, for subscriptions; never changes for a number. */
  #learn(frames: readonly LiveFrame[]): void {
    for (const frame of frames)
      if (frame.kind === 'series') for (const view of frame.series) this.#systems.set(view.id, view.system)
    const unknown = frames.flatMap((frame) =>
      frame.kind === 'tick' ? frame.values.filter(([series]) => !this.#systems.has(series)) : [],
    )
    if (unknown.length === 0) return
    // A series that even the snapshot does not know is noted as belonging nowhere, and not looked for again.
    for (const [series] of unknown) this.#systems.set(series, '')
    for (const view of this.#snapshot().series) this.#systems.set(view.id, view.system)
  }

  #heartbeat(): void {
    this.#cancelHeartbeat = this.#clock.after(this.#limits.heartbeatMs, () => this.#heartbeat())
    for (const session of this.#sessions) {
      session.silences = session.heard ? 0 : session.silences + 1
      session.heard = false
      if (session.silences >= 2) session.socket.terminate()
      else session.socket.ping()
    }
  }

  #release(): void {
    for (const encoding of this.#fresh) encoding.release()
    this.#fresh = []
  }

  /** One client's trouble is its own: it is cut off, and the others go on. */
  #safely(session: Session, act: () => void): void {
    try {
      act()
    } catch (error) {
      this.#log.log('error', `a live client was cut off: ${error instanceof Error ? error.message : String(error)}`, {
        address: session.socket.address,
      })
      session.socket.terminate()
    }
  }
}

import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Frames } from '@headroom/shared/contracts.ts'
import { PROTOCOL, SUBPROTOCOL } from '@headroom/shared/live-socket.ts'
import { ClientMessage } from '@headroom/shared/protocol.ts'
import type { LiveFrame, ServerMessage } from '@headroom/shared/protocol.ts'
import type { FixtureWorld } from './fixture-world.ts'
import { accept, type Peer } from './websocket.ts'

/** What a frame holds, without the numbers that the stream and the socket give it. */
type Content = LiveFrame extends infer Frame ? (Frame extends LiveFrame ? Omit<Frame, 'seq' | 'at'> : never) : never
type Sent = Exclude<ServerMessage, { kind: 'hello' | 'bye' | 'pong' | 'gap' }>

/** So many frames can be had again over HTTP or after a reconnect. */
const KEPT = 600
/** What whoever is let in no more is closed with. */
const POLICY_VIOLATION = 1008

/** The live socket of a story, and the same frames over plain HTTP. */
export class FixtureLive {
  #open: boolean
  readonly #world: FixtureWorld
  readonly #peers = new Map<Peer, number>()
  readonly #kept: Sent[] = []
  readonly #waiting = new Set<() => void>()
  #seq = 1
  readonly #sentAway = Promise.withResolvers<void>()

  constructor(world: FixtureWorld) {
    this.#world = world
    this.#open = world.plan.live !== 'no-socket'
  }

  get viewers(): number {
    return Math.max(1, this.#peers.size)
  }

  get inUse(): boolean {
    return this.#peers.size > 0
  }

  /** How many messages were said over the sockets that are open. */
  get said(): number {
    return [...this.#peers.keys()].reduce((sum, peer) => sum + peer.sent(), 0)
  }

  /** Resolves once somebody who is let in no more has been told so, and is gone. */
  get sentAway(): Promise<void> {
    return this.#sentAway.promise
  }

  join(request: IncomingMessage, socket: Duplex): void {
    if (!this.#open) {
      socket.destroy()
      return
    }
    const peer = accept(request, socket, SUBPROTOCOL, {
      text: (text) => this.#hear(peer, text),
      closed: () => {
        this.#peers.delete(peer)
        if (this.#world.accessEnded) this.#sentAway.resolve()
      },
    })
    if (this.#world.plan.live === 'silent') return
    if (this.#world.accessEnded) this.#dismiss(peer)
    else this.#greet(peer)
  }

  /** Nobody is let in any more, as when a token has expired. */
  endAccess(): void {
    for (const peer of this.#peers.keys()) this.#dismiss(peer)
    for (const tell of this.#waiting) tell()
  }

  /** Everything that was said at the seconds after `from`, up to and with `to`; epoch ms. */
  say(from: number, to: number): void {
    for (let second = Math.floor(from / 1000) * 1000 + 1000; second <= to; second += 1000) {
      const values = this.#world.valuesAt(second)
      if (values.length > 0) this.publish({ kind: 'tick', values })
    }
  }

  publish(content: Content): void {
    const prev = this.#seq
    this.#seq += 1
    const frame: Sent = { ...content, seq: this.#seq, prev, ...(this.#world.stored ? {} : { stored: false }) }
    this.#kept.push(frame)
    if (this.#kept.length > KEPT) this.#kept.shift()
    for (const [peer, last] of this.#peers) {
      peer.send(JSON.stringify({ ...frame, prev: last }))
      this.#peers.set(peer, this.#seq)
    }
    for (const tell of this.#waiting) tell()
  }

  /** `GET /frames`: the hello, or what came after `after`, once there is something or `waitMs` is over. */
  async frames(stream: string | undefined, after: number | undefined, waitMs: number): Promise<Frames> {
    const known = stream === this.#stream() && after !== undefined && after <= this.#seq
    if (!known) return this.#answer([this.#hello()])
    if (after === this.#seq && waitMs > 0) await this.#next(waitMs)
    return this.#answer(this.#kept.filter((frame) => frame.seq > after))
  }

  /** Cuts everybody off; nobody is let in again. */
  hangUp(): void {
    this.#open = false
    for (const peer of this.#peers.keys()) peer.close()
    // Nothing counts as said any more: a page is at rest only once it knows that, too.
    this.#peers.clear()
    for (const tell of this.#waiting) tell()
  }

  #dismiss(peer: Peer): void {
    this.#send(peer, { kind: 'bye', reason: 'the token has expired' })
    peer.close(POLICY_VIOLATION)
  }

  #hear(peer: Peer, text: string): void {
    const message = ClientMessage.parse(JSON.parse(text))
    if (this.#world.plan.live === 'silent') return
    if (message.kind === 'ping') this.#send(peer, { kind: 'pong', now: this.#world.now() })
  }

  #greet(peer: Peer): void {
    this.#peers.set(peer, this.#seq)
    this.#send(peer, this.#hello())
  }

  #hello(): ServerMessage {
    const world = this.#world
    return {
      kind: 'hello',
      protocol: PROTOCOL,
      stream: this.#stream(),
      now: world.now(),
      seq: this.#seq,
      role: world.plan.role ?? 'admin',
      stored: world.stored,
      demo: world.plan.demo ?? false,
      systems: world.systems(),
      series: world.series(),
      alerts: world.alerts({ state: 'open' }),
    }
  }

  #stream(): string {
    return `story-${this.#world.start}`
  }

  #answer(frames: ServerMessage[]): Frames {
    return { stream: this.#stream(), seq: this.#seq, now: this.#world.now(), frames }
  }

  #next(waitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const tell = (): void => {
        clearTimeout(timer)
        this.#waiting.delete(tell)
        resolve()
      }
      const timer = setTimeout(tell, waitMs)
      this.#waiting.add(tell)
    })
  }

  #send(peer: Peer, message: ServerMessage): void {
    peer.send(JSON.stringify(message))
  }
}

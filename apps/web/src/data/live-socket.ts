import { SUBPROTOCOL } from '@headroom/shared/live-socket.ts'
import type { ClientMessage, ServerMessage } from '@headroom/shared/protocol.ts'
import type { Clock } from './clock.ts'
import type { Feed, FeedHandlers } from './feed.ts'
import { readText } from './read-message.ts'
import type { Place, StreamPlace } from './stream-place.ts'

export type SocketHandlers = {
  opened: () => void
  message: (data: unknown) => void
  closed: (reason: string, code: number) => void
}
/** The part of a WebSocket that is used; tests give their own. */
export type SocketLike = { send: (text: string) => void; close: () => void }
export type OpenSocket = (subprotocol: string, handlers: SocketHandlers) => SocketLike

export type LiveSocketOptions = { clock: Clock; open: OpenSocket; place: StreamPlace; on: FeedHandlers }

/** A socket says hello at once. One that says nothing for so long is held back by something in between. */
const FIRST_WORD_MS = 6_000
const PONG_MS = 6_000
/** Silence after which it is asked whether anybody is there. */
const QUIET_MS = 10_000
/** The collector's clock is asked for this often, however much comes. */
const CLOCK_MS = 5 * 60_000
/** The collector closes with it whoever it lets in no more, after a `bye`. */
const POLICY_VIOLATION = 1008

/** One WebSocket's life: resumes where the stream was left, notices holes and silence, ends once. */
export class LiveSocket implements Feed {
  readonly #options: LiveSocketOptions
  #socket: SocketLike | undefined
  #asked: Place | undefined
  #farewell: string | undefined
  #stops: { quiet?: () => void; silence?: () => void; clock?: () => void } = {}
  #over = false

  constructor(options: LiveSocketOptions) {
    this.#options = options
    this.#expectWord(FIRST_WORD_MS)
    try {
      this.#socket = options.open(SUBPROTOCOL, {
        opened: () => this.#resume(),
        message: (data) => {
          if (!this.#over) this.#receive(data)
        },
        closed: (reason, code) => this.#closed(reason, code),
      })
    } catch {
      // Forbidden here, as by a policy of the browser. Whoever made this must have it in hand before it ends.
      options.clock.after(0, () => this.#closed('no WebSocket may be opened here', 0))
    }
  }

  check(withinMs: number): void {
    this.#send({ kind: 'ping' })
    this.#expectWord(withinMs)
  }

  stop(): void {
    if (this.#over) return
    this.#over = true
    for (const stop of Object.values(this.#stops)) stop()
    this.#socket?.close()
  }

  #resume(): void {
    const { known } = this.#options.place
    if (this.#over || known === undefined) return
    this.#asked = known
    this.#send({ kind: 'resume', ...known })
  }

  #receive(data: unknown): void {
    const { on, place } = this.#options
    const read = readText(data)
    // One that cannot be read is a hole, not the end.
    if (read.is === 'unreadable') return on.hole()
    this.#heard()
    if (read.is === 'known') return this.#take(read.message)
    if (place.take(read) === 'hole') on.hole()
  }

  #take(message: ServerMessage): void {
    const { on, place } = this.#options
    switch (message.kind) {
      case 'hello': {
        const resumed = place.greet(message, this.#asked)
        this.#asked = undefined
        on.message(message, resumed)
        break
      }
      case 'bye':
        this.#farewell = message.reason
        break
      case 'pong':
        on.message(message, false)
        break
      default: {
        const found = place.take(message)
        on.message(message, false)
        if (found === 'hole') on.hole()
      }
    }
  }

  /** Whatever was said, somebody is there: the next question is asked only after a while of silence. */
  #heard(): void {
    const { clock } = this.#options
    this.#stops.silence?.()
    this.#stops.quiet?.()
    this.#stops.quiet = clock.after(QUIET_MS, () => this.check(PONG_MS))
    this.#stops.clock ??= clock.after(CLOCK_MS, () => {
      delete this.#stops.clock
      this.check(PONG_MS)
    })
  }

  #expectWord(withinMs: number): void {
    this.#stops.silence?.()
    this.#stops.silence = this.#options.clock.after(withinMs, () => {
      this.stop()
      this.#options.on.ended({ kind: 'silent', reason: 'no answer' })
    })
  }

  #closed(reason: string, code: number): void {
    if (this.#over) return
    this.stop()
    const refused = this.#farewell !== undefined && code === POLICY_VIOLATION
    this.#options.on.ended({ kind: refused ? 'refused' : 'lost', reason: this.#farewell ?? reason })
  }

  #send(message: ClientMessage): void {
    try {
      this.#socket?.send(JSON.stringify(message))
    } catch {
      // Not open yet, or closing: the close event follows.
    }
  }
}

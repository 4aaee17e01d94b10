import { ServerMessage, SUBPROTOCOL } from '@headroom/shared/protocol.ts'
import type { ClientMessage } from '@headroom/shared/protocol.ts'
import type { Clock } from './clock.ts'
import type { Connection } from './connection.ts'

export type SocketHandlers = { opened: () => void; message: (data: unknown) => void; closed: (reason: string) => void }
/** The part of a WebSocket that is used; tests give their own. */
export type SocketLike = { send: (text: string) => void; close: () => void }

export type LiveSocketOptions = {
  clock: Clock
  open: (subprotocol: string, handlers: SocketHandlers) => SocketLike
  onMessage: (message: ServerMessage) => void
  onConnection: (connection: Connection) => void
  /** Frames are missing and cannot be had again: ask for the state and the history anew. */
  onHole: () => void
}

const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 30_000
const PING_MS = 15_000
const SILENCE_MS = 6_000

/** One live connection that comes back by itself: resumes by stream and number, notices holes and silence. */
export class LiveSocket {
  readonly #options: LiveSocketOptions
  #socket: SocketLike | undefined
  #stream: string | undefined
  #seq = 0
  /** The number asked to resume from: the first frame after it may name it, or the hello's, as the one before. */
  #resumedFrom: number | undefined
  #attempts = 0
  #live = false
  #lostAt: number | undefined
  #farewell: string | undefined
  #stops: { retry?: () => void; ping?: () => void; silence?: () => void } = {}
  #stopped = false

  constructor(options: LiveSocketOptions) {
    this.#options = options
  }

  start(): void {
    this.#stopped = false
    this.#connect()
  }

  stop(): void {
    this.#stopped = true
    this.#drop()
  }

  /** Tries at once, whatever the countdown says. */
  retryNow(): void {
    if (this.#socket === undefined && !this.#stopped) this.#connect()
  }

  /** The page was hidden or the machine slept: make sure that the connection still lives. */
  wake(): void {
    if (this.#socket === undefined) this.retryNow()
    else this.#ping()
  }

  #connect(): void {
    this.#drop()
    if (this.#lostAt !== undefined) this.#options.onConnection({ kind: 'retrying', since: this.#lostAt })
    // A socket that was dropped may still speak: it is no longer listened to.
    const mine = (): boolean => this.#socket === socket
    const socket = this.#options.open(SUBPROTOCOL, {
      opened: () => {
        if (mine() && this.#stream !== undefined) this.#resume()
      },
      message: (data) => {
        if (mine()) this.#receive(data)
      },
      closed: (reason) => {
        if (mine()) this.#lose(reason)
      },
    })
    this.#socket = socket
    this.#expectWord()
  }

  #receive(data: unknown): void {
    const message = understood(data)
    if (message === undefined) {
      // One unreadable frame is a hole, not the end.
      this.#options.onHole()
      return
    }
    this.#stops.silence?.()
    if (message.kind !== 'bye') this.#heard()
    if (message.kind === 'hello') this.#greeted(message)
    else if (message.kind === 'bye') this.#farewell = message.reason
    else if (message.kind !== 'pong') this.#number(message)
    this.#options.onMessage(message)
    this.#pingLater()
  }

  #greeted(hello: Extract<ServerMessage, { kind: 'hello' }>): void {
    if (hello.stream !== this.#stream) this.#resumedFrom = undefined
    this.#stream = hello.stream
    this.#seq = hello.seq
  }

  #heard(): void {
    if (this.#live) return
    this.#live = true
    this.#attempts = 0
    this.#lostAt = undefined
    this.#options.onConnection({ kind: 'live' })
  }

  #number(frame: { seq: number; prev: number }): void {
    const whole = frame.prev === this.#seq || frame.prev === this.#resumedFrom || frame.seq <= this.#seq
    this.#resumedFrom = undefined
    this.#seq = Math.max(this.#seq, frame.seq)
    if (!whole) this.#options.onHole()
  }

  #resume(): void {
    this.#resumedFrom = this.#seq
    this.#send({ kind: 'resume', stream: this.#stream ?? '', seq: this.#seq })
    this.#ping()
  }

  #lose(reason: string): void {
    this.#drop()
    if (this.#stopped) return
    const now = this.#options.clock.now()
    this.#lostAt ??= now
    const wait = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#attempts)
    const retryAt = now + Math.round(wait * (0.75 + this.#options.clock.chance() / 2))
    this.#attempts += 1
    this.#options.onConnection({ kind: 'lost', since: this.#lostAt, retryAt, reason: this.#farewell ?? reason })
    this.#farewell = undefined
    this.#stops.retry = this.#options.clock.after(retryAt - now, () => this.#connect())
  }

  #drop(): void {
    for (const stop of Object.values(this.#stops)) stop()
    this.#stops = {}
    const socket = this.#socket
    if (socket === undefined) return
    this.#socket = undefined
    this.#live = false
    socket.close()
  }

  #pingLater(): void {
    this.#stops.ping?.()
    this.#stops.ping = this.#options.clock.after(PING_MS, () => this.#ping())
  }

  #ping(): void {
    this.#send({ kind: 'ping' })
    this.#expectWord()
  }

  #expectWord(): void {
    this.#stops.silence?.()
    this.#stops.silence = this.#options.clock.after(SILENCE_MS, () => this.#lose('no answer'))
  }

  #send(message: ClientMessage): void {
    try {
      this.#socket?.send(JSON.stringify(message))
    } catch {
      // Not open yet, or closing: the close event follows.
    }
  }
}

function understood(data: unknown): ServerMessage | undefined {
  if (typeof data !== 'string') return undefined
  try {
    const parsed = ServerMessage.safeParse(JSON.parse(data))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

import type { ServerMessage } from '@headroom/shared/protocol.ts'
import type { Clock } from './clock.ts'
import type { Connection } from './connection.ts'
import type { Ending, Feed, FeedHandlers } from './feed.ts'
import { LivePoll } from './live-poll.ts'
import type { AskFrames } from './live-poll.ts'
import { LiveSocket } from './live-socket.ts'
import type { OpenSocket } from './live-socket.ts'
import { StreamPlace } from './stream-place.ts'

export type LiveLinkOptions = {
  clock: Clock
  openSocket: OpenSocket
  askFrames: AskFrames
  /** `resumed`: a hello after which nothing is missing of what came before it. */
  onMessage: (message: ServerMessage, resumed: boolean) => void
  onConnection: (connection: Connection) => void
  /** Frames are missing and cannot be had again: ask for the state and the history anew. */
  onHole: () => void
}

type Way = 'socket' | 'polling'

/** A connection that is back within it was never gone: nothing is shown. */
const GRACE_MS = 2_000
/** A socket that has said nothing for so long is helped out by polling. */
const PATIENCE_MS = 2_000
const WAITS_MS = [250, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000] as const
/** While polling works, how long until a socket is tried again. */
const SOCKET_AGAIN_MS = [5_000, 15_000, 60_000, 300_000] as const
/** A connection that lived for so long was a good one. */
const STEADY_MS = 10_000
/** So many sockets in a row that broke off or fell silent, and none is tried while polling can be. */
const MOST_FLAPS = 3
const WAKE_MS = 3_000
/** Whoever was let in no more is asked about at most so often, when they come back to the page. */
const ASK_AGAIN_MS = 30_000

/**
 * The connection to the collector that comes back by itself. A socket is tried first; where none gets through, or one
 * says nothing, frames are asked for over HTTP, and a socket is tried again now and then. Both go on from one place in
 * the stream, so that changing from one to the other loses nothing.
 */
export class LiveLink {
  readonly #options: LiveLinkOptions
  readonly #place = new StreamPlace()
  #feeds: { [way in Way]?: Feed } = {}
  /** The way by which messages come now. */
  #by: Way | undefined
  #heardAt = 0
  /** Tries in a row of which nothing was heard. */
  #failures = 0
  /** Sockets in a row that were heard and soon broke off, or fell silent. */
  #flaps = 0
  #socketTries = 0
  #lostAt: number
  /** Why, as far as anybody said: that nobody answers since adds nothing to it. */
  #reason = ''
  #shown: Connection = { kind: 'connecting' }
  #withheld: Connection | undefined
  #refusedAt = 0
  #stops: { retry?: () => void; poll?: () => void; socket?: () => void; grace?: () => void } = {}

  constructor(options: LiveLinkOptions) {
    this.#options = options
    this.#lostAt = options.clock.now()
  }

  start(): void {
    this.#lostAt = this.#options.clock.now()
    this.#try()
  }

  stop(): void {
    this.#clear()
    this.#by = undefined
  }

  /** Tries at once, whatever the countdown says. */
  retryNow(): void {
    if (this.#by !== undefined || this.#feeds.socket !== undefined || this.#feeds.polling !== undefined) return
    this.#try()
  }

  /** The page was hidden or the machine slept: make sure that the connection still lives. */
  wake(): void {
    const { clock } = this.#options
    if (this.#shown.kind === 'ended') {
      if (clock.monotonic() - this.#refusedAt > ASK_AGAIN_MS) this.retryNow()
    } else if (this.#by !== undefined) {
      // What sleep has broken is nobody's fault.
      this.#flaps = 0
      this.#feeds[this.#by]?.check(WAKE_MS)
      // It may have woken behind another proxy.
      if (this.#by === 'polling') this.#open('socket')
    } else {
      // A try that was under way when the machine slept would end in its own time only.
      this.#clear()
      this.#try()
    }
  }

  /** Somebody else was told that this reader is let in no more. */
  refuse(reason: string): void {
    this.#clear()
    this.#by = undefined
    this.#refusedAt = this.#options.clock.monotonic()
    if (this.#shown.kind === 'ended') return
    this.#stops.grace?.()
    this.#show({ kind: 'ended', since: this.#options.clock.now(), reason })
  }

  #try(): void {
    this.#stops.retry?.()
    if (this.#failures > 0) this.#report({ kind: 'retrying', since: this.#lostAt })
    const sockets = this.#flaps < MOST_FLAPS
    if (sockets) this.#open('socket')
    // Where a second try was no use either, or sockets break off, both at once: whichever speaks first is heard.
    if (this.#failures > 1 || this.#flaps > 0) this.#open('polling')
    else this.#stops.poll = this.#options.clock.after(PATIENCE_MS, () => this.#open('polling'))
  }

  #open(way: Way): void {
    if (this.#feeds[way] !== undefined || this.#by === way) return
    const { clock, openSocket, askFrames } = this.#options
    // One that was dropped may still speak: it is no longer listened to.
    const mine = (): boolean => this.#feeds[way] === feed
    const on: FeedHandlers = {
      message: (message, resumed) => {
        if (!mine()) return
        this.#heard(way)
        this.#options.onMessage(message, resumed)
      },
      hole: () => {
        if (mine()) this.#options.onHole()
      },
      ended: (ending) => {
        if (mine()) this.#ended(way, ending)
      },
    }
    const place = this.#place
    const feed: Feed =
      way === 'socket'
        ? new LiveSocket({ clock, open: openSocket, place, on })
        : new LivePoll({ clock, ask: askFrames, place, on })
    this.#feeds[way] = feed
  }

  #heard(way: Way): void {
    if (this.#by === way) return
    this.#by = way
    this.#failures = 0
    this.#reason = ''
    this.#heardAt = this.#options.clock.monotonic()
    this.#stops.poll?.()
    this.#stops.retry?.()
    this.#stops.socket?.()
    if (way === 'socket') this.#drop('polling')
    else if (this.#feeds.socket === undefined) this.#socketLater()
    this.#report({ kind: 'live', by: way })
  }

  #ended(way: Way, ending: Ending): void {
    delete this.#feeds[way]
    if (ending.kind === 'refused') return this.refuse(ending.reason)
    // Of two ways that fail together, the one that says why may be the first.
    if (ending.reason !== '') this.#reason = ending.reason
    const was = this.#by
    const steady = was === way && this.#options.clock.monotonic() - this.#heardAt >= STEADY_MS
    if (way === 'socket') this.#count(was === 'socket', steady, ending)
    // No help from polling either: sockets get another chance.
    else if (was !== 'polling') this.#flaps = 0
    if (was === way) {
      this.#by = undefined
      this.#lostAt = this.#options.clock.now()
    }
    if (this.#by === 'polling') return this.#socketLater()
    const other = way === 'socket' ? this.#feeds.polling : this.#feeds.socket
    if (other === undefined) this.#retryLater()
    else if (this.#by === undefined) this.#report({ kind: 'retrying', since: this.#lostAt })
  }

  /** A socket that spoke and broke off soon, or fell silent, may do so again; one that never spoke says nothing new. */
  #count(spoke: boolean, steady: boolean, ending: Ending): void {
    if (steady && ending.kind === 'lost') {
      this.#flaps = 0
      this.#socketTries = 0
    } else if (spoke || ending.kind === 'silent') {
      this.#flaps += 1
    }
  }

  #retryLater(): void {
    const { clock } = this.#options
    this.#stops.poll?.()
    // Whoever was let in no more does not go on asking a collector that is not there.
    if (this.#shown.kind === 'ended') return
    const wait = WAITS_MS[Math.min(this.#failures, WAITS_MS.length - 1)] ?? 0
    this.#failures += 1
    const ms = Math.round(wait * (0.75 + clock.chance() / 2))
    this.#report({ kind: 'lost', since: this.#lostAt, retryAt: clock.now() + ms, reason: this.#reason })
    this.#stops.retry?.()
    this.#stops.retry = clock.after(ms, () => this.#try())
  }

  #socketLater(): void {
    const wait = SOCKET_AGAIN_MS[Math.min(this.#socketTries, SOCKET_AGAIN_MS.length - 1)] ?? 0
    this.#socketTries += 1
    this.#stops.socket?.()
    this.#stops.socket = this.#options.clock.after(wait, () => this.#open('socket'))
  }

  #report(connection: Connection): void {
    const { clock } = this.#options
    if (connection.kind === 'live') {
      this.#stops.grace?.()
      delete this.#stops.grace
      this.#withheld = undefined
      return this.#show(connection)
    }
    // Whoever was let in no more sees nothing of the tries, until one succeeds.
    if (this.#shown.kind === 'ended') return
    const left = this.#lostAt + GRACE_MS - clock.now()
    if (left <= 0 || this.#shown.kind === 'lost' || this.#shown.kind === 'retrying') return this.#show(connection)
    this.#withheld = connection
    this.#stops.grace ??= clock.after(left, () => {
      delete this.#stops.grace
      if (this.#withheld !== undefined) this.#show(this.#withheld)
    })
  }

  #show(connection: Connection): void {
    const before = this.#shown
    this.#shown = connection
    this.#withheld = undefined
    if (before.kind === 'live' && connection.kind === 'live' && before.by === connection.by) return
    this.#options.onConnection(connection)
  }

  #drop(way: Way): void {
    const feed = this.#feeds[way]
    delete this.#feeds[way]
    feed?.stop()
  }

  #clear(): void {
    for (const stop of Object.values(this.#stops)) stop()
    this.#stops = {}
    this.#drop('socket')
    this.#drop('polling')
  }
}

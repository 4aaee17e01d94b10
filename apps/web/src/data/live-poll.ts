import type { FramesAnswer } from './frames-answer.ts'
import type { ServerMessage } from '@headroom/shared/protocol.ts'
import type { Clock } from './clock.ts'
import type { Feed, FeedHandlers } from './feed.ts'
import { HttpProblem } from './http-problem.ts'
import { readMessage } from './read-message.ts'
import type { Place, StreamPlace } from './stream-place.ts'

/** Asks for what came after a place, or for a hello; the answer may take as long as `waitMs`. */
export type AskFrames = (place: Place | undefined, waitMs: number, signal: AbortSignal) => Promise<FramesAnswer>

export type LivePollOptions = { clock: Clock; ask: AskFrames; place: StreamPlace; on: FeedHandlers }

/** How long an answer may be held back; less after each failure, for a proxy may not have so much patience. */
const WAITS_MS = [20_000, 5_000, 0] as const
/** Between the beginnings of two questions, so that a busy stream is not asked ten times a second. */
const PACE_MS = 1_000
/** The same where answers come at once. */
const UNHELD_PACE_MS = 2_000

/** Frames asked for over plain HTTP, one question after the other, until one stays without an answer. */
export class LivePoll implements Feed {
  readonly #options: LivePollOptions
  #patience = 0
  /** The first question is answered at once; so is one after a check. */
  #held = false
  #asking: AbortController | undefined
  #stopTimer: (() => void) | undefined
  #over = false

  constructor(options: LivePollOptions) {
    this.#options = options
    void this.#ask()
  }

  check(withinMs: number): void {
    if (this.#over) return
    this.#halt()
    this.#held = false
    this.#stopTimer = this.#options.clock.after(withinMs, () => this.#end({ kind: 'silent', reason: 'no answer' }))
    void this.#ask()
  }

  stop(): void {
    this.#over = true
    this.#halt()
  }

  #halt(): void {
    this.#stopTimer?.()
    this.#stopTimer = undefined
    this.#asking?.abort()
  }

  async #ask(): Promise<void> {
    const { clock, ask, place } = this.#options
    const asking = new AbortController()
    this.#asking = asking
    const began = clock.monotonic()
    const waitMs = this.#held ? (WAITS_MS[this.#patience] ?? 0) : 0
    const asked = place.known
    try {
      const answer = await ask(asked, waitMs, asking.signal)
      if (asking.signal.aborted) return
      this.#stopTimer?.()
      this.#take(answer)
      if (this.#over) return
      this.#held = true
      const pace = WAITS_MS[this.#patience] === 0 ? UNHELD_PACE_MS : PACE_MS
      this.#later(Math.max(0, began + pace - clock.monotonic()))
    } catch (error) {
      if (!asking.signal.aborted) this.#fail(error)
    }
  }

  #take(answer: FramesAnswer): void {
    const { place, on } = this.#options
    let left = false
    for (const frame of answer.frames) {
      const read = readMessage(frame)
      if (read.is === 'unreadable') on.hole()
      else if (read.is === 'foreign') this.#number(read)
      else if (read.message.kind === 'bye') left = true
      else this.#tell(read.message)
      if (this.#over) return
    }
    // After a bye, the next question finds out whether the collector or the reader's access has ended.
    if (!left) place.skipTo(answer)
    on.message({ kind: 'pong', now: answer.now }, false)
  }

  #tell(message: ServerMessage): void {
    const { place, on } = this.#options
    // A hello is given where what was asked for cannot be: it goes on from nothing.
    if (message.kind === 'hello') place.greet(message, undefined)
    on.message(message, false)
    if ('seq' in message && message.kind !== 'hello' && message.kind !== 'bye') this.#number(message)
  }

  #number(frame: { seq: number; prev: number }): void {
    if (this.#options.place.take(frame) === 'hole') this.#options.on.hole()
  }

  #fail(error: unknown): void {
    if (this.#over) return
    this.#stopTimer?.()
    if (error instanceof HttpProblem && error.refused) return this.#end({ kind: 'refused', reason: error.message })
    if (!this.#held || this.#patience === WAITS_MS.length - 1)
      return this.#end({ kind: 'lost', reason: reasonOf(error) })
    this.#patience += 1
    this.#held = false
    void this.#ask()
  }

  #later(ms: number): void {
    this.#stopTimer = this.#options.clock.after(ms, () => void this.#ask())
  }

  #end(ending: Parameters<FeedHandlers['ended']>[0]): void {
    if (this.#over) return
    this.stop()
    this.#options.on.ended(ending)
  }
}

/** What was wrong with an answer; nothing where there was none, which is no reason but what is to be explained. */
function reasonOf(error: unknown): string {
  if (error instanceof HttpProblem) return error.code === 'no_answer' ? '' : error.message
  return error instanceof Error ? error.message : ''
}

import type { ServerMessage } from '@headroom/shared/protocol.ts'
import type { Identity } from '../http/types.ts'
import type { Clock } from '../lib/clock.ts'
import { type Filter, filterOf } from './filter.ts'
import type { Greeter } from './greeter.ts'
import type { LiveLimits } from './limits.ts'
import type { Ring } from './ring.ts'
import type { LivePoll, Polled } from './types.ts'

export type PollsParts = {
  clock: Clock
  stream: string
  ring: Ring
  greeter: Greeter
  limits: Pick<LiveLimits, 'maxWaiting' | 'maxPollBytes' | 'gatherMs'>
}

/** A request that waits for something to say. `wake` answers it, if there is something for it by then. */
type Waiting = { viewer: Identity; wake: () => void; end: (reason: string) => void }

/** Messages for one request, and how far they reach. */
type Batch = { messages: Buffer[]; seq: number }

/**
 * The live frames for who can ask but not be told: each request names its place in the ring, and waits there a while.
 * Nothing is kept for a client between two requests.
 */
export class Polls {
  readonly #parts: PollsParts
  readonly #waiting = new Set<Waiting>()
  /** The highest seq that a hello gave: a client may stand there though no frame of that number was ever published. */
  #greetedAt = -1
  #cancelWake: (() => void) | null = null

  constructor(parts: PollsParts) {
    this.#parts = parts
  }

  get waiting(): number {
    return this.#waiting.size
  }

  async answer(request: LivePoll, viewer: Identity): Promise<Polled> {
    const filter = filterOf([], viewer.systems)
    const { after } = request
    if (request.stream !== this.#parts.stream || after === undefined || after > this.#furthest())
      return this.#framed(this.#hello(filter, viewer))
    const found = this.#since(after, filter, viewer)
    if (found.messages.length > 0 || request.waitMs === 0) return this.#framed(found)
    if (this.#waiting.size >= this.#parts.limits.maxWaiting)
      return {
        kind: 'refused',
        reason: `${this.#parts.limits.maxWaiting} requests wait for frames already, and one more may only ask with wait=0`,
      }
    return this.#framed(await this.#wait(request, viewer, () => this.#since(after, filter, viewer)))
  }

  /** Something was published: who waits is answered, a moment later, so that what comes together goes together. */
  published(): void {
    if (this.#waiting.size === 0 || this.#cancelWake !== null) return
    this.#cancelWake = this.#parts.clock.after(this.#parts.limits.gatherMs, () => {
      this.#cancelWake = null
      for (const waiting of this.#waiting) waiting.wake()
    })
  }

  /** Answers those who wait and match with a bye. Returns how many there were. */
  end(match: (viewer: Identity) => boolean, reason: string): number {
    const ended = [...this.#waiting].filter(({ viewer }) => match(viewer))
    for (const waiting of ended) waiting.end(reason)
    if (this.#waiting.size === 0) this.#cancelWake = (this.#cancelWake?.(), null)
    return ended.length
  }

  /** Looks again at each wake; gives what it found when that is something, or its time is over, or a bye. */
  #wait({ after = 0, waitMs, signal }: LivePoll, viewer: Identity, look: () => Batch): Promise<Batch> {
    return new Promise((resolve) => {
      const leave = (batch: Batch): void => {
        cancel()
        signal.removeEventListener('abort', over)
        this.#waiting.delete(waiting)
        resolve(batch)
      }
      const over = (): void => leave(look())
      const wake = (): void => {
        const found = look()
        if (found.messages.length > 0) leave(found)
      }
      const cancel = this.#parts.clock.after(waitMs, over)
      const waiting: Waiting = { viewer, wake, end: (reason) => leave(this.#bye(after, reason)) }
      this.#waiting.add(waiting)
      if (signal.aborted) over()
      else signal.addEventListener('abort', over, { once: true })
    })
  }

  #furthest(): number {
    return Math.max(this.#parts.ring.head, this.#greetedAt)
  }

  /** What came after a place; where that is not all here any more, the span that is lost, and the state anew. */
  #since(after: number, filter: Filter, viewer: Identity): Batch {
    const { ring, limits, clock } = this.#parts
    if (!ring.reaches(after)) {
      const now = clock.now()
      const from = Math.min(ring.timeAfter(after) ?? now, now)
      const gap: ServerMessage = {
        kind: 'gap',
        seq: this.#furthest(),
        prev: after,
        from,
        to: Math.max(now, from + 1),
      }
      const { messages, seq } = this.#hello(filter, viewer)
      return { messages: [Buffer.from(JSON.stringify(gap)), ...messages], seq }
    }
    const batch: Batch = { messages: [], seq: after }
    let sent = after
    let bytes = 0
    for (let kept = ring.after(after); kept !== undefined; kept = ring.after(kept.seq)) {
      const message = kept.encoding.message(filter, sent)
      if (message !== null && bytes > 0 && bytes + message.length > limits.maxPollBytes) break
      batch.seq = kept.seq
      if (message === null) continue
      batch.messages.push(message)
      bytes += message.length
      sent = kept.seq
    }
    return batch
  }

  #hello(filter: Filter, viewer: Identity): Batch {
    const { message, seq } = this.#parts.greeter.hello(filter, viewer.role)
    this.#greetedAt = Math.max(this.#greetedAt, seq)
    return { messages: [message], seq }
  }

  #bye(after: number, reason: string): Batch {
    const bye: ServerMessage = { kind: 'bye', reason, seq: this.#furthest(), prev: after }
    return { messages: [Buffer.from(JSON.stringify(bye))], seq: after }
  }

  #framed({ messages, seq }: Batch): Polled {
    const head = `{"stream":${JSON.stringify(this.#parts.stream)},"seq":${seq},"now":${this.#parts.clock.now()},"frames":[`
    const parts = messages.flatMap((message, index) => (index === 0 ? [message] : [COMMA, message]))
    return { kind: 'frames', json: Buffer.concat([Buffer.from(head), ...parts, END]) }
  }
}

const COMMA = Buffer.from(',')
const END = Buffer.from(']}')

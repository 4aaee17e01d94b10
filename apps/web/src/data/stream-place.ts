import type { ServerMessage } from '@headroom/shared/protocol.ts'

export type Place = { stream: string; seq: number }
type Hello = Extract<ServerMessage, { kind: 'hello' }>

/**
 * How far into a collector's stream everything is known without a hole: where a new connection goes on from.
 *
 * A connection that resumes is greeted first, with the state at some later number, and frames may follow that greeting
 * before those that were missed come: until the two chains meet, the place stays where the first one ends, so that a
 * connection lost in between loses nothing.
 */
export class StreamPlace {
  #stream: string | undefined
  #seq = 0
  /** The end of the chain that began with the greeting, while what was missed before it is still to come. */
  #ahead: number | undefined

  /** Where to go on from; undefined before the first hello. */
  get known(): Place | undefined {
    return this.#stream === undefined ? undefined : { stream: this.#stream, seq: this.#seq }
  }

  /** Takes a hello that answers `asked`, the place to go on from; says whether it goes on from there. */
  greet(hello: Hello, asked: Place | undefined): boolean {
    const resumed = asked !== undefined && hello.stream === asked.stream && hello.seq >= asked.seq
    if (resumed) this.#seq = Math.max(this.#seq, asked.seq)
    else this.#seq = hello.seq
    this.#stream = hello.stream
    this.#ahead = resumed && hello.seq > this.#seq ? hello.seq : undefined
    return resumed
  }

  /** Takes a numbered frame; says whether nothing is missing before it. */
  take(frame: { seq: number; prev: number }): 'whole' | 'hole' {
    if (frame.prev <= this.#seq) {
      this.#reach(frame.seq)
      return 'whole'
    }
    if (this.#ahead !== undefined && frame.prev <= this.#ahead) {
      this.#ahead = Math.max(this.#ahead, frame.seq)
      return 'whole'
    }
    this.#reach(frame.seq)
    return 'hole'
  }

  /** The collector says that there is nothing more up to this number. */
  skipTo(place: Place): void {
    if (place.stream === this.#stream) this.#reach(place.seq)
  }

  #reach(seq: number): void {
    this.#seq = Math.max(this.#seq, seq)
    if (this.#ahead === undefined || this.#ahead > this.#seq) return
    this.#ahead = undefined
  }
}

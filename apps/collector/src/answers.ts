import type { AnswerView } from '@headroom/shared/model/answer.ts'
import type { MappingView } from '@headroom/shared/contracts.ts'
import { labelsKey } from '@headroom/shared/model/labels.ts'
import type { RawAnswer } from '@headroom/shared/model/reading.ts'
import type { Secrets } from './config/secrets.ts'
import { showAnswer } from './show-answer.ts'

/** What is kept of one answer, of all together, and shown of one. */
const MAX_BYTES = 64 * 1024
const MAX_ALL_BYTES = 4 * 1024 * 1024

/** `bytes` is how long the answer was; the first `length` of it are in `buffer`. */
type Kept = {
  at: number
  status: number | undefined
  buffer: Buffer
  length: number
  bytes: number
  /** The secrets that were sent for it: those of the configuration at that time. */
  secrets: Pick<Secrets, 'redact'>
}

/**
 * The last answer of each source, as it came: a copy of its bytes, into the same place each time, and nothing more until
 * somebody looks. Beyond 4 MiB in all the oldest go.
 */
export class Answers {
  readonly #kept = new Map<string, Kept>()
  #held = 0

  keep(source: string, at: number, answer: RawAnswer, secrets: Pick<Secrets, 'redact'>): void {
    const length = Math.min(answer.body.length, MAX_BYTES)
    const before = this.#kept.get(source)?.buffer
    this.forget(source)
    const buffer = before !== undefined && fits(before, length) ? before : this.#room(length)
    buffer.set(answer.body.subarray(0, length))
    this.#held += buffer.length
    // At the end of the order: the first is the oldest.
    this.#kept.set(source, { at, status: answer.status, buffer, length, bytes: answer.body.length, secrets })
  }

  forget(source: string): void {
    this.#held -= this.#kept.get(source)?.buffer.length ?? 0
    this.#kept.delete(source)
  }

  /** A place for so many bytes. Where there is no room the oldest go; one of theirs is taken, if it fits. */
  #room(length: number): Buffer {
    const capacity = Math.ceil(length / 512) * 512
    let free: Buffer | undefined
    for (const [source, { buffer }] of this.#kept) {
      if (this.#held + capacity <= MAX_ALL_BYTES) break
      this.forget(source)
      if (free === undefined && fits(buffer, length)) free = buffer
    }
    // Not from the pool that small buffers share: one that stays would hold all of it.
    return free ?? Buffer.allocUnsafeSlow(capacity)
  }

  /** As it may be shown; undefined where none is kept. */
  of(source: string): Omit<AnswerView, 'system' | 'source'> | undefined {
    const kept = this.#kept.get(source)
    if (kept === undefined) return undefined
    const { at, status, buffer, length, bytes, secrets } = kept
    const cut = length < bytes
    const { text, removed } = showAnswer(buffer.subarray(0, length), cut, (said) => secrets.redact(said))
    return { at, ...(status === undefined ? {} : { status }), ...bounded(text, cut), bytes, removed }
  }
}

/** Whether a place is large enough, and not far too large. */
function fits(buffer: Buffer, length: number): boolean {
  return buffer.length >= length && buffer.length <= 4 * length + 1_024
}

/** The answer of a source that speaks no text: its numbers, as JSON. */
export function answerOfMapping(view: MappingView & { at: number }): AnswerView {
  const numbers = view.mapped.map(({ path, labels, value }) => [`${path}${labelsKey(labels)}`, value] as const)
  const text = JSON.stringify(Object.fromEntries(numbers), null, 2)
  const { system, source, at } = view
  return { system, source, at, ...bounded(text, false), bytes: Buffer.byteLength(text), removed: 0 }
}

function bounded(text: string, cut: boolean): { body: string; truncated: boolean } {
  return text.length > MAX_BYTES ? { body: text.slice(0, MAX_BYTES), truncated: true } : { body: text, truncated: cut }
}

import type { Clock } from '../clock.ts'

const WINDOW_MS = 60_000

/** The values of the last minute, at most `maxValues` of them: beyond that the oldest are forgotten. */
export class RollingWindow {
  readonly #clock: Clock
  readonly #maxValues: number
  readonly #entries: { atMs: number; value: number }[] = []

  constructor(clock: Clock, maxValues: number) {
    this.#clock = clock
    this.#maxValues = maxValues
  }

  add(value: number): void {
    this.#entries.push({ atMs: this.#clock.nowMs(), value })
    this.#forget()
  }

  /** How many in the last minute, so also the rate per minute. */
  get count(): number {
    this.#forget()
    return this.#entries.length
  }

  /** 0 when there was nothing in the last minute; `count` tells the difference. */
  get mean(): number {
    this.#forget()
    if (this.#entries.length === 0) return 0
    return this.#entries.reduce((sum, { value }) => sum + value, 0) / this.#entries.length
  }

  /** The value that `share` (0-1) of the last minute's do not exceed; 0 when there were none. */
  quantile(share: number): number {
    this.#forget()
    const sorted = this.#entries.map(({ value }) => value).toSorted((a, b) => a - b)
    return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
  }

  #forget(): void {
    const oldestMs = this.#clock.nowMs() - WINDOW_MS
    let gone = Math.max(0, this.#entries.length - this.#maxValues)
    while ((this.#entries[gone]?.atMs ?? Infinity) <= oldestMs) gone += 1
    if (gone > 0) this.#entries.splice(0, gone)
  }
}

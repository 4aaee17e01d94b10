/** The server's clock and ours. All in epoch ms. */
export type Times = {
  now: number
  /** A time that the server states, as our clock has it. */
  ours(serverMs: number): number
  /** How far our clock is ahead of the server's; 0 where that is within what a header and the way can tell. */
  aheadMs: number
}

/** The date of an answer is in whole seconds, and it took its time to come. */
const TREMBLE_MS = 3_000

/** Compares the clocks, and keeps to what it found until that is clearly not so any more: times must not tremble. */
export class ServerClock {
  #aheadMs = 0

  /** `date`: what the server's clock said just now. */
  times(now: number, date: number | undefined): Times {
    const difference = date === undefined ? this.#aheadMs : now - date
    if (Math.abs(difference - this.#aheadMs) >= TREMBLE_MS)
      this.#aheadMs = Math.abs(difference) < TREMBLE_MS ? 0 : difference
    const aheadMs = this.#aheadMs
    return { now, aheadMs, ours: (serverMs) => Math.min(now, serverMs + aheadMs) }
  }
}

/** The fixture's time: epoch ms. */
export type FixtureClock = { now: () => number }

export const systemClock: FixtureClock = { now: () => Date.now() }

/** The morning of a workshop, 42 minutes in: the moment at which every test and picture sees the stories. */
export const STORY_START = Date.UTC(2026, 10, 18, 8, 42, 0)

/** A clock that stands until it is told to go on. */
export class StillClock implements FixtureClock {
  #now: number

  constructor(start = STORY_START) {
    this.#now = start
  }

  now(): number {
    return this.#now
  }

  advance(ms: number): void {
    this.#now += ms
  }
}

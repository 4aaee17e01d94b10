import type { Sample } from '@headroom/shared/model/series.ts'

export const EVERY_MS = 5000
export const TICK_MS = 100
const SERIES_PER_SOURCE = 20

/** A small generator of chance that gives the same every time. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

type Walk = (before: number, random: () => number) => number

const round = (value: number, decimals: number): number => Math.round(value * 10 ** decimals) / 10 ** decimals
const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value))

/** What ten series of a watched system look like: two constants, two counts, a state, and five that move. */
const WALKS: readonly { start: number; walk: Walk }[] = [
  { start: 2 ** 31, walk: (before) => before },
  { start: 40, walk: (before) => before },
  {
    start: 12,
    walk: (before, random) => (random() < 0.15 ? within(before + (random() < 0.5 ? 1 : -1), 0, 60) : before),
  },
  { start: 3, walk: (before, random) => (random() < 0.3 ? Math.floor(random() * 8) : before) },
  { start: 35, walk: (before, random) => round(within(before + (random() - 0.5) * 6, 0, 100), 1) },
  { start: 61.5, walk: (before, random) => round(within(before + (random() - 0.48) * 0.1, 20, 95), 3) },
  { start: 90, walk: (_before, random) => Math.floor(60 + random() * 80) },
  { start: 0.12, walk: (_before, random) => round(0.08 + random() * random() * 0.3, 3) },
  {
    start: 1_300_000_000,
    walk: (before, random) => (random() < 0.6 ? before + Math.floor((random() - 0.49) * 200) * 4096 : before),
  },
  { start: 1, walk: (_before, random) => (random() < 0.0005 ? 0 : 1) },
]

/** Series of sources whose scrape slots are spread over the interval; each tick is what arrives within 100 ms. */
export class Fleet {
  readonly series: number
  #values: number[]
  #random = chance(7)

  constructor(series: number) {
    this.series = series
    this.#values = Array.from({ length: series }, (_, index) => WALKS[index % WALKS.length]?.start ?? 0)
  }

  /** The ticks from `from` to `to`, both multiples of the interval. `together`: all slots fall into one tick. */
  *ticks(from: number, to: number, together = false): Generator<{ at: number; samples: Sample[] }> {
    const sources = Math.ceil(this.series / SERIES_PER_SOURCE)
    for (let scrape = from; scrape < to; scrape += EVERY_MS) {
      let samples: Sample[] = []
      let tickEnd = scrape + TICK_MS
      for (let source = 0; source < sources; source++) {
        const slot = scrape + Math.floor((source * EVERY_MS) / sources)
        if (!together && slot >= tickEnd) {
          yield { at: tickEnd, samples }
          samples = []
          tickEnd = slot - (slot % TICK_MS) + TICK_MS
        }
        for (
          let index = source * SERIES_PER_SOURCE;
          index < Math.min(this.series, (source + 1) * SERIES_PER_SOURCE);
          index++
        ) {
          samples.push({ series: index + 1, at: slot, value: this.#next(index) })
        }
      }
      yield { at: tickEnd, samples }
    }
  }

  #next(index: number): number {
    const walk = WALKS[index % WALKS.length]?.walk
    const value = walk?.(this.#values[index] ?? 0, this.#random) ?? 0
    this.#values[index] = value
    return value
  }
}

/** A number in [0, 1), like Math.random. */
export type Random = () => number

/** A repeatable generator (mulberry32): the same seed gives the same workshop. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A number evenly spread within `share` (0-1) either side of `centre`. */
export function around(random: Random, centre: number, share: number): number {
  return centre * (1 - share + 2 * share * random())
}

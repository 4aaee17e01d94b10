/** Repeatable noise from 0 to 1 for a moment: the same seed and time always give the same value. */
export function noise(seed: number, at: number, periodMs: number): number {
  const place = at / periodMs
  const left = Math.floor(place)
  const share = place - left
  const smooth = share * share * (3 - 2 * share)
  return hash(seed, left) * (1 - smooth) + hash(seed, left + 1) * smooth
}

function hash(seed: number, index: number): number {
  let x = Math.imul(index ^ (seed * 0x9e3779b1), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32
}

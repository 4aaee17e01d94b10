export const MAX_DECIMALS = 9
const POWERS = Array.from({ length: MAX_DECIMALS + 1 }, (_, decimals) => 10 ** decimals)
/** Differences of two of these, zigzagged, still are exact doubles. */
const LARGEST = 2 ** 50

export function power(decimals: number): number {
  return POWERS[decimals] ?? Number.NaN
}

/** The value as a whole number of 10^-decimals, or null where that would not give back the very same double. */
export function scaled(value: number, decimals: number): number | null {
  const scale = power(decimals)
  const whole = Math.round(value * scale)
  if (whole / scale !== value || whole > LARGEST || whole < -LARGEST) return null
  // -0 equals 0 but is another double.
  if (whole === 0 && Object.is(value, -0)) return null
  return whole
}

/** The least number of decimals at which the value is exact; null where 9 are not enough. */
export function decimalsOf(value: number, atLeast = 0): number | null {
  for (let decimals = atLeast; decimals <= MAX_DECIMALS; decimals++) {
    if (scaled(value, decimals) !== null) return decimals
  }
  return null
}

/** All of them together; undefined while one is not known, since part of a sum says too little. */
export function sumOfAll(values: readonly (number | undefined)[]): number | undefined {
  let sum = 0
  for (const value of values) {
    if (value === undefined) return undefined
    sum += value
  }
  return sum
}

/** How long what began first goes on, in seconds; 0 where nothing runs, undefined while that is not known. */
export function longestSeconds(running: number | undefined, since: readonly number[], now: number): number | undefined {
  if (running === undefined) return undefined
  return since.length === 0 ? (running === 0 ? 0 : undefined) : Math.max(0, (now - Math.min(...since)) / 1_000)
}

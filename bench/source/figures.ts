/** Memory of this process, in MB. What waits to be tidied up counts, unless the caller tidied up. */
export function rssMB(): number {
  return process.memoryUsage().rss / 1e6
}

/** The value that this share of all values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

/** CPU time of this process while something was done, in ms. */
export async function cpuMsOf<T>(what: () => Promise<T>): Promise<[T, number]> {
  const from = process.cpuUsage()
  const done = await what()
  const { user, system } = process.cpuUsage(from)
  return [done, (user + system) / 1_000]
}

/** Prints a figure beside its target; gives whether it was met. */
export function report(what: string, value: number, target: number, digits: number): boolean {
  console.log(`${what}: ${value.toFixed(digits)} (target ${target}; ${(value / target).toFixed(2)} of it)`)
  return value <= target
}

/** Prints a figure beside what it may be; one that is over makes the command fail. */
export function tell(what: string, figure: number, most: number, unit: string, digits = 0): void {
  const fine = figure <= most
  console.log(`${fine ? 'fine' : 'OVER'}  ${what}: ${figure.toFixed(digits)} of at most ${most} ${unit}`)
  if (!fine) process.exitCode = 1
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

import type { Pixel } from '../pixels.ts'

/** A line as a path; it is broken where nothing is known, and a single value between two gaps is a dot. */
export function outline(line: readonly Pixel[]): string {
  return runs(line)
    .map((run) => `M${run.map(({ x, y }) => `${x} ${y}`).join('L')}${run.length === 1 ? 'Z' : ''}`)
    .join('')
}

/** The area between two edges, broken where either is. */
export function areaOutline(top: readonly Pixel[], base: readonly Pixel[]): string {
  const under = runs(base)
  return runs(top)
    .map((run, index) => {
      const back = (under[index] ?? []).toReversed()
      return `M${[...run, ...back].map(({ x, y }) => `${x} ${y}`).join('L')}Z`
    })
    .join('')
}

type Known = { x: number; y: number }

function runs(pixels: readonly Pixel[]): Known[][] {
  const found: Known[][] = []
  let run: Known[] = []
  for (const { x, y } of pixels) {
    if (y !== null) run.push({ x, y })
    else if (run.length > 0) {
      found.push(run)
      run = []
    }
  }
  return run.length > 0 ? [...found, run] : found
}

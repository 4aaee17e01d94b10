import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Grey } from './png.ts'

/** A picture so small that only its shape is left: per square how bright it is and how much is drawn in it, 0 to 255. */
export type Fingerprint = {
  columns: number
  rows: number
  /** The side of a square, px. */
  square: number
  light: Uint8Array
  ink: Uint8Array
}

/** A part of a picture that is not as it was kept. Places are px. */
export type Difference = { x: number; y: number; width: number; height: number; squares: number }

/** How much brighter, and how much more drawn on, a square may be: edges are smoothed a little differently elsewhere. */
const LIGHT_TOLERANCE = 5
const INK_TOLERANCE = 10
/** Fewer squares than this in one place are a word, or a line that lies a pixel further. */
const FEWEST_SQUARES = 4

export function fingerprintOf({ width, height, pixels }: Grey, square: number): Fingerprint {
  const columns = Math.ceil(width / square)
  const rows = Math.ceil(height / square)
  const light = new Uint8Array(columns * rows)
  const ink = new Uint8Array(columns * rows)
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      let [sum, drawn, count] = [0, 0, 0]
      const right = Math.min(width, (column + 1) * square)
      const bottom = Math.min(height, (row + 1) * square)
      for (let y = row * square; y < bottom; y += 1) {
        for (let x = column * square; x < right; x += 1) {
          const here = pixels[y * width + x] ?? 0
          const across = x + 1 < width ? (pixels[y * width + x + 1] ?? 0) : here
          const below = y + 1 < height ? (pixels[(y + 1) * width + x] ?? 0) : here
          sum += here
          drawn += Math.abs(here - across) + Math.abs(here - below)
          count += 1
        }
      }
      const at = row * columns + column
      light[at] = Math.round(sum / count)
      // The root makes a hairline count beside a line of letters.
      ink[at] = Math.min(255, Math.round(8 * Math.sqrt(drawn / count)))
    }
  }
  return { columns, rows, square, light, ink }
}

/** Where two pictures differ, the largest place first. */
export function differences(kept: Fingerprint, now: Fingerprint): Difference[] {
  const rows = comparedRows(kept, now)
  const columns = Math.max(kept.columns, now.columns)
  const unlike = new Set<number>()
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1)
      if (!alike(kept, now, row, column)) unlike.add(row * columns + column)
  return patches(unlike, columns)
    .filter((patch) => patch.length >= FEWEST_SQUARES)
    .map((patch) => boxOf(patch, columns, kept.square))
    .toSorted((a, b) => b.squares - a.squares)
}

/** All rows, but for one that only one of them has and in which nothing is drawn: a height rounded to a pixel more. */
function comparedRows(kept: Fingerprint, now: Fingerprint): number {
  const [lower, higher] = kept.rows < now.rows ? [kept, now] : [now, kept]
  const blank = higher.ink.subarray(lower.rows * higher.columns).every((ink) => ink <= INK_TOLERANCE)
  return higher.rows - lower.rows === 1 && blank ? lower.rows : higher.rows
}

function alike(one: Fingerprint, other: Fingerprint, row: number, column: number): boolean {
  if (row + 1 > Math.min(one.rows, other.rows)) return false
  if (column + 1 > Math.min(one.columns, other.columns)) return false
  const [a, b] = [row * one.columns + column, row * other.columns + column]
  return (
    Math.abs((one.light[a] ?? 0) - (other.light[b] ?? 0)) <= LIGHT_TOLERANCE &&
    Math.abs((one.ink[a] ?? 0) - (other.ink[b] ?? 0)) <= INK_TOLERANCE
  )
}

/** Squares that touch, by their numbers. */
function patches(unlike: Set<number>, columns: number): number[][] {
  const left = new Set(unlike)
  const found: number[][] = []
  for (const first of unlike) {
    if (!left.delete(first)) continue
    const patch = [first]
    for (const square of patch) {
      const column = square % columns
      for (const [x, y] of [
        [-1, 0],
        [1, 0],
        [0, -1],
        [0, 1],
        [-1, -1],
        [1, -1],
        [-1, 1],
        [1, 1],
      ] as const) {
        const beside = square + y * columns + x
        if (column + x >= 0 && column + x < columns && left.delete(beside)) patch.push(beside)
      }
    }
    found.push(patch)
  }
  return found
}

function boxOf(patch: readonly number[], columns: number, square: number): Difference {
  const xs = patch.map((at) => at % columns)
  const ys = patch.map((at) => Math.floor(at / columns))
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  return {
    x: left * square,
    y: top * square,
    width: (Math.max(...xs) - left + 1) * square,
    height: (Math.max(...ys) - top + 1) * square,
    squares: patch.length,
  }
}

/** As one word, for a line of a text file. */
export function writeFingerprint({ columns, rows, square, light, ink }: Fingerprint): string {
  const packed = deflateRawSync(Buffer.concat([differing(light), differing(ink)]), { level: 9 })
  return `${columns}x${rows}x${square}:${packed.toString('base64')}`
}

export function readFingerprint(word: string): Fingerprint {
  const [size = '', packed = ''] = word.split(':')
  const [columns = 0, rows = 0, square = 0] = size.split('x').map(Number)
  const both = inflateRawSync(Buffer.from(packed, 'base64'))
  const count = columns * rows
  return { columns, rows, square, light: summed(both.subarray(0, count)), ink: summed(both.subarray(count)) }
}

/** Each value as its difference from the one before it, which packs smaller. */
function differing(values: Uint8Array): Uint8Array {
  return values.map((value, at) => value - (at === 0 ? 0 : (values[at - 1] ?? 0)))
}

function summed(steps: Uint8Array): Uint8Array {
  const values = new Uint8Array(steps.length)
  for (const [at, step] of steps.entries()) values[at] = step + (at === 0 ? 0 : (values[at - 1] ?? 0))
  return values
}

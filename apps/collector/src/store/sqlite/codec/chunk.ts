import type { Points } from '../points.ts'
import { ByteReader, type ByteWriter, unzigzag, zigzag } from './bytes.ts'
import { decimalsOf, MAX_DECIMALS, power, scaled } from './decimals.ts'
import { readPlanes, writePlanes } from './planes.ts'
import { RunReader, RunWriter } from './runs.ts'

/*
 * A chunk: the samples of one series within one window, ascending, each time once. How many there are stands beside it.
 *   1 byte      how values are written (0-9: whole numbers of 10^-n; 15: planes of doubles), +16 when times are corrected
 *   times       first minus the window's start, first step, then differences of steps; scrape slots make those zeros
 *   values      the first, then differences; or planes
 *   corrected   how many, then their positions as differences
 */
const PLANES = 15
const CORRECTED = 16

export function encodeChunk(points: Points, windowStart: number, out: ByteWriter): void {
  const decimals = commonDecimals(points)
  const corrected = points.corrected.length > 0
  out.byte((decimals ?? PLANES) + (corrected ? CORRECTED : 0))
  writeTimes(points, windowStart, out)
  if (decimals === null) writePlanes(points.values, points.length, out)
  else writeDecimals(points, decimals, out)
  if (corrected) writeCorrected(points, out)
}

/** Reads a chunk of `count` samples into `into`, which is cleared first. */
export function decodeChunk(bytes: Uint8Array, count: number, windowStart: number, into: Points): void {
  const input = new ByteReader(bytes)
  const tag = input.byte()
  const mode = tag & 15
  if (mode > MAX_DECIMALS && mode !== PLANES) throw new RangeError(`A stored chunk has the unknown form ${tag}`)
  into.clear()
  into.reserve(count)
  into.length = count
  readTimes(input, count, windowStart, into.times)
  if (mode === PLANES) readPlanes(input, into.values, count)
  else readDecimals(input, count, power(mode), into.values)
  if ((tag & CORRECTED) !== 0) readCorrected(input, into)
}

function commonDecimals(points: Points): number | null {
  let decimals = 0
  for (let index = 0; index < points.length; index++) {
    const needed = decimalsOf(points.value(index), decimals)
    if (needed === null) return null
    decimals = needed
  }
  // A value that is exact with few decimals can be too large with many.
  for (let index = 0; index < points.length; index++) {
    if (scaled(points.value(index), decimals) === null) return null
  }
  return decimals
}

function writeTimes(points: Points, windowStart: number, out: ByteWriter): void {
  let previous = points.time(0)
  out.varint(previous - windowStart)
  if (points.length === 1) return
  let step = points.time(1) - previous
  out.varint(step)
  previous += step
  const runs = new RunWriter(out)
  for (let index = 2; index < points.length; index++) {
    const next = points.time(index) - previous
    runs.put(next - step)
    step = next
    previous += next
  }
  runs.end()
}

function readTimes(input: ByteReader, count: number, windowStart: number, times: Float64Array): void {
  let at = windowStart + input.varint()
  times[0] = at
  if (count === 1) return
  let step = input.varint()
  at += step
  times[1] = at
  const runs = new RunReader(input)
  for (let index = 2; index < count; index++) {
    step += runs.next()
    at += step
    times[index] = at
  }
}

function writeDecimals(points: Points, decimals: number, out: ByteWriter): void {
  const runs = new RunWriter(out)
  let previous = scaled(points.value(0), decimals) ?? 0
  out.varint(zigzag(previous))
  for (let index = 1; index < points.length; index++) {
    const whole = scaled(points.value(index), decimals) ?? 0
    runs.put(whole - previous)
    previous = whole
  }
  runs.end()
}

function readDecimals(input: ByteReader, count: number, scale: number, values: Float64Array): void {
  let whole = unzigzag(input.varint())
  values[0] = whole / scale
  const runs = new RunReader(input)
  for (let index = 1; index < count; index++) {
    whole += runs.next()
    values[index] = whole / scale
  }
}

function writeCorrected(points: Points, out: ByteWriter): void {
  const marked = new Set(points.corrected)
  out.varint(marked.size)
  let previous = 0
  for (let index = 0; index < points.length; index++) {
    if (!marked.has(points.time(index))) continue
    out.varint(index - previous)
    previous = index
  }
}

function readCorrected(input: ByteReader, into: Points): void {
  let index = 0
  for (let left = input.varint(); left > 0; left--) {
    index += input.varint()
    into.corrected.push(into.time(index))
  }
}

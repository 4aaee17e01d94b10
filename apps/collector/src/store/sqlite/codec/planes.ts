import type { ByteReader, ByteWriter } from './bytes.ts'

/*
 * Doubles that are no short decimals. Each is XORed with the one before it, then all first bytes are written, then all
 * second bytes, and so on: what neighbours share (sign, exponent, high bits) becomes planes of zeros. A plane is either
 * raw (tag 1) or pairs of a number of zeros and a number of literal bytes (tag 0), whichever is shorter.
 */

export function writePlanes(values: Float64Array, count: number, out: ByteWriter): void {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, count * 8)
  const plane = new Uint8Array(count)
  for (let index = 7; index >= 0; index--) {
    let previous = 0
    for (let sample = 0; sample < count; sample++) {
      const byte = bytes[sample * 8 + index] ?? 0
      plane[sample] = byte ^ previous
      previous = byte
    }
    writePlane(plane, out)
  }
}

function writePlane(plane: Uint8Array, out: ByteWriter): void {
  const stretches = zeroStretches(plane)
  const cost = stretches.reduce((sum, { literals }) => sum + literals + 2, 0)
  if (cost >= plane.length) {
    out.byte(1)
    out.all(plane)
    return
  }
  out.byte(0)
  let at = 0
  for (const { zeros, literals } of stretches) {
    out.varint(zeros)
    out.varint(literals)
    out.all(plane.subarray(at + zeros, at + zeros + literals))
    at += zeros + literals
  }
}

function zeroStretches(plane: Uint8Array): { zeros: number; literals: number }[] {
  const stretches: { zeros: number; literals: number }[] = []
  let at = 0
  while (at < plane.length) {
    let literal = at
    while (literal < plane.length && plane[literal] === 0) literal++
    let end = literal
    // Fewer than three zeros cost less as literals than as a new stretch.
    while (end < plane.length && !(plane[end] === 0 && plane[end + 1] === 0 && plane[end + 2] === 0)) end++
    stretches.push({ zeros: literal - at, literals: end - literal })
    at = end
  }
  return stretches
}

export function readPlanes(input: ByteReader, values: Float64Array, count: number): void {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, count * 8)
  for (let index = 7; index >= 0; index--) {
    const plane = readPlane(input, count)
    let previous = 0
    for (let sample = 0; sample < count; sample++) {
      previous ^= plane[sample] ?? 0
      bytes[sample * 8 + index] = previous
    }
  }
}

function readPlane(input: ByteReader, count: number): Uint8Array {
  if (input.byte() === 1) return input.take(count)
  const plane = new Uint8Array(count)
  let at = 0
  while (at < count) {
    at += input.varint()
    const literals = input.take(input.varint())
    if (at + literals.length > count) throw new RangeError('A stored plane is longer than its chunk')
    plane.set(literals, at)
    at += literals.length
  }
  return plane
}

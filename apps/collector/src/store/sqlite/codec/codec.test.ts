import { expect, test } from 'vitest'
import { chance, START } from '../../contract/parts.ts'
import { Points, samePoints } from '../points.ts'
import { ByteReader, ByteWriter, unzigzag, zigzag } from './bytes.ts'
import { decodeChunk, encodeChunk } from './chunk.ts'
import { decodeHead, encodeHead } from './head.ts'

const random = chance(1)

/** Ways in which real and hostile series make their values. */
const SHAPES: Record<string, (index: number) => number> = {
  constant: () => 42,
  counts: () => Math.floor(random() * 30),
  percents: () => Math.round(random() * 100_000) / 1000,
  small: () => Math.round(random() * 1e6) / 1e9,
  doubles: () => random() * 10 ** Math.floor(random() * 600 - 300) * (random() < 0.5 ? -1 : 1),
  neighbours: (index) => 1 + index * Number.EPSILON,
  bits: () => {
    const view = new DataView(new ArrayBuffer(8))
    view.setUint32(0, random() * 2 ** 32)
    view.setUint32(4, random() * 2 ** 32)
    const value = view.getFloat64(0)
    return Number.isFinite(value) ? value : 0
  },
  large: (index) => (index % 2 === 0 ? 2 ** 53 : -(2 ** 53)) + index,
  edges: (index) => [2 ** 50, -(2 ** 50), 2 ** 50 + 1, 0, -0, 0.001, Number.MIN_VALUE][index % 7] ?? 0,
  zeros: (index) => (index % 11 === 0 ? -0 : 0),
}

function randomPoints(count: number, value: (index: number) => number): Points {
  const points = new Points()
  let at = START + Math.floor(random() * 100)
  const jitter = random() < 0.5
  for (let index = 0; index < count; index++) {
    points.push(at, value(index))
    if (random() < 0.05) points.corrected.push(at)
    at += jitter ? 1 + Math.floor(random() * 9000) : 5000
  }
  return points
}

test.each(Object.keys(SHAPES))('[SQ10] chunks of %s come back exactly', (shape) => {
  const out = new ByteWriter(8)
  const read = new Points()
  for (let round = 0; round < 300; round++) {
    const points = randomPoints(1 + Math.floor(random() * (round % 10 === 0 ? 1100 : 70)), SHAPES[shape] ?? (() => 0))
    out.clear()
    encodeChunk(points, START - 5, out)
    decodeChunk(out.view().slice(), points.length, START - 5, read)
    expect(samePoints(points, read)).toBe(true)
  }
})

test.each(Object.keys(SHAPES))('[SQ10] head rows of %s come back exactly', (shape) => {
  const out = new ByteWriter(8)
  for (let round = 0; round < 100; round++) {
    const samples = Array.from({ length: Math.floor(random() * 60) }, (_, index) => ({
      series: 1 + Math.floor(random() * 1e6),
      at: START + Math.floor((random() - 0.5) * 1e12),
      value: SHAPES[shape]?.(index) ?? 0,
    }))
    out.clear()
    encodeHead(samples, START, out)
    const read = decodeHead(out.view().slice(), START)
    // `toEqual` tells -0 from 0.
    expect(read).toEqual(samples)
  }
})

test('[SQ10] numbers up to 2^53 come back, cut bytes are an error', () => {
  const numbers = [0, 1, 127, 128, 16_383, 16_384, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 49 + 1, 2 ** 53 - 1]
  const out = new ByteWriter(1)
  for (const number of numbers) out.varint(number)
  const input = new ByteReader(out.view())
  expect(numbers.map(() => input.varint())).toEqual(numbers)
  expect(() => input.byte()).toThrow(RangeError)
  for (const number of [0, 1, -1, 63, -64, 2 ** 51, -(2 ** 51)]) expect(unzigzag(zigzag(number))).toBe(number)
})

test('[SQ10] five minutes of a steady series are small', () => {
  const out = new ByteWriter()
  const points = new Points()
  for (let index = 0; index < 60; index++) points.push(START + index * 5000, index % 15 === 0 ? 61.5 : 61.513)
  encodeChunk(points, START, out)
  expect(out.view().length).toBeLessThan(40)
})

import type { Sample } from '@headroom/shared/model/series.ts'
import { ByteReader, type ByteWriter, unzigzag, zigzag } from './bytes.ts'
import { decimalsOf, power, scaled } from './decimals.ts'

/*
 * A head row: the samples of one tick in the order they came. Per sample: series minus the one before, time minus the
 * one before, and the value as (whole number of 10^-n) * 16 + n, or 15 and its eight bytes. Sources answer with many
 * series of one time, so that most of it is one byte each.
 */
const RAW = 15
/** Times 16 and zigzagged this still is an exact double. */
const LARGEST = 2 ** 47

const raw = new DataView(new ArrayBuffer(8))

export function encodeHead(samples: readonly Sample[], tickAt: number, out: ByteWriter): void {
  let series = 0
  let at = tickAt
  for (const sample of samples) {
    out.varint(zigzag(sample.series - series))
    out.varint(zigzag(sample.at - at))
    writeValue(sample.value, out)
    series = sample.series
    at = sample.at
  }
}

export function decodeHead(bytes: Uint8Array, tickAt: number): Sample[] {
  const input = new ByteReader(bytes)
  const samples: Sample[] = []
  let series = 0
  let at = tickAt
  while (!input.done) {
    series += unzigzag(input.varint())
    at += unzigzag(input.varint())
    samples.push({ series, at, value: readValue(input) })
  }
  return samples
}

function writeValue(value: number, out: ByteWriter): void {
  const decimals = decimalsOf(value)
  const whole = decimals === null ? null : scaled(value, decimals)
  if (decimals !== null && whole !== null && Math.abs(whole) < LARGEST) {
    out.varint(zigzag(whole) * 16 + decimals)
    return
  }
  out.byte(RAW)
  raw.setFloat64(0, value)
  out.all(new Uint8Array(raw.buffer))
}

function readValue(input: ByteReader): number {
  const token = input.varint()
  if (token !== RAW) return unzigzag(Math.floor(token / 16)) / power(token % 16)
  new Uint8Array(raw.buffer).set(input.take(8))
  return raw.getFloat64(0)
}

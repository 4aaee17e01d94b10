import { expect, it } from 'vitest'
import { formatDuration, parseDuration } from './time.ts'
import { parseSize } from './size.ts'
import { roundValue } from './metrics.ts'

it.each([
  ['500ms', 500],
  ['5s', 5_000],
  ['1.5m', 90_000],
  ['30d', 2_592_000_000],
  ['5', undefined],
  ['5 s', undefined],
  ['-5s', undefined],
  ['1w', undefined],
])('reads the duration %s as %s', (text, ms) => expect(parseDuration(text)).toBe(ms))

it.each([
  [90_000, '90s'],
  [120_000, '2m'],
  [3_600_000, '1h'],
  [1_500, '1500ms'],
  [86_400_000, '1d'],
])('writes %s ms as %s', (ms, text) => expect(formatDuration(ms)).toBe(text))

it.each([
  ['512MB', 512_000_000],
  ['2GiB', 2_147_483_648],
  ['1.5KiB', 1_536],
  ['12', undefined],
  ['2gib', undefined],
])('reads the size %s as %s', (text, bytes) => expect(parseSize(text)).toBe(bytes))

it('rounds catalogue metrics to 3 decimals and others to 6 significant digits', () => {
  expect(roundValue('cpu.used_percent', 12.34567)).toBe(12.346)
  expect(roundValue('my.own.path', 1234.56789)).toBe(1234.57)
  expect(roundValue('my.own.path', 0.000123456789)).toBe(0.000123457)
  expect(roundValue('my.own.path', 12_345_678)).toBe(12_345_678)
})

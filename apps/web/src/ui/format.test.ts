import { describe, expect, it } from 'vitest'
import { ageText } from './format-age.ts'
import { formatNumber, numberText } from './format-number.ts'
import { momentText } from './format-time.ts'
import { conditionText, distanceText, lowerFirst } from './line-words.ts'
import { sparklinePath } from './sparkline-path.ts'
import { fieldText, fieldTime } from './time-field.ts'

const EN = 'en-GB'
const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

describe('formatNumber', () => {
  it.each([
    [34.21, 'percent', '34', '%'],
    [3.42, 'percent', '3.4', '%'],
    [512 * 2 ** 20, 'bytes', '512', 'MiB'],
    [1.5 * 2 ** 30, 'bytes', '1.5', 'GiB'],
    [1000, 'bytes', '0.98', 'KiB'],
    [0, 'bytes', '0', 'B'],
    [0.82, 'seconds', '820', 'ms'],
    [2e-9, 'seconds', '2', 'ns'],
    [4e-6, 'seconds', '4', 'µs'],
    [14.75, 'seconds', '14.8', 's'],
    [312, 'seconds', '5.2', 'min'],
    [1234, 'per_minute', '1,234', '/min'],
    [2.5, 'bytes_per_second', '3', 'B/s'],
    [1, 'bool', 'yes', ''],
    [0, 'bool', 'no', ''],
    [0.5, 'parsecs', '0.5', 'parsecs'],
  ])('%s %s is %s %s', (value, unit, figure, name) => {
    expect(formatNumber(value, unit, EN)).toEqual({ figure, unit: name })
  })

  it('follows the locale', () => {
    expect(formatNumber(1234.5, 'count', 'de-DE').figure).toBe('1.235')
  })

  it('keeps a decimal of percent in sentences, so that 79.6 never reads as the line at 80', () => {
    expect(plain(numberText(79.6, 'percent', EN))).toBe('79.6 %')
  })
})

describe('ageText', () => {
  it.each([
    [-5, '0 s'],
    [800, '1 s'],
    [42_000, '42 s'],
    [89_000, '89 s'],
    [120_000, '2 min'],
    [7_200_000, '2 h'],
    [3 * 86_400_000, '3 days'],
  ])('%s ms is %s', (ms, text) => {
    expect(plain(ageText(ms))).toBe(text)
  })

  it('keeps its unit on its line', () => {
    expect(ageText(42_000)).not.toContain(' ')
    expect(numberText(12 * 2 ** 20, 'bytes', EN)).not.toContain(' ')
  })

  it('is finer where asked', () => {
    expect(plain(ageText(830, true))).toBe(`${(0.8).toLocaleString()} s`)
  })
})

describe('words about a line', () => {
  it('says the condition as the documents write it', () => {
    expect(conditionText('Job queue length', 'above', 50, 'count')).toBe('job queue length > 50')
    expect(plain(conditionText('CPU', 'atLeast', 80, 'percent'))).toBe('CPU ≥ 80 %')
  })

  it('says how far it is, either way round', () => {
    expect(distanceText(61, 'above', 50, 'count')).toBe('11 past the line')
    expect(plain(distanceText(2, 'below', 3, 'count'))).toBe('1 past the line')
    expect(plain(distanceText(27, 'above', 40, 'count'))).toBe('13 to the line')
    expect(plain(distanceText(50, 'above', 50, 'count'))).toBe('on the line')
    expect(plain(distanceText(17.14, 'above', 80, 'percent'))).toBe('63 % to the line')
    expect(plain(distanceText(0.532, 'above', 3, 'seconds'))).toBe('2.5 s to the line')
    expect(plain(distanceText(95.06, 'above', 90, 'percent'))).toBe('5.1 % past the line')
  })

  it('leaves abbreviations alone', () => {
    expect([lowerFirst('Memory'), lowerFirst('DB pool'), lowerFirst('CPU')]).toEqual(['memory', 'DB pool', 'CPU'])
  })
})

describe('times', () => {
  it('names the day only where it is another one', () => {
    const now = Date.UTC(2026, 10, 25, 9, 42)
    expect(momentText(now - 60_000, now, 'utc')).not.toMatch(/Nov/)
    expect(momentText(now - 86_400_000, now, 'utc')).toMatch(/Nov/)
  })

  it('survives the way into a field and back', () => {
    const at = Date.UTC(2026, 10, 25, 9, 42, 7)
    for (const zone of ['utc', 'local'] as const) expect(fieldTime(fieldText(at, zone), zone)).toBe(at)
    expect(fieldTime('', 'utc')).toBeUndefined()
  })
})

describe('sparklinePath', () => {
  const view = { from: 0, to: 100, top: 10, width: 100, height: 10, gapMs: 20 }

  it('breaks at nulls and at silences', () => {
    expect(
      sparklinePath(
        [
          [0, 0],
          [10, 10],
          [20, null],
          [30, 5],
          [90, 5],
        ],
        view,
      ),
    ).toBe('M0.0 10.0L10.0 0.0M30.0 5.0M90.0 5.0')
  })
})

import { describe, expect, test } from 'vitest'
import { isTimeZone, parseMark, parseTime } from './local-time.ts'

const ZONE = 'Europe/Amsterdam'
const iso = (at: number | undefined): string | undefined => (at === undefined ? undefined : new Date(at).toISOString())

describe('parseTime', () => {
  test.each([
    ['in winter', '2026-11-25T09:00', '2026-11-25T08:00:00.000Z'],
    ['in summer', '2026-07-01 09:00:30', '2026-07-01T07:00:30.000Z'],
    ['one that does not exist moves forward', '2026-03-29T02:30', '2026-03-29T01:30:00.000Z'],
    ['of an ambiguous one the first counts', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
    ['with its own offset', '2026-11-25T09:00+05:00', '2026-11-25T04:00:00.000Z'],
    ['in UTC', '2026-11-25T09:00Z', '2026-11-25T09:00:00.000Z'],
  ])('%s', (_, text, expected) => {
    expect(iso(parseTime(text, ZONE))).toBe(expected)
  })

  test.each(['tomorrow', '2026-13-01T09:00', '2026-02-30T09:00', '09:00', '2026-11-25'])('%s is no time', (text) => {
    expect(parseTime(text, ZONE)).toBeUndefined()
  })
})

describe('parseMark', () => {
  const start = parseTime('2026-11-25T21:00', ZONE) ?? 0
  test.each([
    ['21:00', '2026-11-25T20:00:00.000Z'],
    ['9:30', '2026-11-26T08:30:00.000Z'],
    ['2026-11-25T22:15', '2026-11-25T21:15:00.000Z'],
  ])('%s of an event that starts at nine in the evening', (text, expected) => {
    expect(iso(parseMark(text, ZONE, start))).toBe(expected)
  })
  test('25:00 is no time', () => {
    expect(parseMark('25:00', ZONE, start)).toBeUndefined()
  })
})

test('isTimeZone', () => {
  expect([isTimeZone(ZONE), isTimeZone('Europe/Amsterdm')]).toEqual([true, false])
})

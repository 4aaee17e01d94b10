import { describe, expect, it } from 'vitest'
import type { PlannedEvent } from '@headroom/shared/model/planned-event.ts'
import { plannedNow, tText } from './planned-now.ts'

const HOUR = 3_600_000
const event = (id: string, startHour: number, endHour: number): PlannedEvent => ({
  id,
  name: id,
  systems: [],
  timezone: 'Europe/Amsterdam',
  startAt: startHour * HOUR,
  endAt: endHour * HOUR,
  runsheet: [],
})

describe('plannedNow', () => {
  const events = [event('wed', 9, 12), event('lab', 11, 13), event('thu', 33, 36)]

  it.each([
    [8, 'wed', -1],
    [9, 'wed', 0],
    [11.5, 'lab', 0.5],
    [12, 'lab', 1],
    [20.9, undefined, 0],
    [21, 'thu', -12],
  ])('at %d h it is %s', (hour, id, atHours) => {
    const found = plannedNow(events, hour * HOUR)
    expect(found?.event.id).toBe(id)
    if (found !== undefined) expect(found.atMs).toBe(atHours * HOUR)
  })
})

describe('tText', () => {
  it.each([
    [0, 'T+0:00'],
    [42 * 60_000 + 59_000, 'T+0:42'],
    [74 * 60_000, 'T+1:14'],
    [-78 * 60_000, 'T-1:18'],
    [-1_000, 'T-0:01'],
  ])('%d is %s', (ms, text) => {
    expect(tText(ms)).toBe(text)
  })
})

import { expect, test } from 'vitest'
import { FakeClock } from '../lib/fake-clock.ts'
import { DayGrowth } from './day-growth.ts'

const MINUTE = 60_000

async function run(growth: DayGrowth, clock: FakeClock, minutes: number, samples: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    growth.add(samples)
    await clock.advance(MINUTE)
  }
}

test('a day is what the last hours brought, at what a sample has cost', async () => {
  const clock = new FakeClock()
  const growth = new DayGrowth(clock)
  const kept = { dataBytes: 90_000, samples: 30_000 }
  await run(growth, clock, 9, 100)
  expect(growth.bytesPerDay(kept)).toBeNull()
  await run(growth, clock, 1, 100)
  expect(growth.bytesPerDay(kept)).toBe(100 * 60 * 24 * 3)
  expect(growth.bytesPerDay({ dataBytes: 4_000, samples: 100 })).toBeNull()
})

test('hours long past do not count', async () => {
  const clock = new FakeClock()
  const growth = new DayGrowth(clock)
  await run(growth, clock, 120, 1_000)
  await run(growth, clock, 360, 10)
  expect(growth.bytesPerDay({ dataBytes: 50_000, samples: 50_000 })).toBeLessThan(10 * 60 * 24 * 1.3)
})

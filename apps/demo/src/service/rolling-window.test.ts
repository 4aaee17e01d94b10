import { describe, expect, test } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { RollingWindow } from './rolling-window.ts'

describe('a rolling window', () => {
  test('gives the count, mean and quantiles of the last minute only', async () => {
    const clock = new FakeClock()
    const window = new RollingWindow(clock, 100)
    window.add(1_000)
    await clock.advance(30_000)
    for (const value of [10, 20, 30, 40]) window.add(value)
    expect([window.count, window.quantile(0.95)]).toEqual([5, 1_000])
    await clock.advance(30_000)
    expect([window.count, window.mean, window.quantile(0.5), window.quantile(0.95)]).toEqual([4, 25, 20, 40])
    await clock.advance(30_000)
    expect([window.count, window.mean, window.quantile(0.5)]).toEqual([0, 0, 0])
  })

  test('forgets the oldest beyond its bound', () => {
    const window = new RollingWindow(new FakeClock(), 2)
    for (const value of [1, 2, 3]) window.add(value)
    expect([window.count, window.mean]).toEqual([2, 2.5])
  })
})

import { beforeAll, describe, expect, test } from 'vitest'
import { sleep } from '../clock.ts'
import { startDemo } from '../start-demo.ts'
import { readHealth, type Health } from '../testing/read-health.ts'
import { TurningClock } from '../testing/turning-clock.ts'
import { workshopMs } from './phases.ts'

const EVERY_MS = 5_000

/** The seconds (of the workshop) that a run of consecutive readings met a condition, for every such run. */
function spansSeconds(readings: readonly Health[], meets: (health: Health) => boolean): number[] {
  const spans: number[] = []
  let since: number | undefined
  for (const reading of readings) {
    if (meets(reading)) {
      since ??= reading.uptime_seconds
      continue
    }
    if (since !== undefined) spans.push(reading.uptime_seconds - since)
    since = undefined
  }
  return spans
}

describe('a whole workshop, once', () => {
  const readings: Health[] = []
  const longest = (meets: (health: Health) => boolean): number => Math.max(0, ...spansSeconds(readings, meets))
  const last = (): Health | undefined => readings.at(-1)

  beforeAll(async () => {
    using clock = new TurningClock()
    await using demo = await startDemo({ clock, seed: 7 })
    const never = new AbortController().signal
    while ((last()?.uptime_seconds ?? 0) < workshopMs / 1_000) {
      readings.push(await readHealth(demo.url))
      await sleep(clock, EVERY_MS, never)
    }
  })

  test('sessions climb to 30, hold, and go back to none', () => {
    expect(Math.max(...readings.map(({ sessions }) => sessions.active))).toBe(30)
    expect(longest(({ sessions }) => sessions.active === 30)).toBeGreaterThan(300)
    expect(last()?.sessions).toMatchObject({ active: 0, exported_total: 30 })
  })

  test('memory passes 80 % and 90 % for longer than 30 s, and falls back to its base', () => {
    expect(longest(({ system }) => system.memory_percent > 80)).toBeGreaterThan(60)
    expect(longest(({ system }) => system.memory_percent > 90)).toBeGreaterThan(35)
    expect(Math.max(...readings.map(({ system }) => system.memory_percent))).toBeLessThan(100)
    expect(last()?.system.memory_percent).toBe(24.4)
  })

  test('the database pool is above 80 % within two minutes, is used up with a line before it later, and empties', () => {
    const capacity = 20
    const high = readings.find(({ database }) => database.pool.checked_out > 0.8 * capacity)
    expect(high?.uptime_seconds).toBeLessThan(110)
    expect(longest(({ database: { pool } }) => pool.checked_out === capacity && pool.waiting > 0)).toBeGreaterThan(15)
    expect(last()?.database.pool).toMatchObject({ checked_out: 0, waiting: 0 })
  })

  test('the Redis pool passes 80 % for longer than 15 s, and empties', () => {
    expect(longest(({ redis: { pool } }) => pool.in_use > 0.8 * pool.size)).toBeGreaterThan(15)
    expect(last()?.redis.pool).toMatchObject({ in_use: 0, waiting: 0 })
  })

  test('the queue passes 50 jobs for longer than 15 s, comes below between the labs, and empties', () => {
    const long = spansSeconds(readings, ({ queue }) => queue.queue_length > 50).filter((seconds) => seconds > 15)
    expect(long.length).toBeGreaterThanOrEqual(2)
    expect(last()?.queue).toMatchObject({ queue_length: 0, workers: { busy: 0 } })
  })

  test('the upstream refuses some calls, which are tried again: nearly 900 captions are made', () => {
    expect(last()?.upstream.rate_limited_total).toBeGreaterThan(0)
    expect(last()?.upstream.requests_total).toBeGreaterThan(850)
  })

  test('is quiet at times: nothing near a line for a whole minute', () => {
    const quiet = longest(
      ({ system, database, queue }) =>
        system.memory_percent < 40 && database.pool.checked_out < 10 && queue.queue_length === 0,
    )
    expect(quiet).toBeGreaterThan(60)
  })

  test('turns nobody away: no request fails', () => {
    const failed = last()?.requests.responses.filter(({ status }) => Number(status) >= 400) ?? []
    expect(failed.map(({ responses_total: count }) => count)).toEqual(failed.map(() => 0))
  })
})

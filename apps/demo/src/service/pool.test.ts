import { describe, expect, test } from 'vitest'
import { FakeClock, settled } from '../testing/fake-clock.ts'
import { Pool, type Lease } from './pool.ts'

const never = new AbortController().signal

function newPool(clock: FakeClock = new FakeClock()): Pool {
  return new Pool({
    name: 'test pool',
    size: 2,
    maxOverflow: 1,
    maxWaiting: 2,
    timeoutMs: 30_000,
    clock,
  })
}

async function takeAll(pool: Pool): Promise<[Lease, Lease, Lease]> {
  return [await pool.acquire(never), await pool.acquire(never), await pool.acquire(never)]
}

describe('a pool', () => {
  test('lends up to its size, then its overflow, and says so', async () => {
    const pool = newPool()
    await takeAll(pool)
    expect(pool.figures).toEqual({ size: 2, inUse: 3, overflow: 1, maxOverflow: 1, waiting: 0 })
  })

  test('lets the next ones wait, and serves them in the order they came', async () => {
    const pool = newPool()
    const [first, second] = await takeAll(pool)
    const served: string[] = []
    const early = pool.acquire(never).then(() => served.push('early'))
    const late = pool.acquire(never).then(() => served.push('late'))
    expect(pool.figures).toMatchObject({ inUse: 3, waiting: 2 })

    first[Symbol.dispose]()
    await settled()
    expect(served).toEqual(['early'])
    second[Symbol.dispose]()
    await Promise.all([early, late])
    expect(served).toEqual(['early', 'late'])
    expect(pool.figures).toMatchObject({ inUse: 3, waiting: 0 })
  })

  test('hands over directly, so that nobody overtakes the line', async () => {
    const pool = newPool()
    const [first] = await takeAll(pool)
    const waiting = pool.acquire(never)
    first[Symbol.dispose]()
    void pool.acquire(never)
    await waiting
    expect(pool.figures).toMatchObject({ inUse: 3, waiting: 1 })
  })

  test('refuses at once when the line is full', async () => {
    const pool = newPool()
    await takeAll(pool)
    void pool.acquire(never)
    void pool.acquire(never)
    await expect(pool.acquire(never)).rejects.toMatchObject({
      name: 'PoolRefused',
      reason: 'full',
      pool: 'test pool',
    })
    expect(pool.figures.waiting).toBe(2)
  })

  test('refuses whoever has waited for the timeout, and forgets them', async () => {
    const clock = new FakeClock()
    const pool = newPool(clock)
    await takeAll(pool)
    const refused = expect(pool.acquire(never)).rejects.toMatchObject({ reason: 'timeout' })
    await clock.advance(29_999)
    expect(pool.figures.waiting).toBe(1)
    await clock.advance(1)
    await refused
    expect(pool.figures).toMatchObject({ inUse: 3, waiting: 0 })
  })

  test('leaves no timer behind when a turn came in time', async () => {
    const clock = new FakeClock()
    const pool = newPool(clock)
    const [first] = await takeAll(pool)
    const waiting = pool.acquire(never)
    first[Symbol.dispose]()
    await waiting
    expect(clock.pending).toBe(0)
  })

  test('lets go of whoever hangs up while waiting', async () => {
    const pool = newPool()
    const leases = await takeAll(pool)
    const hangUp = new AbortController()
    const waiting = pool.acquire(hangUp.signal)
    hangUp.abort(new Error('hung up'))
    await expect(waiting).rejects.toThrow('hung up')
    for (const lease of leases) lease[Symbol.dispose]()
    expect(pool.figures).toMatchObject({ inUse: 0, waiting: 0 })
  })

  test('takes a thing back only once', async () => {
    const pool = newPool()
    const [first] = await takeAll(pool)
    first[Symbol.dispose]()
    first[Symbol.dispose]()
    expect(pool.figures.inUse).toBe(2)
  })
})

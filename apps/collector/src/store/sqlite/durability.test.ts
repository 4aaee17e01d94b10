import { execFileSync } from 'node:child_process'
import { rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { FakeClock } from '../../lib/fake-clock.ts'
import { all, chance, HOUR, put, someSeries, START, steady } from '../contract/parts.ts'
import type { CommitResult, Store, Tick } from '../types.ts'
import { openSqliteStore } from './open-store.ts'
import { SqliteStore } from './sqlite-store.ts'
import { childTick, missing, SERIES } from './testing/child-tick.ts'
import { temporaryFolder } from './testing/folder.ts'
import { killAfterLines } from './testing/killed-child.ts'

const open = (folder: string): Promise<Store> => openSqliteStore({ folder, clock: new FakeClock(), synchronous: 'OFF' })

test('[SQ1] reopening at any moment changes nothing', async () => {
  using folder = temporaryFolder()
  const random = chance(5)
  const model = new Map<number, number>()
  let now = START
  for (let round = 0; round < 25; round++) {
    await using store = await open(folder.path)
    const [id = 0] = await someSeries(store, 3)
    for (let tick = Math.floor(random() * 300); tick >= 0; tick--) {
      now += random() < 0.01 ? Math.floor((random() - 0.4) * HOUR) : 5000
      const at = random() < 0.1 ? now - Math.floor(random() * 200) * 5000 : now
      model.set(at, tick)
      await put(store, [{ series: id, at, value: tick }], [], now)
    }
    const expected = [...model].toSorted((a, b) => a[0] - b[0])
    const { t, v } = await all(store, id)
    expect(t).toEqual(expected.map(([at]) => at))
    expect(v).toEqual(expected.map(([, value]) => value))
  }
  await using store = await open(folder.path)
  // Closing what is open settles the count.
  await store.retain(
    { before: now + HOUR, maxBytes: Number.MAX_SAFE_INTEGER, pinned: [{ from: 0, to: now + HOUR }] },
    AbortSignal.timeout(60_000),
  )
  expect((await store.stats()).samples).toBe(model.size)
})

test('[SQ1] many steady series are counted once over restarts', async () => {
  using folder = temporaryFolder()
  for (let round = 0; round < 4; round++) {
    await using store = await open(folder.path)
    if (round === 0) await someSeries(store, SERIES)
    for (let tick = 1; tick <= 200; tick++)
      expect(await store.commit(childTick(round * 200 + tick))).toEqual({ ok: true })
    expect(await missing(store, (round + 1) * 200)).toBeNull()
  }
})

test('[SQ1] series that went silent are counted once, wherever the store was closed', async () => {
  using folder = temporaryFolder()
  // At tick 128 the first 64 of 100 silent series are closed; the rows that hold them are still needed for the others.
  for (const [from, to] of [
    [0, 130],
    [130, 400],
  ] as const) {
    await using store = await open(folder.path)
    const [steadyOne = 0, ...silent] = await someSeries(store, 101)
    for (let tick = from; tick < to; tick++) {
      const at = START + tick * 5000
      await put(
        store,
        [steadyOne, ...(tick === 0 ? silent : [])].map((series) => ({ series, at, value: tick })),
        [],
        at,
      )
    }
  }
  await using store = await open(folder.path)
  expect((await store.stats()).samples).toBe(500)
  expect(await store.newest({})).toHaveLength(101)
})

test('[SQ2] kill -9 takes nothing that was acknowledged', async () => {
  using folder = temporaryFolder()
  for (const lines of [1, 200, 37]) {
    const last = await killAfterLines(join(import.meta.dirname, 'testing/ingest-child.ts'), [folder.path], lines)
    await using store = await openSqliteStore({ folder: folder.path, clock: new FakeClock() })
    expect(await missing(store, Number(last))).toBeNull()
  }
})

/** Hour `tick` after the first, and a long line: some pages. */
function largeTick(id: number, tick: number): Tick {
  const from = START + tick * HOUR
  const event = { seq: 100 + tick, at: START, kind: 'log', level: 'info', text: 'x'.repeat(10_000) } as const
  return { seq: event.seq, at: from, samples: steady(id, from, from + HOUR), events: [event] }
}

/** Commits until five have failed after the last that did not. Gives how many succeeded, and all results. */
async function commitUntilFull(store: Store, id: number): Promise<{ kept: number; results: CommitResult[] }> {
  const results: CommitResult[] = []
  while (results.filter(({ ok }) => !ok).length < 5 && results.length < 4000)
    results.push(await store.commit(largeTick(id, results.length + 1)))
  return { kept: results.filter(({ ok }) => ok).length, results }
}

/** What a store must do while `fill` has taken the space, and after `free` has given it back. */
async function expectFullAndBack(store: Store, fill: () => void, free: () => void): Promise<void> {
  const [id = 0] = await someSeries(store, 1)
  await put(store, steady(id, START, START + HOUR))
  fill()
  const { kept, results } = await commitUntilFull(store, id)
  const full = { ok: false, failure: expect.objectContaining({ code: 'full', retryable: true }) as unknown }
  expect(results).toEqual([...Array.from({ length: kept }, () => ({ ok: true })), full, full, full, full, full])
  expect((await all(store, id)).t).toHaveLength((kept + 1) * 720)
  expect(await store.events({ limit: 5000 })).toHaveLength(kept)
  free()
  const at = START + 5000 * HOUR
  await put(store, [{ series: id, at, value: 9 }], [], at)
  expect((await all(store, id)).t).toHaveLength((kept + 1) * 720 + 1)
  expect((await store.stats()).samples).toBe((kept + 1) * 720 + 1)
}

/** A disk of 2 MiB at the folder; null where this process may not mount one, as in most containers. */
function smallDisk(folder: string): Disposable | null {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'headroom-test', folder], { stdio: 'ignore' })
  } catch {
    return null
  }
  return { [Symbol.dispose]: () => execFileSync('umount', [folder]) }
}

test('[SQ3] a full disk loses only what was refused', async (context) => {
  using folder = temporaryFolder()
  using disk = smallDisk(folder.path)
  if (disk === null) return context.skip('a small disk cannot be mounted here')
  {
    await using store = await open(folder.path)
    const ballast = join(folder.path, 'ballast')
    await expectFullAndBack(
      store,
      () => writeFileSync(ballast, Buffer.alloc(400_000)),
      () => rmSync(ballast),
    )
  }
  await using again = await open(folder.path)
  expect((await again.newest({}))[0]).toMatchObject({ at: START + 5000 * HOUR, value: 9 })
})

test('[SQ3] a database that may not grow loses only what was refused', async () => {
  using folder = temporaryFolder()
  await (await open(folder.path))[Symbol.asyncDispose]()
  using database = new DatabaseSync(join(folder.path, 'headroom.db'))
  await using store = new SqliteStore(database, join(folder.path, 'headroom.db'), { kind: 'opened' })
  await expectFullAndBack(
    store,
    () => database.exec('PRAGMA max_page_count = 200'),
    () => database.exec('PRAGMA max_page_count = 100000'),
  )
  expect(await store.lastSeq()).toBeGreaterThan(100)
})

test('[SQ7] a full disk at opening is said', async (context) => {
  using folder = temporaryFolder()
  using disk = smallDisk(folder.path)
  if (disk === null) return context.skip('a small disk cannot be mounted here')
  try {
    writeFileSync(join(folder.path, 'ballast'), Buffer.alloc(3_000_000))
  } catch {
    // Now it is full.
  }
  expect(await open(folder.path).catch((error: unknown) => error)).toMatchObject({
    code: 'full',
    message: expect.stringContaining('--data') as string,
  })
})

test('[SQ9] the file shrinks, and what was forgotten stays forgotten', async () => {
  using folder = temporaryFolder()
  const file = join(folder.path, 'headroom.db')
  {
    await using store = await open(folder.path)
    const [id = 0, late = 0] = await someSeries(store, 2)
    const random = chance(3)
    for (let hour = 0; hour < 48; hour++)
      await put(
        store,
        steady(id, START + hour * HOUR, START + (hour + 1) * HOUR, 500).map((sample) => ({
          ...sample,
          value: random(),
        })),
      )
    await put(store, [{ series: late, at: START, value: 1 }])
    const size = (await store.stats()).bytes
    await store.retain(
      { before: START + 40 * HOUR, maxBytes: Number.MAX_SAFE_INTEGER, pinned: [] },
      AbortSignal.timeout(60_000),
    )
    expect((await store.stats()).bytes).toBeLessThan(size / 3)
    expect(statSync(file).size).toBeLessThan(size / 3)
  }
  await using store = await open(folder.path)
  expect(await store.newest({ ids: [2] })).toEqual([])
  expect((await all(store, 1)).t[0]).toBeGreaterThan(START + 39 * HOUR)
  expect((await store.stats()).samples).toBe((await all(store, 1)).t.length)
})

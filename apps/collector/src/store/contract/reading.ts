import type { Sample } from '@headroom/shared/model/series.ts'
import { expect, test } from 'vitest'
import type { MakeStore } from '../contract.ts'
import type { Store } from '../types.ts'
import { all, chance, HOUR, MINUTE, put, someSeries, START, steady } from './parts.ts'

export function readingContract(makeStore: MakeStore): void {
  test('[ST8] buckets are equal, readable and cover the span', async () => {
    await using store = await makeStore()
    const [id = 0] = await someSeries(store, 1)
    for (const [span, points] of [
      [8 * HOUR, 300],
      [7 * MINUTE, 13],
      [1, 1],
      [999 * HOUR, 7],
      [HOUR, 3600],
    ] as const) {
      const from = START + 1234
      const { stepMs, series } = await store.range({ series: [id], from, to: from + span, points })
      const t = series[0]?.t ?? []
      expect(t.length).toBeLessThanOrEqual(points)
      expect(t.every((at, index) => at === Math.floor(from / stepMs) * stepMs + index * stepMs)).toBe(true)
      expect((t.at(-1) ?? 0) + stepMs).toBeGreaterThanOrEqual(from + span)
    }
    expect((await store.range({ series: [id], from: START, to: START + 8 * HOUR, points: 300 })).stepMs).toBe(
      2 * MINUTE,
    )
    expect((await store.range({ series: [id], from: START, to: START, points: 10 })).series).toEqual([
      { id, t: [], min: [], max: [], avg: [], last: [] },
    ])
  })

  test('[ST9] a spike is never lost', async () => {
    await using store = await makeStore()
    const [id = 0] = await someSeries(store, 1)
    const spike = START + 3 * HOUR + 7 * 5000
    for (const sample of chunksOf(steady(id, START, START + 8 * HOUR), 500)) await put(store, sample)
    await put(store, [{ series: id, at: spike, value: 1e6 }])
    const { series } = await store.range({ series: [id], from: START, to: START + 8 * HOUR, points: 100 })
    const read = series[0]
    expect(Math.max(...(read?.max ?? []).map(Number))).toBe(1e6)
    expect(
      read?.avg.every(
        (avg, bucket) => Number(avg) >= Number(read.min[bucket]) && Number(avg) <= Number(read.max[bucket]),
      ),
    ).toBe(true)
    expect(read?.last.at(-1)).toBe((5760 - 1) % 100)
  })

  test('[ST10] empty buckets are null in all four', async () => {
    await using store = await makeStore()
    const [id = 0] = await someSeries(store, 1)
    await put(
      store,
      [-1, 0, 65_000, 300_000].map((offset) => ({ series: id, at: START + offset, value: offset })),
    )
    const { series, stepMs } = await store.range({ series: [id, 77], from: START, to: START + 300_000, points: 5 })
    expect(stepMs).toBe(MINUTE)
    const values = [0, 65_000, null, null, null]
    expect(series[0]).toMatchObject({ min: values, max: values, avg: values, last: values })
    expect(series[1]?.last).toEqual([null, null, null, null, null])
  })

  test('[ST11] pages of raw samples are every sample once', async () => {
    await using store = await makeStore()
    const ids = await someSeries(store, 3)
    for (const id of ids) await put(store, steady(id, START, START + HOUR))
    await put(store, [{ series: ids[0] ?? 0, at: START + 4000 * HOUR, value: 5 }])
    for (const limit of [1, 100, 1000, 100_000]) {
      const read = new Map<number, number[]>()
      let from: number | null = START
      while (from !== null) {
        const page: Awaited<ReturnType<Store['raw']>> = await store.raw({
          series: ids,
          from,
          to: Number.MAX_SAFE_INTEGER,
          limit,
        })
        const count = page.series.reduce((sum, { t }) => sum + t.length, 0)
        expect(count).toBeLessThanOrEqual(Math.max(limit, 3))
        for (const { id, t, v } of page.series) {
          expect(v).toHaveLength(t.length)
          read.set(id, [...(read.get(id) ?? []), ...t])
        }
        expect(page.next === null || page.next > from).toBe(true)
        from = page.next
      }
      for (const id of ids) expect(read.get(id)).toEqual((await all(store, id)).t)
    }
  })

  test('[ST12] the newest at or before a moment', async () => {
    await using store = await makeStore()
    const [a = 0, b = 0, c = 0] = await someSeries(store, 3)
    for (const part of chunksOf(steady(a, START, START + 2 * HOUR), 7)) await put(store, part)
    await put(store, [{ series: b, at: START - 50 * 24 * HOUR, value: 3 }])
    expect(await store.newest({})).toEqual([
      { series: a, at: START + 2 * HOUR - 5000, value: 39 },
      { series: b, at: START - 50 * 24 * HOUR, value: 3 },
    ])
    expect(await store.newest({ at: START + 7, ids: [a, c] })).toEqual([{ series: a, at: START, value: 0 }])
    expect(await store.newest({ at: START - 1, notBefore: START - HOUR })).toEqual([])
    expect(await store.newest({ at: START + HOUR + 4999, notBefore: START + HOUR })).toEqual([
      { series: a, at: START + HOUR, value: 20 },
    ])
  })

  test('[ST13] random ticks read as from a plain list', async () => {
    await using store = await makeStore()
    const random = chance(42)
    const ids = await someSeries(store, 5)
    const model = new Map<number, Map<number, number>>(ids.map((id) => [id, new Map()]))
    let now = START
    for (let tick = 0; tick < 1500; tick++) {
      now += random() < 0.01 ? Math.floor((random() - 0.4) * 4 * HOUR) : 5000
      const samples = ids
        .filter(() => random() < 0.8)
        .map((series): Sample => {
          const late = random() < 0.1 ? Math.floor(random() * 100) * 5000 : 0
          return { series, at: now - late, value: random() < 0.5 ? Math.floor(random() * 100) : random() }
        })
      for (const { series, at, value } of samples) model.get(series)?.set(at, value)
      await put(store, samples, [], now)
    }
    for (const id of ids)
      await expectSame(
        store,
        id,
        [...(model.get(id) ?? [])].toSorted((a, b) => a[0] - b[0]),
        random,
      )
    expect((await store.stats()).oldestAt).toBe(
      [...model.values()].flatMap((times) => [...times.keys()]).reduce((a, b) => Math.min(a, b)),
    )
  })
}

async function expectSame(store: Store, id: number, list: [number, number][], random: () => number): Promise<void> {
  const read = await all(store, id)
  expect(read.t).toEqual(list.map(([at]) => at))
  expect(read.v).toEqual(list.map(([, value]) => value))
  for (let probe = 0; probe < 20; probe++) {
    const at = START + Math.floor(random() * 3 * HOUR)
    const [newest] = await store.newest({ at, ids: [id] })
    expect(newest?.at).toEqual(list.findLast(([time]) => time <= at)?.[0])
    const { stepMs, series } = await store.range({ series: [id], from: at, to: at + HOUR, points: 40 })
    const within = list.filter(([time]) => time >= at && time < at + HOUR)
    const expected = series[0]?.t.map((start) =>
      within.filter(([time]) => time >= start && time < start + stepMs).map(([, value]) => value),
    )
    expect(series[0]?.last).toEqual(expected?.map((values) => values.at(-1) ?? null))
    expect(series[0]?.max).toEqual(expected?.map((values) => (values.length === 0 ? null : Math.max(...values))))
  }
}

function chunksOf<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}

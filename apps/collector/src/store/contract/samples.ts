import { expect, test } from 'vitest'
import type { MakeStore } from '../contract.ts'
import { all, HOUR, MINUTE, put, someSeries, START } from './parts.ts'

export function sampleContract(makeStore: MakeStore): void {
  test('[ST1] an identity has one number', async () => {
    await using store = await makeStore()
    const identity = { system: 'lab', source: 'http', metric: 'm', unit: 'percent' }
    const [first, other] = await store.register([
      { ...identity, labels: { b: '2', a: '1' } },
      { ...identity, labels: {} },
    ])
    expect(
      await store.register([
        { ...identity, labels: {} },
        { ...identity, labels: { a: '1', b: '2' } },
      ]),
    ).toEqual([other, first])
    expect((await store.series()).map(({ id, labels }) => ({ id, labels }))).toEqual([
      { id: first, labels: { a: '1', b: '2' } },
      { id: other, labels: {} },
    ])
  })

  test('[ST2] slashes do not mix identities, units are not part of them', async () => {
    await using store = await makeStore()
    const base = { system: 'lab', labels: {}, unit: 'a' }
    const ids = await store.register([
      { ...base, source: 'a/b', metric: 'c' },
      { ...base, source: 'a', metric: 'b/c' },
      { ...base, source: 'a/b', metric: 'c', unit: 'b' },
    ])
    expect(ids[0]).not.toBe(ids[1])
    expect(ids[2]).toBe(ids[0])
    expect((await store.series()).find(({ id }) => id === ids[0])?.unit).toBe('b')
  })

  test('[ST3] every finite double comes back exactly', async () => {
    await using store = await makeStore()
    const [id = 0] = await someSeries(store, 1)
    const values = [
      0,
      -0,
      2 ** 53,
      -(2 ** 53),
      2 ** 53 - 1,
      5e-324,
      Number.MAX_VALUE,
      0.1 + 0.2,
      0.1,
      -72.125,
      1 / 3,
      1e-7,
      123456.789,
      2 ** 50 + 0.5,
    ]
    for (const [index, value] of values.entries()) await put(store, [{ series: id, at: START + index * HOUR, value }])
    await put(
      store,
      values.map((value, index) => ({ series: id, at: START + 100 * HOUR + index, value })),
    )
    const { v } = await all(store, id)
    expect(v.map((value) => (Object.is(value, -0) ? '-0' : value))).toEqual(
      [...values, ...values].map((value) => (Object.is(value, -0) ? '-0' : value)),
    )
  })

  test('[ST4] the same time replaces and is marked, the same value is not', async () => {
    await using store = await makeStore()
    const [id = 0] = await someSeries(store, 1)
    for (let index = 0; index < 400; index++) await put(store, [{ series: id, at: START + index * 5000, value: index }])
    const [closed, open] = [START + 20 * 5000, START + 399 * 5000]
    await put(store, [
      { series: id, at: closed, value: 1000 },
      { series: id, at: open, value: 2000 },
    ])
    await put(store, [
      { series: id, at: START + 5000, value: 1 },
      { series: id, at: START + 398 * 5000, value: 398 },
    ])
    const read = await all(store, id)
    expect(read.t).toHaveLength(400)
    expect([read.v[20], read.v[399]]).toEqual([1000, 2000])
    expect(read.corrected).toEqual([closed, open])
    expect((await store.stats()).samples).toBe(400)
  })

  test('[ST5] the last of equal times in a tick counts', async () => {
    await using store = await makeStore()
    const [id = 0] = await someSeries(store, 1)
    await put(
      store,
      [1, 2, 3].map((value) => ({ series: id, at: START, value })),
    )
    await put(store, [{ series: id, at: START + HOUR, value: 0 }])
    await put(
      store,
      [4, 5].map((value) => ({ series: id, at: START + MINUTE, value })),
    )
    expect(await all(store, id)).toEqual({ t: [START, START + MINUTE, START + HOUR], v: [3, 5, 0] })
  })

  test('[ST6] a clock that jumps in either direction loses nothing', async () => {
    await using store = await makeStore()
    const [id = 0] = await someSeries(store, 1)
    const times = [0, 100 * HOUR, 2 * HOUR].flatMap((from) =>
      Array.from({ length: 200 }, (_, index) => START + from + index * 5000),
    )
    for (const at of times) await put(store, [{ series: id, at, value: at % 1000 }])
    const expected = times.toSorted((a, b) => a - b)
    expect(await all(store, id)).toEqual({ t: expected, v: expected.map((at) => at % 1000) })
    expect(await store.stats()).toMatchObject({ samples: 600, oldestAt: START })
  })

  test('[ST7] a tick that cannot be stored is refused whole', async () => {
    await using store = await makeStore()
    const [id = 0] = await someSeries(store, 1)
    const good = { series: id, at: START, value: 1 }
    const log = { seq: 7, at: START, kind: 'log', level: 'info', text: 'x' } as const
    await put(store, [], [log])
    const ticks = [
      { samples: [good, { ...good, series: 99 }], events: [] },
      { samples: [good, { ...good, value: Number.NaN }], events: [] },
      { samples: [good, { ...good, at: START + 0.5 }], events: [] },
      { samples: [good], events: [log] },
      {
        samples: [good],
        events: [
          { ...log, seq: 8 },
          { ...log, seq: 8 },
        ],
      },
    ]
    for (const tick of ticks) {
      expect(await store.commit({ seq: 9, at: START, ...tick })).toMatchObject({
        ok: false,
        failure: { code: 'invalid', retryable: false },
      })
    }
    expect(await all(store, id)).toEqual({ t: [], v: [] })
    expect(await store.newest({})).toEqual([])
    expect(await store.events({ limit: 10 })).toEqual([log])
    expect(await store.lastSeq()).toBe(7)
  })

  test('[ST23] stats count, and a closed store says so', async () => {
    const store = await makeStore()
    const [id = 0] = await someSeries(store, 1)
    expect(await store.stats()).toMatchObject({ samples: 0, oldestAt: null })
    await put(store, [
      { series: id, at: START, value: 1 },
      { series: id, at: START - HOUR, value: 1 },
    ])
    expect(await store.stats()).toMatchObject({ samples: 2, oldestAt: START - HOUR })
    await store[Symbol.asyncDispose]()
    await store[Symbol.asyncDispose]()
    expect(await store.commit({ seq: 2, at: START, samples: [], events: [] })).toMatchObject({
      ok: false,
      failure: { code: 'closed' },
    })
  })
}

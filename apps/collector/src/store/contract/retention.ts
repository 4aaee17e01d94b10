import { expect, test } from 'vitest'
import type { MakeStore } from '../contract.ts'
import { limitEvent } from './events.ts'
import { alertEvent, all, DAY, HOUR, MINUTE, put, someSeries, START, steady } from './parts.ts'

const LARGE = Number.MAX_SAFE_INTEGER

export function retentionContract(makeStore: MakeStore): void {
  test('[ST18] what is before the moment goes, and is counted', async () => {
    await using store = await makeStore()
    const [id = 0, old = 0] = await someSeries(store, 2)
    for (let hour = 0; hour < 30; hour++) await put(store, steady(id, START + hour * HOUR, START + (hour + 1) * HOUR))
    await put(store, [{ series: old, at: START + HOUR, value: 1 }])
    const before = START + 26 * HOUR
    const gone = await store.retain({ before, maxBytes: LARGE, pinned: [] }, AbortSignal.timeout(10_000))
    const { t } = await all(store, id)
    expect(t[0]).toBeGreaterThan(before - 5 * MINUTE)
    expect(t[0]).toBeLessThanOrEqual(before)
    expect(t.at(-1)).toBe(START + 30 * HOUR - 5000)
    expect(gone).toBe(30 * 720 + 1 - t.length)
    expect(await store.stats()).toMatchObject({ samples: t.length, oldestAt: t[0] })
    expect(await store.newest({ ids: [old] })).toEqual([])
  })

  test('[ST19] pinned spans stay whole, with the state at their start', async () => {
    await using store = await makeStore()
    const [id = 0] = await someSeries(store, 1)
    for (let hour = 0; hour < 10; hour++) await put(store, steady(id, START + hour * HOUR, START + (hour + 1) * HOUR))
    await put(
      store,
      [],
      [1, 2, 3, 4, 5].map((seq) => limitEvent(seq + 100, START + seq * HOUR, 'memory', seq)),
    )
    const pinned = [
      { from: START + 2.5 * HOUR, to: START + 3.5 * HOUR },
      { from: START + 6 * HOUR, to: START + 6 * HOUR },
    ]
    await store.retain({ before: START + 9 * HOUR, maxBytes: LARGE, pinned }, AbortSignal.timeout(10_000))
    const { t } = await all(store, id)
    expect(t.filter((at) => at >= START + 2.5 * HOUR && at < START + 3.5 * HOUR)).toHaveLength(720)
    expect(t.filter((at) => at < START + 2.4 * HOUR || (at > START + 3.6 * HOUR && at < START + 8.9 * HOUR))).toEqual(
      [],
    )
    expect((await store.events({ limit: 10 })).map(({ seq }) => seq)).toEqual([102, 103, 105])
  })

  test('[ST20] beyond the size whole days go, never the newest', async () => {
    await using store = await makeStore()
    const [id = 0] = await someSeries(store, 1)
    for (let day = 0; day < 4; day++) await put(store, steady(id, START + day * DAY, START + day * DAY + HOUR))
    const pinned = [{ from: START + DAY, to: START + DAY + HOUR }]
    await store.retain({ before: 0, maxBytes: 1, pinned }, AbortSignal.timeout(10_000))
    const { t } = await all(store, id)
    expect(new Set(t.map((at) => Math.floor((at - START) / DAY)))).toEqual(new Set([1, 3]))
    expect(t).toHaveLength(1440)
    expect((await store.stats()).samples).toBe(1440)
  })

  test('[ST21] of events only what nothing needs goes', async () => {
    await using store = await makeStore()
    await put(
      store,
      [],
      [
        limitEvent(1, START, 'memory', 1),
        limitEvent(2, START + 1, 'memory', 2),
        limitEvent(3, START, 'slots', 1),
        { seq: 4, at: START, kind: 'log', level: 'info', text: 'x' },
        { seq: 5, at: START, kind: 'config', demo: false, systems: [], events: [] },
        { seq: 6, at: START + 1, kind: 'config', demo: false, systems: [], events: [] },
        limitEvent(7, START + 2 * HOUR, 'memory', 3),
        { seq: 8, at: START + 2 * HOUR, kind: 'log', level: 'info', text: 'y' },
      ],
    )
    await store.retain({ before: START + HOUR, maxBytes: LARGE, pinned: [] }, AbortSignal.timeout(10_000))
    expect((await store.events({ limit: 20 })).map(({ seq }) => seq)).toEqual([2, 3, 5, 6, 7, 8])
  })

  test('[ST21] of an alert that is over nothing stays, but while its beginning is needed so is its end', async () => {
    await using store = await makeStore()
    await put(
      store,
      [],
      [
        alertEvent(1, START, 'over', 'firing'),
        alertEvent(2, START + MINUTE, 'over', 'resolved'),
        alertEvent(3, START, 'pinned', 'firing'),
        alertEvent(4, START + 3 * MINUTE, 'pinned', 'resolved'),
        alertEvent(5, START, 'open', 'firing'),
        alertEvent(6, START, 'later', 'firing'),
        alertEvent(7, START + 2 * HOUR, 'later', 'resolved'),
      ],
    )
    const pinned = [{ from: START + 2 * MINUTE, to: START + 2.5 * MINUTE }]
    await store.retain({ before: START + HOUR, maxBytes: LARGE, pinned }, AbortSignal.timeout(10_000))
    expect((await store.events({ limit: 20 })).map(({ seq }) => seq)).toEqual([3, 4, 5, 6, 7])
    await store.retain({ before: START + HOUR, maxBytes: LARGE, pinned: [] }, AbortSignal.timeout(10_000))
    expect((await store.events({ limit: 20 })).map(({ seq }) => seq)).toEqual([5, 6, 7])
  })

  test('[ST22] an aborted run stops', async () => {
    await using store = await makeStore()
    const [id = 0] = await someSeries(store, 1)
    await put(store, steady(id, START, START + HOUR))
    expect(await store.retain({ before: START + DAY, maxBytes: LARGE, pinned: [] }, AbortSignal.abort())).toBe(0)
    expect((await all(store, id)).t).toHaveLength(720)
  })
}

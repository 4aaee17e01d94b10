import type { Event } from '@headroom/shared/model/event.ts'
import { expect, test } from 'vitest'
import type { MakeStore } from '../contract.ts'
import { alertEvent, chance, DAY, HOUR, MINUTE, put, START } from './parts.ts'

export function limitEvent(seq: number, at: number, resource: string, limit: number): Event {
  return { seq, at, kind: 'limit', system: 'lab', resource, limit }
}

function logEvent(seq: number, at: number, system?: string, pattern?: string): Event {
  const of = { ...(system === undefined ? {} : { system }), ...(pattern === undefined ? {} : { pattern }) }
  return { seq, at, kind: 'log', level: 'info', text: `line ${seq}`, ...of }
}

export function eventContract(makeStore: MakeStore): void {
  test('[ST14] events are filtered and ordered', async () => {
    await using store = await makeStore()
    const kept = [
      limitEvent(1, START, 'memory', 1),
      logEvent(2, START + 1),
      logEvent(3, START + 2, 'other'),
      limitEvent(5, START + MINUTE, 'slots', 2),
    ]
    for (const event of kept) await put(store, [], [event])
    const seqs = async (query: Partial<Parameters<typeof store.events>[0]>): Promise<number[]> =>
      (await store.events({ limit: 10, ...query })).map(({ seq }) => seq)
    expect(await store.events({ limit: 10 })).toEqual(kept)
    expect(await seqs({ after: 2 })).toEqual([3, 5])
    expect(await seqs({ order: 'desc', limit: 2 })).toEqual([5, 3])
    expect(await seqs({ kinds: ['log'] })).toEqual([2, 3])
    expect(await seqs({ kinds: [] })).toEqual([])
    expect(await seqs({ kinds: ['log', 'limit'], system: 'lab' })).toEqual([1, 5])
    expect(await seqs({ from: START + 1, to: START + 2 })).toEqual([2, 3])
    expect(await seqs({ before: START + 2, order: 'desc' })).toEqual([2, 1])
  })

  test('[ST14] of the lines of logs, those of one pattern', async () => {
    await using store = await makeStore()
    const kept = [
      logEvent(1, START, 'lab', 'memory-error'),
      logEvent(2, START + 1, 'lab', 'memory-error'),
      logEvent(3, START + 1, 'lab', 'worker-timeout'),
      logEvent(4, START + 2, 'other', 'memory-error'),
      logEvent(5, START + 3, 'lab'),
      limitEvent(6, START + 4, 'memory-error', 1),
      logEvent(7, START + 5, 'lab', 'memory-error'),
    ]
    for (const event of kept) await put(store, [], [event])
    const seqs = async (query: Partial<Parameters<typeof store.events>[0]>): Promise<number[]> =>
      (await store.events({ limit: 10, pattern: 'memory-error', ...query })).map(({ seq }) => seq)
    expect(await seqs({})).toEqual([1, 2, 4, 7])
    expect(await seqs({ system: 'lab', order: 'desc', limit: 2 })).toEqual([7, 2])
    expect(await seqs({ system: 'lab', from: START + 1, before: START + 5 })).toEqual([2])
    expect(await seqs({ kinds: ['limit'] })).toEqual([])
    expect(await seqs({ pattern: '%' })).toEqual([])
  })

  test('[ST15] the state at a moment is the newest event of each key', async () => {
    await using store = await makeStore()
    await put(store, [], [limitEvent(1, START, 'memory', 1), limitEvent(2, START, 'slots', 2), logEvent(3, START)])
    await put(store, [], [limitEvent(4, START + MINUTE, 'memory', 3)])
    // A clock that was set back: later by seq, earlier by time.
    await put(store, [], [limitEvent(5, START + 1, 'memory', 4)])
    const limits = async (at: number): Promise<unknown[]> =>
      (await store.stateAt('limit', at)).map((event) => (event.kind === 'limit' ? [event.resource, event.limit] : null))
    expect(await limits(START - 1)).toEqual([])
    expect(await limits(START)).toEqual([
      ['memory', 1],
      ['slots', 2],
    ])
    expect(await limits(START + 2)).toEqual([
      ['slots', 2],
      ['memory', 4],
    ])
    expect(await limits(START + MINUTE)).toEqual([
      ['slots', 2],
      ['memory', 3],
    ])
    expect(await store.stateAt('log', START + MINUTE)).toEqual([])
  })

  test('[ST24] the alerts open at a moment are those whose newest event then is not that they ended', async () => {
    await using store = await makeStore()
    const random = chance(7)
    const states = ['pending', 'firing', 'firing', 'resolved'] as const
    let seq = 0
    for (let key = 0; key < 40; key++) {
      const began = START + Math.floor(random() * HOUR)
      const steps = 1 + Math.floor(random() * 4)
      for (let step = 0; step < steps; step++)
        await put(store, [], [alertEvent(++seq, began + step * MINUTE, `a${key}`, states[step] ?? 'resolved')])
    }
    const seqs = (events: readonly Event[]): number[] => events.map((event) => event.seq)
    for (const at of [
      START - 1,
      START,
      ...Array.from({ length: 30 }, () => START + Math.floor(random() * 1.2 * HOUR)),
    ]) {
      const state = await store.stateAt('alert', at)
      const open = state.filter((event) => event.kind === 'alert' && event.alert.state !== 'resolved')
      expect(seqs(await store.openAlerts(at))).toEqual(seqs(open))
    }
    expect((await store.openAlerts(START + DAY)).length).toBeGreaterThan(3)
    await store.retain({ before: START + DAY, maxBytes: 1e12, pinned: [] }, AbortSignal.timeout(10_000))
    const left = await store.stateAt('alert', START + DAY)
    expect(seqs(await store.openAlerts(START + DAY))).toEqual(seqs(left))
  })

  test('[ST16] [ST17] documents and the last seq', async () => {
    await using store = await makeStore()
    expect([await store.document('rules'), await store.lastSeq()]).toEqual([null, 0])
    for (const [seq, text] of [
      [3, 'one'],
      [9, 'two'],
      [9, 'two'],
    ] as const) {
      expect(
        await store.commit({ seq, at: START, samples: [], events: [], documents: new Map([['rules', text]]) }),
      ).toEqual({ ok: true })
    }
    await put(store, [], [], START)
    expect([await store.document('rules'), await store.lastSeq()]).toEqual(['two', 10])
  })
}

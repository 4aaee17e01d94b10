import type { Alert } from '@headroom/shared/model/alert.ts'
import type { Event } from '@headroom/shared/model/event.ts'
import { World } from '@headroom/shared/world/world.ts'
import { expect, it } from 'vitest'
import type { AlertsQuery } from './http/ports.ts'
import { FakeClock } from './lib/fake-clock.ts'
import { LastReadings } from './last-readings.ts'
import { createReads } from './reads.ts'
import { MemoryStore } from './store/memory.ts'

const HOUR = 3_600_000

function alert(since: number, state: Alert['state'], system = 'shop'): Alert {
  return {
    id: `${system}/queue-long/1/${since}`,
    flag: 'queue-long',
    system,
    severity: 'warning',
    state,
    value: 61,
    line: 50,
    unit: 'count',
    since,
    ...(state === 'pending' ? {} : { firedAt: since + 1 }),
    ...(state === 'resolved' ? { resolvedAt: since + 2 } : {}),
    title: 'Long queue',
    why: { text: '', document: '', figure: '', ours: true },
    steps: [],
  }
}

/** 2,000 alerts, three events each, a minute apart; and before them one that fired for an hour. */
async function filled(): Promise<{
  clock: FakeClock
  first: number
  ask: (query: Partial<AlertsQuery>) => Promise<Alert[]>
}> {
  const clock = new FakeClock()
  const first = clock.now() - 48 * HOUR
  const store = new MemoryStore()
  const events: Event[] = []
  const put = (at: number, given: Alert): void =>
    void events.push({ seq: events.length + 1, at, kind: 'alert', alert: given })
  put(first, alert(first, 'firing', 'other'))
  for (let index = 1; index <= 2_000; index++) {
    const since = first + index * 60_000
    for (const state of ['pending', 'firing', 'resolved'] as const) put(since + 2, alert(since, state))
  }
  await store.commit({ seq: events.length, at: clock.now(), samples: [], events })
  const world = new World()
  for (const event of events) world.apply(event)
  const reads = createReads({
    world,
    store,
    clock,
    status: () => Promise.reject(new Error('not asked')),
    loaded: () => {
      throw new Error('not asked')
    },
    readings: new LastReadings(),
    asked: () => [],
  })
  return { clock, first, ask: (query) => reads.alerts({ state: 'all', limit: 5_000, ...query }) }
}

it('lists every resolved alert that is kept, however many events came after it', async () => {
  const { ask, first } = await filled()
  expect(await ask({})).toHaveLength(2_001)
  expect(await ask({ state: 'resolved' })).toHaveLength(2_000)
  expect(await ask({ state: 'resolved', to: first + 10 * 60_000 })).toHaveLength(10)
  expect(await ask({ state: 'resolved', before: first + 3 * 60_000 })).toMatchObject([
    { since: first + 120_000 },
    { since: first + 60_000 },
  ])
})

it('gives the newest first, with the open ones among them, as many as asked', async () => {
  const { ask, first } = await filled()
  expect((await ask({ limit: 2 })).map(({ since }) => since)).toEqual([first + 2_000 * 60_000, first + 1_999 * 60_000])
  expect((await ask({ from: first + 1_999 * 60_000 + 3 })).map(({ since }) => since)).toEqual([
    first + 2_000 * 60_000,
    first,
  ])
  expect(await ask({ state: 'open' })).toMatchObject([{ since: first, state: 'firing' }])
})

it('of a past moment gives what was resolved and open then', async () => {
  const { ask, first } = await filled()
  const at = first + 5 * 60_000 + 1
  expect((await ask({ at })).map(({ since, state }) => [since - first, state])).toEqual([
    [240_000, 'resolved'],
    [180_000, 'resolved'],
    [120_000, 'resolved'],
    [60_000, 'resolved'],
    [0, 'firing'],
  ])
})

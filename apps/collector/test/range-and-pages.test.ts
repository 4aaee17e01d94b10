import { type Range, RawRange } from '@headroom/shared/contracts.ts'
import { Event } from '@headroom/shared/model/event.ts'
import { Note } from '@headroom/shared/model/note.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Collector } from './support/collector.ts'
import { smallDay, type SmallDay } from './support/small-day.ts'

let day: SmallDay
let collector: Collector

beforeAll(async () => {
  day = await smallDay()
  collector = day.collector
})
afterAll(async () => day[Symbol.asyncDispose]())

/** Every page of a list, as its `Link` headers lead; each page no longer than asked. */
async function pages<Item>(path: string, item: z.ZodType<Item>, limit: number): Promise<Item[][]> {
  const found: Item[][] = []
  let next: string | undefined = `/api/v1${path}${path.includes('?') ? '&' : '?'}limit=${limit}`
  while (next !== undefined && found.length < 200) {
    const answer: Response = await fetch(new URL(next, collector.url))
    const page = z.array(item).parse(await answer.json())
    expect(page.length).toBeLessThanOrEqual(limit)
    found.push(page)
    next = /^<([^>]+)>; *rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1]
  }
  return found
}

describe('a range', () => {
  const spike = (buckets: Range): number => Math.max(...(buckets.series[0]?.max ?? []).map((value) => value ?? 0))

  it.each([1, 2, 7, 30, 300, 5_000])(
    'in %i points has the spike of a single answer, and its least value',
    async (points) => {
      const span = `system=shop&metric=queue.length&from=${day.calm.at - 60_000}&to=${Date.now() + 1_000}`
      const buckets = await collector.range(`${span}&points=${points}`)
      expect(spike(buckets)).toBe(977)
      expect(Math.min(...(buckets.series[0]?.min ?? []).map((value) => value ?? Infinity))).toBe(2)
      for (const { t, min, max, avg, last } of buckets.series) {
        expect(t.length).toBeLessThanOrEqual(Math.max(2, points))
        for (const [index, least] of min.entries()) {
          const [greatest, mean, latest] = [max[index], avg[index], last[index]]
          if (least === null) expect([greatest, mean, latest]).toEqual([null, null, null])
          else
            expect((mean ?? -1) >= least && (mean ?? Infinity) <= (greatest ?? -1) && (latest ?? -1) >= least).toBe(
              true,
            )
        }
      }
    },
  )

  it('of raw samples is every one of them, page by page', async () => {
    const whole = await collector.samples('shop', 'up')
    const t: number[] = []
    // What comes while the pages are turned is on none of them.
    const to = (whole.t.at(-1) ?? 0) + 1
    let next: string | undefined = `/api/v1/range?system=shop&metric=up&from=0&to=${to}&points=raw&limit=2`
    while (next !== undefined) {
      const answer: Response = await fetch(new URL(next, collector.url))
      t.push(...(RawRange.parse(await answer.json()).series[0]?.t ?? []))
      next = /^<([^>]+)>; *rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1]
    }
    expect(t).toEqual(whole.t)
    expect(t.length).toBeGreaterThanOrEqual(4)
  })
})

describe('a list in pages', () => {
  it('of events leads from the first to the last, each once and in order', async () => {
    const all = await collector.events()
    const to = all.at(-1)?.at ?? 0
    const found = (await pages(`/events?to=${to}`, Event, 4)).flat().map(({ seq }) => seq)
    expect(found).toEqual(all.map(({ seq }) => seq))
    expect(found.length).toBeGreaterThan(8)
  })

  it('of notes leads from the newest to the oldest', async () => {
    const found = await pages('/notes', Note, 2)
    expect(found.length).toBeGreaterThanOrEqual(2)
    expect(found.flat().map(({ text }) => text)).toEqual(['Afterwards.', 'Lab 2.', 'Lab 1.', 'Doors open.'])
  })
})

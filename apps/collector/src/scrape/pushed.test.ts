import type { Point, Reading } from '@headroom/shared/model/reading.ts'
import { describe, expect, it } from 'vitest'
import { FakeClock } from '../lib/fake-clock.ts'
import type { Outlet, PushSource } from '../sources/types.ts'
import { silentLogger } from '../telemetry/logger.ts'
import { createScraper } from './scraper.ts'
import type { Scraped, Scraper, ScrapeTarget } from './types.ts'

const gauge = (metric: string, value: number, own: Partial<Point> = {}): Point => ({
  metric,
  unit: 'count',
  labels: {},
  value,
  kind: 'gauge',
  ...own,
})
const says = (...points: Point[]): Reading => ({ up: 1, points, texts: [], mapped: [], leftOut: 0 })

type World = { clock: FakeClock; scraper: Scraper; got: Scraped[]; state: { behind: boolean } }

function setUp(): World {
  const clock = new FakeClock()
  const got: Scraped[] = []
  const state = { behind: false }
  const scraper = createScraper({
    clock,
    log: silentLogger,
    onReading: (scraped) => void got.push(scraped),
    isBehind: () => state.behind,
  })
  return { clock, scraper, got, state }
}

/** A source that speaks by itself: what it was given to speak into, and what became of it. */
type Speaker = { target: ScrapeTarget; outlets: Outlet[]; closed: number; polls: number }

function speaker(own: Partial<ScrapeTarget> & { poll?: () => Reading; begin?: () => void } = {}): Speaker {
  const { poll, begin, ...rest } = own
  const source = rest.source ?? 'a'
  const made: Speaker = {
    outlets: [],
    closed: 0,
    polls: 0,
    target: {
      key: source,
      system: 's',
      source,
      type: 'bell',
      pushed: true,
      everyMs: 10_000,
      timeoutMs: 1_000,
      maxSeries: 3,
      labels: { zone: 'north' },
      lagMs: 0,
      open: (): PushSource => ({
        listen: (outlet) => {
          begin?.()
          made.outlets.push(outlet)
        },
        ...(poll === undefined
          ? {}
          : {
              poll: () => {
                made.polls++
                return Promise.resolve(poll())
              },
            }),
        [Symbol.asyncDispose]: () => {
          made.closed++
          return Promise.resolve()
        },
      }),
      ...rest,
    },
  }
  return made
}

describe('a source that speaks by itself', () => {
  it('is opened at once and never asked; what it says is taken that very moment', async () => {
    const { clock, scraper, got } = setUp()
    const bell = speaker()
    await scraper.replace([bell.target])
    expect(bell.outlets).toHaveLength(1)
    await clock.advance(60_000)
    expect(got).toEqual([])
    expect(bell.outlets[0]?.push(says(gauge('rings', 2.123456789)))).toBe(true)
    expect(got).toMatchObject([
      {
        system: 's',
        source: 'a',
        slotAt: clock.now(),
        points: [
          { metric: 'up', value: 1 },
          { metric: 'rings', value: 2.12346, labels: { zone: 'north' } },
        ],
      },
    ])
  })

  it('may give one series at several times in one reading, and late', async () => {
    const { scraper, got } = setUp()
    const bell = speaker()
    await scraper.replace([bell.target])
    bell.outlets[0]?.push(says(gauge('rings', 2, { at: 2_000 }), gauge('rings', 1, { at: 1_000 })))
    expect(got[0]?.points.slice(1)).toMatchObject([
      { value: 2, at: 2_000 },
      { value: 1, at: 1_000 },
    ])
  })

  it('with a poll is asked at its slots beside that', async () => {
    const { clock, scraper, got } = setUp()
    const log = speaker({ poll: () => says(gauge('lines', 7)) })
    await scraper.replace([log.target])
    await clock.advance(30_000)
    expect(log.polls).toBe(3)
    log.outlets[0]?.push(says(gauge('lines', 8)))
    expect(got.map(({ points }) => points.at(-1)?.value)).toEqual([7, 7, 7, 8])
  })

  it('that cannot begin gives the reason, and stops no other', async () => {
    const { clock, scraper, got } = setUp()
    const fails = (): never => {
      throw new TypeError('no')
    }
    const [broken, fine] = [speaker({ source: 'broken', begin: fails }), speaker({ source: 'fine' })]
    await scraper.replace([broken.target, fine.target])
    expect(got).toMatchObject([{ source: 'broken', reading: { up: null, error: { code: 'internal' } } }])
    expect(fine.outlets).toHaveLength(1)
    await clock.advance(30_000)
  })
})

describe('maxSeries', () => {
  it('counts over all that is pushed: who came first stays, the others are counted', async () => {
    const { scraper, got } = setUp()
    const bell = speaker({ maxSeries: 3 })
    await scraper.replace([bell.target])
    const [outlet] = bell.outlets
    outlet?.push(says(gauge('a', 1), gauge('b', 1)))
    outlet?.push(says(gauge('c', 1), gauge('d', 1), gauge('e', 1)))
    outlet?.push(says(gauge('e', 1), gauge('a', 1)))
    expect(got.map(({ points }) => points.slice(1).map(({ metric }) => metric))).toEqual([['a', 'b'], ['c'], ['a']])
    expect(got.map(({ reading }) => reading.leftOut)).toEqual([0, 2, 2])
  })

  it('is free again for others when a series was silent for thirty intervals', async () => {
    const { clock, scraper, got } = setUp()
    const bell = speaker({ maxSeries: 1 })
    await scraper.replace([bell.target])
    const [outlet] = bell.outlets
    outlet?.push(says(gauge('old', 1)))
    await clock.advance(299_000)
    outlet?.push(says(gauge('new', 1)))
    await clock.advance(32_000)
    outlet?.push(says(gauge('new', 2)))
    expect(got.map(({ points }) => points[1]?.metric)).toEqual(['old', undefined, 'new'])
    expect(got.map(({ reading }) => reading.leftOut)).toEqual([0, 1, 0])
  })
})

describe('a collector that is behind', () => {
  it('refuses what is pushed and counts it, and takes it again afterwards', async () => {
    const { scraper, got, state } = setUp()
    const bell = speaker()
    await scraper.replace([bell.target])
    const [outlet] = bell.outlets
    state.behind = true
    expect([outlet?.hasRoom(), outlet?.push(says(gauge('rings', 1)))]).toEqual([false, false])
    expect(scraper.stats().refused).toBe(1)
    state.behind = false
    expect([outlet?.hasRoom(), outlet?.push(says(gauge('rings', 1)))]).toEqual([true, true])
    expect(got).toHaveLength(1)
  })
})

describe('a new configuration', () => {
  it('opens a listener only when the one before has let go of its port', async () => {
    const { scraper } = setUp()
    const order: string[] = []
    const before = speaker({ key: 'before', begin: () => order.push('before listens') })
    const after = speaker({ key: 'after', begin: () => order.push('after listens') })
    const open = before.target.open
    before.target.open = () => {
      const opened = open()
      return {
        ...opened,
        [Symbol.asyncDispose]: async () => {
          await new Promise((resolve) => setImmediate(resolve))
          order.push('before closed')
        },
      }
    }
    await scraper.replace([before.target])
    await scraper.replace([after.target])
    expect(order).toEqual(['before listens', 'before closed', 'after listens'])
  })

  it('stops what is gone from speaking, and tells which of a kind are open', async () => {
    const { scraper, got } = setUp()
    const [a, b] = [speaker({ source: 'a' }), speaker({ source: 'b' })]
    await scraper.replace([a.target, b.target])
    expect(scraper.opened('bell').map(({ source }) => source)).toEqual(['a', 'b'])
    expect(scraper.opened('other')).toEqual([])
    await scraper.replace([b.target])
    expect(scraper.opened('bell').map(({ source }) => source)).toEqual(['b'])
    expect([a.outlets[0]?.push(says(gauge('x', 1))), a.closed]).toEqual([false, 1])
    await scraper[Symbol.asyncDispose]()
    expect([b.outlets[0]?.push(says(gauge('x', 1))), b.closed, got.length]).toEqual([false, 1, 0])
  })
})

import type { Point, Reading } from '@headroom/shared/model/reading.ts'
import { describe, expect, it } from 'vitest'
import { FakeClock } from '../lib/fake-clock.ts'
import type { PollSource } from '../sources/types.ts'
import { silentLogger } from '../telemetry/logger.ts'
import { createScraper } from './scraper.ts'
import { slotOffset } from './schedule.ts'
import type { Scraped, Scraper, ScrapeTarget } from './types.ts'

const EVERY_MS = 5_000
const gauge = (metric: string, value: number): Point => ({ metric, unit: 'count', labels: {}, value, kind: 'gauge' })
const fine = (...points: Point[]): Reading => ({ up: 1, tookSeconds: 0.01, points, texts: [], mapped: [], leftOut: 0 })
const refused: Reading = {
  up: 0,
  error: { code: 'refused', message: 'nothing listens there' },
  points: [],
  texts: [],
  mapped: [],
  leftOut: 0,
}

type Setup = { clock: FakeClock; scraper: Scraper; got: Scraped[]; jumps: number[] }

function setUp(maxConcurrent?: number): Setup {
  const clock = new FakeClock()
  const got: Scraped[] = []
  const jumps: number[] = []
  const scraper = createScraper({
    clock,
    log: silentLogger,
    onReading: (scraped) => void got.push(scraped),
    onClockJump: (ms) => void jumps.push(ms),
    ...(maxConcurrent === undefined ? {} : { maxConcurrent }),
  })
  return { clock, scraper, got, jumps }
}

type Poll = (signal: AbortSignal) => Promise<Reading>

function target(poll: Poll, own: Partial<ScrapeTarget> = {}): ScrapeTarget & { closed: number } {
  const source = own.source ?? 'a'
  const made = {
    key: source,
    system: 's',
    source,
    type: 'test',
    everyMs: EVERY_MS,
    timeoutMs: 4_000,
    maxSeries: 200,
    labels: {},
    lagMs: 0,
    closed: 0,
    open: (): PollSource => ({
      poll,
      [Symbol.asyncDispose]: () => {
        made.closed++
        return Promise.resolve()
      },
    }),
    ...own,
  }
  return made
}

const never: Poll = () => new Promise(() => undefined)
const untilAborted: Poll = (signal) =>
  new Promise((resolve) =>
    signal.addEventListener('abort', () => resolve({ ...refused, error: { code: 'timeout', message: 'no answer' } })),
  )

describe('asking', () => {
  it('happens at the slots of the source, and each reading carries its slot', async () => {
    const { clock, scraper, got } = setUp()
    await scraper.replace([target(async () => fine())])
    await clock.advance(20_000)
    const offset = slotOffset('s/a', EVERY_MS)
    expect(got).toHaveLength(4)
    expect(got.every(({ slotAt }) => slotAt % EVERY_MS === offset)).toBe(true)
    expect(got.map(({ slotAt }) => slotAt - (got[0]?.slotAt ?? 0))).toEqual([0, 5_000, 10_000, 15_000])
  })

  it('starts within two seconds, however long the interval', async () => {
    const { clock, scraper, got } = setUp()
    await scraper.replace([target(async () => fine(), { everyMs: 3_600_000 })])
    await clock.advance(2_000)
    expect(got).toHaveLength(1)
    await clock.advance(3_600_000)
    expect(got[1]?.slotAt).toSatisfy((at: number) => at % 3_600_000 === slotOffset('s/a', 3_600_000))
  })

  it('never overlaps: slots that come while one still runs are skipped and counted', async () => {
    const { clock, scraper, got } = setUp()
    let running = 0
    let most = 0
    const slow: Poll = async () => {
      most = Math.max(most, ++running)
      await new Promise<void>((resolve) => clock.after(12_000, resolve))
      running--
      return fine()
    }
    await scraper.replace([target(slow, { timeoutMs: 20_000 })])
    await clock.advance(33_000)
    expect(most).toBe(1)
    expect(got).toHaveLength(2)
    expect(scraper.stats().skipped.overlap).toBeGreaterThanOrEqual(3)
  })

  it('a deadline that falls on the next slot does not cost that slot', async () => {
    const { clock, scraper, got } = setUp()
    await scraper.replace([
      target(async (signal) => ({ ...(await untilAborted(signal)), points: [gauge('x', 1)] }), { timeoutMs: EVERY_MS }),
    ])
    await clock.advance(26_000)
    expect(got).toHaveLength(4)
    expect(scraper.stats().skipped.overlap).toBe(0)
  })

  it('asks no more than so many at once; the others wait their turn', async () => {
    const { clock, scraper, got } = setUp(3)
    let running = 0
    let most = 0
    const slow: Poll = async () => {
      most = Math.max(most, ++running)
      await new Promise<void>((resolve) => clock.after(1_000, resolve))
      running--
      return fine()
    }
    await scraper.replace(Array.from({ length: 12 }, (_, index) => target(slow, { source: `s${index}` })))
    await clock.advance(11_000)
    expect(most).toBe(3)
    expect(new Set(got.map(({ source }) => source)).size).toBe(12)
  })
})

describe('a source in trouble', () => {
  it('has a deadline', async () => {
    const { clock, scraper, got } = setUp()
    await scraper.replace([target(untilAborted)])
    await clock.advance(9_500)
    expect(got[0]?.reading.error?.code).toBe('timeout')
  })

  it('that does not even stop is spoken for, and not asked again before it ends', async () => {
    const { clock, scraper, got } = setUp()
    await scraper.replace([target(never), target(async () => fine(), { source: 'b' })])
    await clock.advance(30_000)
    expect(got.filter(({ source }) => source === 'a')).toMatchObject([
      { reading: { up: 0, error: { code: 'timeout' } } },
    ])
    expect(got.filter(({ source }) => source === 'b')).toHaveLength(6)
    expect(scraper.stats().running).toBe(0)
  })

  it('that throws gives a reading without a word of what it threw', async () => {
    const { clock, scraper, got } = setUp()
    await scraper.replace([
      target(() => Promise.reject(new Error('token=s3cret'))),
      target(async () => fine(), {
        source: 'b',
        open: () => {
          throw new TypeError('s3cret')
        },
      }),
    ])
    await clock.advance(5_000)
    expect(got.map(({ reading }) => [reading.up, reading.error?.code])).toEqual([
      [null, 'internal'],
      [null, 'internal'],
    ])
    expect(JSON.stringify(got)).not.toContain('s3cret')
  })

  it('is asked less and less often after the third failure, and at its pace again once it answers', async () => {
    const { clock, scraper, got } = setUp()
    let up = false
    await scraper.replace([target(async () => (up ? fine() : refused))])
    await clock.advance(200_000)
    const gaps = got.slice(1).map(({ slotAt }, index) => (slotAt - (got[index]?.slotAt ?? 0)) / EVERY_MS)
    expect(gaps.slice(0, 6)).toEqual([1, 1, 2, 4, 8, 12])
    up = true
    await clock.advance(60_000)
    const before = got.length
    await clock.advance(20_000)
    expect(got.length - before).toBe(4)
  })

  it('that still says its numbers is asked at its usual pace', async () => {
    const { clock, scraper, got } = setUp()
    await scraper.replace([target(async () => ({ ...refused, points: [gauge('x', 1)] }))])
    await clock.advance(50_000)
    expect(got).toHaveLength(10)
  })

  it('does not fail the others when its reading cannot be taken in', async () => {
    const clock = new FakeClock()
    const got: string[] = []
    const scraper = createScraper({
      clock,
      log: silentLogger,
      onReading: ({ source }) => {
        if (source === 'a') throw new Error('full')
        got.push(source)
      },
    })
    await scraper.replace([target(async () => fine()), target(async () => fine(), { source: 'b' })])
    await clock.advance(10_000)
    expect(got).toEqual(['b', 'b'])
  })
})

describe('the points of a reading', () => {
  const after = async (reading: Reading, own: Partial<ScrapeTarget> = {}): Promise<Scraped | undefined> => {
    const { clock, scraper, got } = setUp()
    await scraper.replace([target(async () => reading, own)])
    await clock.advance(5_000)
    return got[0]
  }

  it('begin with whether it answered and how long that took', async () => {
    expect((await after(fine()))?.points.map(({ metric, value }) => [metric, value])).toEqual([
      ['up', 1],
      ['probe.seconds', 0.01],
    ])
    expect((await after(refused))?.points.map(({ metric, value }) => [metric, value])).toEqual([['up', 0]])
    expect((await after({ ...refused, up: null }))?.points).toEqual([])
  })

  it('carry the labels of the source, and are rounded and finite', async () => {
    const scraped = await after(
      fine(gauge('memory.used_percent', 71.23456), gauge('x', 0.123456789), gauge('y', NaN)),
      { labels: { zone: 'north' } },
    )
    expect(scraped?.points.slice(2)).toMatchObject([{ value: 71.235, labels: { zone: 'north' } }, { value: 0.123457 }])
    expect(scraped?.points).toHaveLength(4)
  })

  it('are no more than maxSeries, and the rest is counted', async () => {
    const scraped = await after(
      { ...fine(...Array.from({ length: 50 }, (_, index) => gauge(`m${index}`, index))), leftOut: 7 },
      { maxSeries: 20 },
    )
    expect(scraped?.points).toHaveLength(22)
    expect(scraped?.reading.leftOut).toBe(37)
  })

  it('several times of one series are one series', async () => {
    const times = (metric: string): Point[] => [1, 2, 3].map((at) => ({ ...gauge(metric, at), at }))
    const scraped = await after(fine(...times('a'), ...times('b'), ...times('c')), { maxSeries: 2 })
    expect(scraped?.points.slice(2).map(({ metric, at }) => `${metric}@${at}`)).toEqual([
      'a@1',
      'a@2',
      'a@3',
      'b@1',
      'b@2',
      'b@3',
    ])
    expect(scraped?.reading.leftOut).toBe(1)
  })

  it('are rates where the source gave counters', async () => {
    const { clock, scraper, got } = setUp()
    let total = 0
    await scraper.replace([
      target(async () => fine({ ...gauge('made_total', (total += 10)), kind: 'counter', rate: 'made_per_minute' })),
    ])
    await clock.advance(10_000)
    expect(got.map(({ points }) => points[2])).toEqual([
      undefined,
      { metric: 'made_per_minute', unit: 'per_minute', labels: {}, value: 120, kind: 'gauge' },
    ])
  })
})

describe('a new configuration', () => {
  it('leaves alone what is unchanged, and ends what is gone', async () => {
    const { clock, scraper, got } = setUp()
    const [same, gone] = [
      target(async () => fine(), { source: 'same' }),
      target(async () => fine(), { source: 'gone' }),
    ]
    await scraper.replace([same, gone])
    await clock.advance(5_000)
    await scraper.replace([
      {
        ...same,
        open: () => {
          throw new Error('opened twice')
        },
      },
      target(async () => fine(), { source: 'new' }),
    ])
    expect([same.closed, gone.closed]).toEqual([0, 1])
    got.length = 0
    await clock.advance(5_000)
    expect(got.map(({ source, reading }) => `${source} ${reading.up}`).toSorted()).toEqual(['new 1', 'same 1'])
  })

  it('aborts a question under way, whose answer no longer counts', async () => {
    const { clock, scraper, got } = setUp()
    await scraper.replace([target(untilAborted)])
    await clock.advance(5_000)
    expect(scraper.stats().running).toBe(1)
    await scraper.replace([])
    expect([got, scraper.stats().running]).toEqual([[], 0])
  })

  it('ends with disposal', async () => {
    const { clock, scraper, got } = setUp()
    const only = target(async () => fine())
    await scraper.replace([only])
    await clock.advance(5_000)
    await scraper[Symbol.asyncDispose]()
    await clock.advance(60_000)
    expect([got.length, only.closed]).toEqual([1, 1])
  })
})

describe('a clock that is set', () => {
  it.each([3_600_000, -3_600_000])('by %i ms is told, and asking goes on at the slots of the new time', async (ms) => {
    const { clock, scraper, got, jumps } = setUp()
    await scraper.replace([target(async () => fine())])
    await clock.advance(10_000)
    clock.jump(ms)
    got.length = 0
    await clock.advance(10_000)
    expect(jumps).toEqual([ms])
    expect(got.length).toBeGreaterThanOrEqual(1)
    expect(
      got.every(
        ({ slotAt }) => Math.abs(slotAt - clock.now()) <= 10_000 && slotAt % EVERY_MS === slotOffset('s/a', EVERY_MS),
      ),
    ).toBe(true)
  })
})

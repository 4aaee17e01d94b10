import type { Reading } from '@headroom/shared/model/reading.ts'
import { describe, expect, it } from 'vitest'
import { until } from '../../testing/until.ts'
import { FakeRender } from '../testing/fake-render.ts'
import { countsOf, FollowedLog, keptLines } from '../testing/followed-log.ts'

const patterns = { bad: 'bad' }
const follow = (render: FakeRender, own: Record<string, unknown> = {}): FollowedLog =>
  new FollowedLog({ render: { apiKey: 'rnd_key', service: 'srv-1', url: render.url, ...own }, patterns })

/** Begins to follow, and waits until it is known that nothing was said. */
async function live(log: FollowedLog): Promise<void> {
  await log.begin()
  await log.nextUntil((reading) => countsOf(reading)['bad'] === 0)
}

/** Goes on until a reading is as wanted; gives how many lines were found on the way, and the lines. */
async function found(
  log: FollowedLog,
  isSo: (reading: Reading, count: number) => boolean,
): Promise<{ count: number; lines: string[]; reading: Reading }> {
  let count = 0
  const lines: string[] = []
  const reading = await log.nextUntil((one) => {
    count += countsOf(one)['bad'] ?? 0
    lines.push(...keptLines(one))
    return isSo(one, count)
  })
  return { count, lines, reading }
}
const whole = (reading: Reading): boolean => countsOf(reading)['bad'] !== undefined && reading.error === undefined

describe("Render's log stream", () => {
  it('counts what is said, once, and what was written before it was followed not at all', async () => {
    await using render = await FakeRender.start()
    await using log = follow(render)
    render.write('bad, long ago', log.clock.now() - 1_000)
    await live(log)
    render.write('a bad line', log.clock.now(), { copies: 3 })
    render.write('another bad line,\nof two', log.clock.now())
    render.say('{"no": "line"}')
    render.say('no JSON')
    const { count, lines } = await found(log, (_, sum) => sum >= 2)
    expect([count, lines]).toEqual([2, ['bad: a bad line', 'bad: another bad line, of two']])
    expect(await log.counts()).toEqual({ bad: 0 })
    // The workspace was looked up once.
    expect(render.requests.map((path) => path.split('?')[0])).toEqual(['/v1/services/srv-1', '/v1/logs/subscribe'])
    expect(render.requests[1]).toContain('ownerId=tea-1&resource=srv-1&type=app&type=request')
  })

  it('takes up after a break what was missed, page by page, and nothing twice', async () => {
    await using render = await FakeRender.start()
    render.pageSize = 3
    await using log = follow(render)
    await live(log)
    render.write('bad 0', log.clock.now())
    await found(log, (_, sum) => sum >= 1)
    render.refusal = { status: 503 }
    render.cut()
    const broken = await found(log, ({ error }) => error !== undefined)
    expect(broken.reading).toMatchObject({ up: null, error: { code: expect.stringMatching(/reset|http_status/) } })
    expect(countsOf(broken.reading)).toEqual({})
    for (let number = 1; number <= 10; number++) render.write(`bad ${number}`, log.clock.now() + number)
    render.refusal = undefined
    const { count } = await found(log, (reading, sum) => sum >= 10 && whole(reading))
    expect(count).toBe(10)
    expect(await log.counts()).toEqual({ bad: 0 })
  })

  it('that no longer answers is given up, and what it did not say is asked for', async () => {
    await using render = await FakeRender.start()
    await using log = follow(render)
    await live(log)
    render.freeze()
    render.write('bad and never said', log.clock.now())
    const before = render.requests.length
    await until(
      () => log.next(),
      () => render.requests.length > before,
    )
    render.dead = false
    const { count } = await found(log, (_, sum) => sum >= 1)
    expect(count).toBe(1)
  })

  it('says that lines were missed where there are too many to ask for', async () => {
    await using render = await FakeRender.start()
    render.pageSize = 1
    await using log = follow(render)
    await live(log)
    render.refusal = { status: 503 }
    render.cut()
    await found(log, ({ error }) => error !== undefined)
    for (let number = 1; number <= 200; number++) render.write(`bad ${number}`, log.clock.now() + number)
    render.refusal = undefined
    const { reading } = await found(log, ({ error }) => error?.code === 'missed')
    expect(reading.error?.message).toContain('the least there were')
  })

  it.each([
    [{ status: 401, message: 'Unauthorized' }, 'wrong_key', 'apiKey'],
    [{ status: 403 }, 'no_permission', 'workspace'],
    [{ status: 404 }, 'unknown_service', 'srv-1'],
    [{ status: 429, retryAfter: 7 }, 'throttled', 'too often'],
    [{ status: 400, message: 'mixed regions' }, 'bad_request', 'mixed regions'],
    [{ status: 500 }, 'http_status', 'HTTP 500'],
  ])('%o is %s, in looking up and in subscribing', async (refusal, code, words) => {
    await using render = await FakeRender.start()
    render.refusal = refusal
    for (const owner of [undefined, 'tea-1']) {
      await using log = follow(render, owner === undefined ? {} : { owner })
      await log.begin()
      const { error, up } = await log.nextUntil((reading) => reading.error !== undefined)
      expect([error?.code, up]).toEqual([code, null])
      expect(error?.message).toContain(words)
      expect(error?.message).not.toContain('rnd_key')
    }
  })

  it('waits as long as it is told', async () => {
    await using render = await FakeRender.start()
    render.refusal = { status: 429, retryAfter: 120 }
    await using log = follow(render)
    await log.begin()
    await log.nextUntil((reading) => reading.error?.code === 'throttled')
    const asked = render.requests.length
    await log.clock.advance(100_000)
    expect(render.requests).toHaveLength(asked)
    await log.clock.advance(30_000)
    await until(
      () => render.requests.length,
      (now) => now > asked,
    )
  })

  it('check reads the newest lines, and says what is wrong', async () => {
    await using render = await FakeRender.start()
    await using log = follow(render)
    render.write('bad', log.clock.now())
    render.write('good', log.clock.now())
    expect((await log.poll()).mapped).toMatchObject([{ path: 'bad', value: '1 of 2 lines' }])
    await using other = follow(render, { apiKey: 'wrong' })
    expect((await other.poll()).error?.code).toBe('wrong_key')
    await using nowhere = follow(render, { service: 'srv-2' })
    expect((await nowhere.poll()).error?.code).toBe('unknown_service')
  })

  it('goes nowhere that it may not, when it is tried from the screen', async () => {
    await using render = await FakeRender.start()
    const options = { render: { apiKey: 'rnd_key', service: 'srv-1', url: render.url }, patterns }
    await using log = new FollowedLog(options, { refuseAddress: () => 'that is not asked from here' })
    expect((await log.poll()).error).toMatchObject({ code: 'forbidden' })
    expect(render.requests).toEqual([])
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeCloudWatchLogs } from '../testing/fake-cloudwatch-logs.ts'
import { countsOf, FollowedLog, keptLines } from '../testing/followed-log.ts'

const patterns = { bad: 'bad' }

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true')
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null')
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null')
  vi.stubEnv('AWS_REGION', undefined)
  vi.stubEnv('AWS_PROFILE', undefined)
})
afterEach(() => {
  vi.unstubAllEnvs()
})

const follow = (logs: FakeCloudWatchLogs, own: Record<string, unknown> = {}): FollowedLog =>
  new FollowedLog({ cloudwatch: { group: '/ecs/ide', region: 'eu-west-1', endpoint: logs.url, ...own }, patterns })

describe('a log group of CloudWatch', () => {
  it('counts what is new, once, late and out of order too; what was there before not at all', async () => {
    await using logs = await FakeCloudWatchLogs.start()
    await using log = follow(logs)
    logs.write('bad, before', log.clock.now() - 60_000)
    expect(countsOf(await log.begin())).toEqual({ bad: 0 })
    const began = log.clock.now()
    await log.clock.advance(60_000)
    logs.write('bad 1\n', began + 50_000)
    logs.write('bad 2, of\ntwo lines', began + 40_000)
    const reading = await log.next()
    expect(keptLines(reading)).toEqual(['bad: bad 2, of two lines', 'bad: bad 1'])
    logs.write('bad 3, late', began + 45_000)
    expect(await log.counts()).toEqual({ bad: 1 })
    expect(await log.counts()).toEqual({ bad: 0 })
  })

  it('reads page after page, empty ones among them, and goes on at the next question where there are very many', async () => {
    await using logs = await FakeCloudWatchLogs.start()
    logs.pageSize = 2
    logs.emptyPages = true
    await using log = follow(logs)
    await log.begin()
    for (let number = 1; number <= 50; number++) logs.write(`bad ${number}`, log.clock.now())
    const first = await log.next()
    // Not all was read, so it is the least there was.
    expect(countsOf(first)).toEqual({ bad: 20 })
    const { bad: second = 0 } = await log.counts()
    const { bad: third = 0 } = await log.counts()
    expect(20 + second + third).toBe(50)
    // What it goes over once more is known: nothing is found until all of it has been read, and then it is 0.
    await log.nextUntil((reading) => {
      expect(countsOf(reading)['bad'] ?? 0).toBe(0)
      return countsOf(reading)['bad'] === 0
    })
  })

  it('fails in the middle of its pages: what was read counts, and nothing twice', async () => {
    await using logs = await FakeCloudWatchLogs.start()
    logs.pageSize = 1
    await using log = follow(logs)
    await log.begin()
    for (let number = 1; number <= 3; number++) logs.write(`bad ${number}`, log.clock.now() + number)
    logs.failAt = logs.questions.length + 2
    const broken = await log.next()
    expect([broken.error?.code, countsOf(broken)]).toEqual(['unavailable', { bad: 1 }])
    expect(await log.counts()).toEqual({ bad: 2 })
  })

  it('looks only at streams whose names begin so, and takes an ARN', async () => {
    await using logs = await FakeCloudWatchLogs.start()
    const group = 'arn:aws:logs:eu-west-1:123456789012:log-group:/ecs/ide:*'
    await using log = follow(logs, { stream: 'web/', group })
    await log.begin()
    logs.write('bad of another', log.clock.now(), 'worker/1')
    logs.write('bad of ours', log.clock.now(), 'web/2')
    expect(keptLines(await log.next())).toEqual(['bad: bad of ours'])
  })

  it.each([
    ['AccessDeniedException', 'no_permission', 'logs:FilterLogEvents'],
    ['ResourceNotFoundException', 'unknown_group', '/ecs/ide'],
    ['ExpiredTokenException', 'expired', 'renew'],
    ['UnrecognizedClientException', 'wrong_key', 'clock'],
    ['ThrottlingException', 'throttled', 'longer `every`'],
    ['InvalidParameterException', 'bad_request', 'group'],
  ])('%s is %s', async (type, code, words) => {
    await using logs = await FakeCloudWatchLogs.start()
    await using log = follow(logs)
    await log.begin()
    logs.error = type
    const { error, up, ...reading } = await log.next()
    expect([error?.code, up, countsOf({ ...reading, up })]).toEqual([code, null, {}])
    expect(error?.message).toContain(words)
    // Whose account it is, is nobody's business.
    expect(error?.message).not.toContain('123456789012')
  })

  it('says that there is no region, no credentials, or nobody there', async () => {
    await using logs = await FakeCloudWatchLogs.start()
    await using nowhere = follow(logs, { region: undefined })
    expect((await nowhere.poll()).error?.code).toBe('no_region')
    await using gone = follow(logs, { endpoint: 'http://127.0.0.1:9' })
    expect((await gone.poll()).error?.code).toBe('refused')
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined)
    await using nobody = follow(logs)
    expect((await nobody.poll()).error?.code).toBe('no_credentials')
  })

  it('shows the credentials of this machine to nobody else, when it is tried from the screen', async () => {
    await using logs = await FakeCloudWatchLogs.start()
    const options = { cloudwatch: { group: '/ecs/ide', region: 'eu-west-1', endpoint: logs.url }, patterns }
    await using log = new FollowedLog(options, { refuseAddress: () => null })
    expect((await log.poll()).error?.code).toBe('forbidden')
    expect(logs.questions).toEqual([])
  })

  it('check looks at the last ten minutes', async () => {
    await using logs = await FakeCloudWatchLogs.start()
    await using log = follow(logs)
    logs.write('bad', log.clock.now() - 100_000)
    logs.write('good', log.clock.now() - 100_000)
    logs.write('bad, too old', log.clock.now() - 700_000)
    expect((await log.poll()).mapped).toMatchObject([{ path: 'bad', value: '1 of 2 lines' }])
  })
})

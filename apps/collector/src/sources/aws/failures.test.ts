import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { refuseAddress } from '../../discovery/forbidden-address.ts'
import { serve } from '../testing/serve.ts'
import { valuesOf } from '../testing/values.ts'
import { FakeAws } from './testing/fake-aws.ts'
import { ago, openAws, patient } from './testing/open-aws.ts'
import { Refusal } from './testing/refusal.ts'

const DB = { db: 'captions-db' }
const put = ({ world }: FakeAws): void =>
  world.put(['AWS/RDS', 'DatabaseConnections', 'Average'], { DBInstanceIdentifier: 'captions-db' }, ago(0), [10])

describe('signing', () => {
  it('is for the region, the service and the credentials that were given', async () => {
    await using fake = await FakeAws.start({ sessionToken: 'fake-token' })
    put(fake)
    await using source = openAws(fake, { ...DB, autoScalingGroup: 'web' })
    fake.world.groups.set('web', { desired: 1, instances: [] })
    expect((await source.poll(patient())).error).toBeUndefined()
    const signed = fake.calls.map(({ operation, signed: { service, region } }) => `${operation} ${service} ${region}`)
    expect(signed).toContain('GetMetricData monitoring eu-west-1')
    expect(signed).toContain('DescribeAutoScalingGroups autoscaling eu-west-1')
  })

  it.each([
    ['a key that there is not', { accessKeyId: 'AKIAOTHER' }, 'wrong_credentials', 'AWS knows no such access key'],
    ['a wrong secret', { secretAccessKey: 'other-secret' }, 'wrong_credentials', 'does not belong to the access key'],
    ['another region', { region: 'eu-central-1' }, 'wrong_region', 'check `region`'],
    ['a token that is over', { sessionToken: 'old-token' }, 'expired_credentials', 'have expired; sign in again'],
  ])('%s: a reason, nothing of the system, and no secret', async (_, options, code, message) => {
    await using fake = await FakeAws.start()
    await using source = openAws(fake, { ...DB, ...options })
    const reading = await source.poll(patient())
    expect(reading).toMatchObject({ up: null, points: [], error: { code, message: expect.stringContaining(message) } })
    expect(JSON.stringify(reading)).not.toMatch(/fake-secret|other-secret|old-token|AKIA/)
  })

  it.each([
    ['behind', 20],
    ['ahead of', -20],
  ])('a clock %s that of AWS: it is read all the same, and said', async (word, minutes) => {
    await using fake = await FakeAws.start()
    fake.clockAheadMs = minutes * 60_000
    put(fake)
    await using source = openAws(fake, DB)
    const reading = await source.poll(patient())
    expect(valuesOf(reading)['db.connections']).toBe(10)
    expect(reading.error).toEqual({
      code: 'clock_skew',
      message: `this machine's clock is 20 minutes ${word} that of AWS; set it (NTP)`,
    })
  })
})

describe('refusals', () => {
  const who = 'User: arn:aws:sts::123456789012:assumed-role/ops/i-1'

  it.each([
    [
      new Refusal(
        'AccessDenied',
        `${who} is not authorized to perform: cloudwatch:GetMetricData because no identity-based policy allows it`,
      ),
      'no_permission',
      'the permission cloudwatch:GetMetricData is missing; add it to the policy of this role or user',
    ],
    [
      // It need not say what it refuses.
      new Refusal('AccessDenied', 'Access denied'),
      'no_permission',
      'the permission cloudwatch:GetMetricData is missing; add it to the policy of this role or user',
    ],
    [
      new Refusal(
        'AccessDeniedException',
        `${who} is not authorized to perform: cloudwatch:GetMetricData with an explicit deny in a service control policy`,
      ),
      'no_permission',
      'the permission cloudwatch:GetMetricData is missing; add it to the policy of this role or user; a policy denies it explicitly',
    ],
    [
      new Refusal('InvalidParameterValue', 'The value for 123456789012 is not valid', 400),
      'refused',
      'CloudWatch refuses: The value for [account] is not valid (InvalidParameterValueException); check the names of this source',
    ],
    [
      new Refusal('OptInRequired', 'You are not subscribed'),
      'wrong_region',
      'the account has not switched on eu-west-1; check `region`',
    ],
    [
      new Refusal('RequestExpired', 'Request has expired'),
      'expired_credentials',
      'the credentials have expired; sign in again (aws sso login), or give the machine a role, whose credentials are renewed by themselves',
    ],
  ])('%s', async (refusal, code, message) => {
    await using fake = await FakeAws.start()
    fake.refuse('GetMetricData', refusal)
    await using source = openAws(fake, DB)
    expect(await source.poll(patient())).toMatchObject({ up: null, error: { code, message } })
  })

  it('throttling that passes is not seen', async () => {
    await using fake = await FakeAws.start()
    put(fake)
    fake.refuse('GetMetricData', new Refusal('Throttling', 'Rate exceeded'), 1)
    await using source = openAws(fake, DB)
    const reading = await source.poll(patient())
    expect(reading.error).toBeUndefined()
    expect(valuesOf(reading)['db.connections']).toBe(10)
  })

  it('throttling that stays ends with the timeout, and says so; the next look begins anew', async () => {
    await using fake = await FakeAws.start()
    put(fake)
    fake.refuse('GetMetricData', new Refusal('ThrottlingException', 'Rate exceeded'))
    await using source = openAws(fake, DB)
    expect((await source.poll(patient())).error?.code).toBe('throttled')
    expect(fake.count('GetMetricData')).toBe(3)
    fake.relent()
    expect(valuesOf(await source.poll(patient()))['db.connections']).toBe(10)
  })

  it('a fault of AWS', async () => {
    await using fake = await FakeAws.start()
    fake.refuse('GetMetricData', new Refusal('InternalServiceFault', 'The request processing has failed', 500))
    await using source = openAws(fake, DB)
    expect((await source.poll(patient())).error).toMatchObject({
      code: 'aws_fault',
      message: expect.stringContaining('HTTP 500'),
    })
  })

  it('no answer within the timeout', async () => {
    await using fake = await FakeAws.start()
    fake.refuse('GetMetricData', 'silence')
    await using source = openAws(fake, DB)
    expect((await source.poll(AbortSignal.timeout(300))).error).toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('no answer of CloudWatch within 5 s'),
    })
  })

  it('one service of AWS that fails leaves the others', async () => {
    await using fake = await FakeAws.start()
    put(fake)
    await using source = openAws(fake, { ...DB, autoScalingGroup: 'gone' })
    const reading = await source.poll(patient())
    expect(valuesOf(reading)['db.connections']).toBe(10)
    expect(reading).toMatchObject({
      up: 1,
      error: {
        code: 'unknown_group',
        message: 'there is no Auto Scaling group gone in eu-west-1; check `autoScalingGroup` and `region`',
      },
    })
  })

  it('something of which there have been no metrics for two weeks is named, once it has values no more', async () => {
    await using fake = await FakeAws.start()
    await using source = openAws(fake, DB)
    const expected = {
      code: 'unknown_target',
      message:
        'CloudWatch in eu-west-1 has had no metrics of database captions-db for two weeks; check `region` and the name',
    }
    expect((await source.poll(patient())).error).toEqual(expected)
    await source.clock.advance(60_000)
    expect((await source.poll(patient())).error).toEqual(expected)
    expect(fake.count('ListMetrics')).toBe(1)
    put(fake)
    await source.clock.advance(60_000)
    expect((await source.poll(patient())).error).toBeUndefined()
  })

  it('something that only has no values at the moment is fine', async () => {
    await using fake = await FakeAws.start()
    fake.world.put(
      ['AWS/RDS', 'DatabaseConnections', 'Average'],
      { DBInstanceIdentifier: 'captions-db' },
      ago(3_000),
      [1],
    )
    await using source = openAws(fake, DB)
    const reading = await source.poll(patient())
    expect(reading).toMatchObject({ up: 1 })
    expect(reading.error).toBeUndefined()
  })

  it('what is not AWS', async () => {
    await using web = await serve((_, response) => response.end('<html>Sign in</html>'))
    await using fake = await FakeAws.start()
    await using source = openAws(fake, { ...DB, endpoint: web.url })
    expect((await source.poll(patient())).error?.code).toBe('not_aws')
  })

  it('nobody there', async () => {
    await using fake = await FakeAws.start()
    await using source = openAws(fake, { ...DB, endpoint: 'http://127.0.0.1:9' })
    expect((await source.poll(patient())).error).toMatchObject({ code: 'refused' })
  })
})

describe('credentials of the machine', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'headroom-aws-'))
    for (const [name, value] of Object.entries({
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_PROFILE: undefined,
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
      AWS_SESSION_TOKEN: undefined,
    }))
      vi.stubEnv(name, value)
    await writeFile(
      join(folder, 'config'),
      `[profile ops]\nregion = eu-west-1\n[profile tool]\ncredential_process = touch ${folder}/ran\n`,
    )
    await writeFile(
      join(folder, 'credentials'),
      '[ops]\naws_access_key_id = AKIAFAKE\naws_secret_access_key = fake-secret-key\n',
    )
  })
  afterEach(async () => {
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true, force: true })
  })

  /** As if the address were one of AWS itself: the credentials of the machine are for no other. */
  const own = { accessKeyId: undefined, secretAccessKey: undefined, endpoint: undefined }

  it('are those of a profile, or of the environment', async () => {
    await using fake = await FakeAws.start()
    put(fake)
    vi.stubEnv('AWS_ENDPOINT_URL', fake.url)
    await using byProfile = openAws(fake, { ...DB, ...own, profile: 'ops' })
    expect(valuesOf(await byProfile.poll(patient()))['db.connections']).toBe(10)
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAFAKE')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'fake-secret-key')
    await using byEnvironment = openAws(fake, { ...DB, ...own })
    expect(valuesOf(await byEnvironment.poll(patient()))['db.connections']).toBe(10)
  })

  it('where there are none it says what to do', async () => {
    await using fake = await FakeAws.start()
    vi.stubEnv('AWS_ENDPOINT_URL', fake.url)
    await using source = openAws(fake, { ...DB, ...own })
    expect((await source.poll(patient())).error).toMatchObject({
      code: 'no_credentials',
      message: expect.stringContaining('AWS_ACCESS_KEY_ID'),
    })
    await using other = openAws(fake, { ...DB, ...own, profile: 'nobody' })
    expect((await other.poll(patient())).error).toMatchObject({
      code: 'no_credentials',
      message: expect.stringContaining('profile nobody'),
    })
    expect(fake.calls).toEqual([])
  })

  it('tried from the screen no program is run for them, and no forbidden address is asked', async () => {
    await using fake = await FakeAws.start()
    vi.stubEnv('AWS_ENDPOINT_URL', fake.url)
    await using source = openAws(fake, { ...DB, ...own, profile: 'tool' }, { refuseAddress })
    expect((await source.poll(patient())).error).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('program'),
    })
    await expect(rm(join(folder, 'ran'))).rejects.toThrow('ENOENT')
    await using metadata = openAws(fake, { ...DB, endpoint: 'http://169.254.169.254' }, { refuseAddress })
    expect((await metadata.poll(patient())).error).toMatchObject({ code: 'forbidden' })
  })
})

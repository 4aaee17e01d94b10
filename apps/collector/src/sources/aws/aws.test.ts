import { describe, expect, it } from 'vitest'
import { aws } from './aws.ts'

/** What is wrong with options, by their place; empty where nothing is. */
function problemsIn(options: Record<string, unknown>): Record<string, string> {
  const parsed = aws.schema.safeParse(options)
  return Object.fromEntries((parsed.error?.issues ?? []).map(({ path, message }) => [path.join('.'), message]))
}

const REGION = { region: 'eu-west-1' }
const FOREIGN = { ...REGION, db: 'captions-db', endpoint: 'http://127.0.0.1:4566' }

describe('options', () => {
  it.each([
    [{ db: 'captions-db' }, { region: 'is missing: where it all is, such as eu-west-1' }],
    [{ ...REGION, region: 'Ireland', db: 'x' }, { region: 'must be a region such as eu-west-1' }],
    [REGION, { service: expect.stringContaining('name at least one of service, loadBalancer') }],
    [{ ...REGION, cluster: 'a' }, { service: 'is missing: name the services of the cluster' }],
    [
      { ...REGION, targetGroup: 'targetgroup/web/1a' },
      { loadBalancer: expect.stringContaining('the one before the target group') },
    ],
    [
      { ...REGION, loadBalancer: 'captions' },
      { loadBalancer: 'must be a name such as app/captions/50dc6c495c0c9188, or an ARN' },
    ],
    [
      { ...REGION, instance: ['i-0123456789abcdef0', 'web'] },
      { 'instance.1': 'must be a name such as i-0123456789abcdef0, or an ARN' },
    ],
    [{ ...REGION, db: 'x', period: '90s' }, { period: 'must be whole minutes, at most an hour, such as 1m or 5m' }],
    [
      { ...REGION, service: 'arn:aws:ecs:us-east-1:123456789012:service/teaching/ide' },
      { service: 'is in us-east-1, and `region` is eu-west-1' },
    ],
    [{ taskMetadata: true, db: 'x' }, { db: expect.stringContaining('make two sources of them') }],
    [{ ...REGION, db: 'x', accessKeyId: 'AKIA' }, { secretAccessKey: 'is missing: the two go together' }],
    [
      { ...REGION, db: 'x', profile: 'a', accessKeyId: 'A', secretAccessKey: 'b' },
      { profile: expect.stringContaining('give one of the two') },
    ],
  ])('%j is refused, and the place named', (options, problems) => {
    expect(problemsIn(options)).toEqual(problems)
  })

  it.each(['eu-central-2', 'us-gov-west-1', 'ap-southeast-5', 'cn-north-1', 'eusc-de-east-1', 'mx-central-1'])(
    'may name the region %s',
    (region) => expect(problemsIn({ region, db: 'x' })).toEqual({}),
  )

  it('an address that is not of AWS is never given the credentials of the machine', () => {
    expect(problemsIn(FOREIGN)).toEqual({
      accessKeyId: expect.stringContaining('never given the credentials of this machine'),
    })
    expect(problemsIn({ ...FOREIGN, profile: 'ops' })).toHaveProperty('accessKeyId')
    expect(problemsIn({ ...FOREIGN, accessKeyId: 'test', secretAccessKey: 'test' })).toEqual({})
    for (const endpoint of [
      'http://monitoring.eu-west-1.amazonaws.com',
      'https://monitoring.eu-west-1.amazonaws.com.example.com',
      'https://evilamazonaws.com',
      'https://amazonaws.com@example.com',
    ])
      expect(problemsIn({ ...FOREIGN, endpoint })).toHaveProperty('accessKeyId')
    for (const endpoint of [
      'https://vpce-1a.monitoring.eu-west-1.vpce.amazonaws.com',
      'https://monitoring.eusc-de-east-1.amazonaws.eu',
      'https://monitoring.eu-west-1.api.aws',
    ])
      expect(problemsIn({ ...FOREIGN, endpoint })).toEqual({})
  })
})

it('takes the cluster of a service from its ARN, where it is not named', () => {
  const service = 'arn:aws:ecs:eu-west-1:123456789012:service/teaching/ide'
  expect(aws.describe(aws.schema.parse({ ...REGION, service }))).toContain('service teaching/ide')
  // As they were before clusters stood in them.
  const old = 'arn:aws:ecs:eu-west-1:123456789012:service/ide'
  expect(aws.describe(aws.schema.parse({ ...REGION, service: old }))).toContain('service default/ide')
})

it('says where it looks and what that costs, and no secret', () => {
  const options = aws.schema.parse({
    ...FOREIGN,
    cluster: 'teaching',
    service: ['ide', 'web'],
    loadBalancer: 'app/captions/50dc6c495c0c9188',
    accessKeyId: 'AKIATEST',
    secretAccessKey: 'very-secret',
  })
  expect(aws.describe(options)).toBe(
    'eu-west-1 at 127.0.0.1:4566: service teaching/ide, service teaching/web, load balancer captions, database captions-db (17 metrics, about $0.24 a day)',
  )
  expect(aws.describe(aws.schema.parse({ taskMetadata: true }))).toBe('the ECS task it runs in')
})

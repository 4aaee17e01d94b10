import type { Reading } from '@headroom/shared/model/reading.ts'
import { labelsKey } from '@headroom/shared/model/labels.ts'
import { describe, expect, it } from 'vitest'
import { valuesOf } from '../testing/values.ts'
import { FakeAws } from './testing/fake-aws.ts'
import { ago, MINUTE_0, openAws, patient } from './testing/open-aws.ts'
import { Refusal } from './testing/refusal.ts'

const BALANCER = 'app/captions/50dc6c495c0c9188'
const GROUP = 'targetgroup/web/73e2d6bc24d8a067'
const ALB = 'AWS/ApplicationELB'

/** The values of one series by how many minutes ago their minute began. */
function seriesOf({ points }: Reading, series: string): Record<number, number> {
  const own = points.filter(({ metric, labels }) => `${metric}${labelsKey(labels)}` === series)
  return Object.fromEntries(own.map(({ at = Number.NaN, value }) => [(MINUTE_0 - at) / 60_000, value]))
}

describe('a load balancer', () => {
  it('gives requests, response times and failures by the minute they are of', async () => {
    await using fake = await FakeAws.start()
    const { world } = fake
    const dimensions = { LoadBalancer: BALANCER }
    world.put([ALB, 'RequestCount', 'Sum'], dimensions, ago(2), [120, 90, 100])
    world.put([ALB, 'TargetResponseTime', 'p50'], dimensions, ago(2), [0.2, 0.25, 0.3])
    world.put([ALB, 'TargetResponseTime', 'p95'], dimensions, ago(2), [1.5, 2, 3.25])
    world.put([ALB, 'HTTPCode_Target_5XX_Count', 'Sum'], dimensions, ago(0), [4])
    world.put([ALB, 'HTTPCode_ELB_5XX_Count', 'Sum'], dimensions, ago(0), [6])
    world.put([ALB, 'HTTPCode_ELB_502_Count', 'Sum'], dimensions, ago(0), [6])
    await using source = openAws(fake, { loadBalancer: BALANCER })
    const reading = await source.poll(patient())
    expect(reading.error).toBeUndefined()
    expect(seriesOf(reading, 'requests.per_minute')).toEqual({ 2: 120, 1: 90, 0: 100 })
    expect(seriesOf(reading, 'latency.p50_seconds')).toEqual({ 2: 0.2, 1: 0.25, 0: 0.3 })
    expect(seriesOf(reading, 'latency.p95_seconds')).toEqual({ 2: 1.5, 1: 2, 0: 3.25 })
    expect(seriesOf(reading, 'errors.percent')).toEqual({ 2: 0, 1: 0, 0: 10 })
    expect(seriesOf(reading, 'responses.per_minute{status="5xx"}')).toEqual({ 2: 0, 1: 0, 0: 4 })
    expect(seriesOf(reading, 'responses.per_minute{status="502"}')).toEqual({ 2: 0, 1: 0, 0: 6 })
  })

  it('counts that are missing are zero beside requests, and unknown without them', async () => {
    await using fake = await FakeAws.start()
    fake.world.put([ALB, 'RequestCount', 'Sum'], { LoadBalancer: BALANCER }, ago(2), [10, undefined, undefined])
    await using source = openAws(fake, { loadBalancer: BALANCER })
    const reading = await source.poll(patient())
    expect(seriesOf(reading, 'errors.percent')).toEqual({ 2: 0 })
    expect(seriesOf(reading, 'responses.per_minute{status="503"}')).toEqual({ 2: 0 })
    expect(reading.points.filter(({ metric }) => metric.startsWith('latency'))).toEqual([])
  })

  it.each(['InternalError', 'PartialData', 'Forbidden'])(
    'a count that ended with %s is unknown, not zero',
    async (status) => {
      await using fake = await FakeAws.start()
      fake.world.put([ALB, 'RequestCount', 'Sum'], { LoadBalancer: BALANCER }, ago(0), [10])
      fake.world.statuses.set('HTTPCode_Target_5XX_Count', status)
      await using source = openAws(fake, { loadBalancer: BALANCER })
      const reading = await source.poll(patient())
      expect(seriesOf(reading, 'errors.percent')).toEqual({})
      expect(seriesOf(reading, 'responses.per_minute{status="5xx"}')).toEqual({})
      expect(seriesOf(reading, 'responses.per_minute{status="502"}')).toEqual({ 0: 0 })
      expect(reading.error?.code).toBe(status === 'Forbidden' ? 'no_permission' : 'incomplete')
    },
  )

  it('of how many requests failures are is unknown where the requests could not be said', async () => {
    await using fake = await FakeAws.start()
    fake.world.put([ALB, 'HTTPCode_ELB_5XX_Count', 'Sum'], { LoadBalancer: BALANCER }, ago(0), [1])
    fake.world.statuses.set('RequestCount', 'InternalError')
    await using source = openAws(fake, { loadBalancer: BALANCER })
    expect(seriesOf(await source.poll(patient()), 'errors.percent')).toEqual({})
  })

  it('knows a minute in which nobody could be served, although none of its requests is counted', async () => {
    await using fake = await FakeAws.start()
    const dimensions = { LoadBalancer: BALANCER }
    fake.world.put([ALB, 'HTTPCode_ELB_5XX_Count', 'Sum'], dimensions, ago(0), [30])
    fake.world.put([ALB, 'HTTPCode_ELB_503_Count', 'Sum'], dimensions, ago(0), [30])
    await using source = openAws(fake, { loadBalancer: BALANCER })
    const reading = await source.poll(patient())
    expect(seriesOf(reading, 'errors.percent')).toEqual({ 0: 100 })
    expect(seriesOf(reading, 'responses.per_minute{status="503"}')).toEqual({ 0: 30 })
    expect(seriesOf(reading, 'responses.per_minute{status="502"}')).toEqual({})
  })

  it('with a target group it is the traffic of that group, and its hosts', async () => {
    await using fake = await FakeAws.start()
    const own = { LoadBalancer: BALANCER, TargetGroup: GROUP }
    fake.world.put([ALB, 'RequestCount', 'Sum'], { LoadBalancer: BALANCER }, ago(0), [500])
    fake.world.put([ALB, 'RequestCount', 'Sum'], own, ago(0), [50])
    fake.world.put([ALB, 'HealthyHostCount', 'Minimum'], own, ago(0), [2])
    fake.world.put([ALB, 'UnHealthyHostCount', 'Maximum'], own, ago(0), [1])
    await using source = openAws(fake, {
      loadBalancer: `arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/${BALANCER}`,
      targetGroup: `arn:aws:elasticloadbalancing:eu-west-1:123456789012:${GROUP}`,
    })
    expect(valuesOf(await source.poll(patient()))).toMatchObject({
      'requests.per_minute': 50,
      'hosts.healthy': 2,
      'hosts.unhealthy': 1,
    })
  })
})

describe('machines, databases and caches', () => {
  it('an instance: CPU of EC2, and memory of the agent under whatever dimensions it has', async () => {
    await using fake = await FakeAws.start()
    const id = 'i-0123456789abcdef0'
    fake.world.put(['AWS/EC2', 'CPUUtilization', 'Average'], { InstanceId: id }, ago(10), [42, 55], 300_000)
    const agent = { InstanceId: id, ImageId: 'ami-1', InstanceType: 't2.large', AutoScalingGroupName: 'web' }
    fake.world.put(['CWAgent', 'mem_used_percent', 'Average'], agent, ago(1), [74, 76])
    fake.world.put(['CWAgent', 'mem_used_percent', 'Average'], { InstanceId: 'i-0fff' }, ago(1), [99, 99])
    await using source = openAws(fake, { instance: id })
    const reading = await source.poll(patient())
    expect(seriesOf(reading, 'cpu.used_percent')).toEqual({ 10: 42, 5: 55 })
    expect(seriesOf(reading, 'memory.used_percent')).toEqual({ 1: 74, 0: 76 })
    expect(reading.mapped.map(({ path }) => path)).toContain(`instance ${id}: CWAgent mem_used_percent`)
  })

  it('a group: how many are in service, and the memory of the fullest', async () => {
    await using fake = await FakeAws.start()
    fake.world.groups.set('web', {
      desired: 2,
      instances: [
        { id: 'i-1', state: 'InService' },
        { id: 'i-2', state: 'InService' },
        { id: 'i-3', state: 'Terminating' },
      ],
    })
    fake.world.put(['AWS/EC2', 'CPUUtilization', 'Average'], { AutoScalingGroupName: 'web' }, ago(0), [50])
    for (const [id, memory] of [
      ['i-1', 60],
      ['i-2', 91],
    ] as const)
      fake.world.put(
        ['CWAgent', 'mem_used_percent', 'Average'],
        { InstanceId: id, AutoScalingGroupName: 'web' },
        ago(0),
        [memory],
      )
    await using source = openAws(fake, { autoScalingGroup: 'web' })
    expect(valuesOf(await source.poll(patient()))).toMatchObject({
      'instances.count': 2,
      'group.desired': 2,
      'cpu.used_percent': 50,
      'memory.used_percent': 91,
    })
  })

  it('RDS and ElastiCache; a sum over a longer period is kept per minute', async () => {
    await using fake = await FakeAws.start()
    const db = { DBInstanceIdentifier: 'captions-db' }
    fake.world.put(['AWS/RDS', 'DatabaseConnections', 'Average'], db, ago(5), [31])
    fake.world.put(['AWS/RDS', 'CPUUtilization', 'Average'], db, ago(5), [12.5])
    fake.world.put(['AWS/RDS', 'FreeableMemory', 'Average'], db, ago(5), [2 ** 30])
    const cache = { CacheClusterId: 'captions-redis-001' }
    fake.world.put(['AWS/ElastiCache', 'CurrConnections', 'Average'], cache, ago(5), [17])
    fake.world.put(['AWS/ElastiCache', 'DatabaseMemoryUsagePercentage', 'Average'], cache, ago(5), [63])
    fake.world.put(['AWS/ElastiCache', 'Evictions', 'Sum'], cache, ago(5), [50])
    await using source = openAws(fake, { db: 'captions-db', cache: 'captions-redis-001', period: '5m' })
    const reading = await source.poll(patient())
    expect(valuesOf(reading)).toMatchObject({
      'db.connections': 31,
      'db.cpu_percent': 12.5,
      'db.memory_free_bytes': 2 ** 30,
      'redis.clients': 17,
      'redis.memory_percent': 63,
      'redis.evicted_per_minute': 10,
    })
    expect(reading.points.find(({ metric }) => metric === 'db.storage_free_bytes')).toBeUndefined()
  })

  it('several of a kind are told apart by a label', async () => {
    await using fake = await FakeAws.start()
    for (const [name, connections] of [
      ['one', 1],
      ['two', 2],
    ] as const)
      fake.world.put(['AWS/RDS', 'DatabaseConnections', 'Average'], { DBInstanceIdentifier: name }, ago(0), [
        connections,
      ])
    await using source = openAws(fake, { db: ['one', 'two'] })
    expect(valuesOf(await source.poll(patient()))).toMatchObject({
      'db.connections{instance="one"}': 1,
      'db.connections{instance="two"}': 2,
    })
  })
})

describe('asking', () => {
  const DB = ['AWS/RDS', 'DatabaseConnections', 'Average'] as const
  const NAME = { DBInstanceIdentifier: 'captions-db' }

  it('tells what is new or corrected, and nothing twice', async () => {
    await using fake = await FakeAws.start()
    fake.world.put(DB, NAME, ago(2), [10, 11, 12])
    await using source = openAws(fake, { db: 'captions-db' })
    expect(seriesOf(await source.poll(patient()), 'db.connections')).toEqual({ 2: 10, 1: 11, 0: 12 })
    fake.world.put(DB, NAME, ago(1), [11, 14, 15])
    await source.clock.advance(60_000)
    expect(seriesOf(await source.poll(patient()), 'db.connections')).toEqual({ 0: 14, [-1]: 15 })
  })

  it('asks once in a period, however often it is looked at, and never for the minute that still runs', async () => {
    await using fake = await FakeAws.start()
    fake.world.put(DB, NAME, ago(0), [10, 99])
    await using source = openAws(fake, { db: 'captions-db' }, { everyMs: 10_000 })
    const reading = await source.poll(patient())
    expect(seriesOf(reading, 'db.connections')).toEqual({ 0: 10 })
    for (let look = 0; look < 5; look++) {
      await source.clock.advance(10_000)
      expect(await source.poll(patient())).toMatchObject({ up: 1, points: [] })
    }
    expect(fake.count('GetMetricData')).toBe(1)
    await source.clock.advance(10_000)
    expect(seriesOf(await source.poll(patient()), 'db.connections')).toEqual({ [-1]: 99 })
  })

  it('reads all pages', async () => {
    await using fake = await FakeAws.start()
    const names = Array.from({ length: 50 }, (_, index) => `db-${index}`)
    names.forEach((name, index) =>
      fake.world.put(DB, { DBInstanceIdentifier: name }, ago(9), Array<number>(10).fill(index)),
    )
    fake.world.valuesAPage = 77
    await using source = openAws(fake, { db: names })
    const reading = await source.poll(patient())
    expect(reading.points.filter(({ metric }) => metric === 'db.connections')).toHaveLength(500)
    expect(fake.count('GetMetricData')).toBe(7)
    expect(reading.error).toBeUndefined()
  })

  it('asks for 500 metrics in one call, and for more in a second', async () => {
    await using fake = await FakeAws.start()
    const names = Array.from({ length: 50 }, (_, index) => `name-${index}`)
    fake.world.put(DB, { DBInstanceIdentifier: 'name-49' }, ago(0), [1])
    fake.world.put(['AWS/ElastiCache', 'Evictions', 'Sum'], { CacheClusterId: 'name-49' }, ago(0), [2])
    const groups = Array.from({ length: 10 }, (_, index) => `targetgroup/g${index}/0${index}`)
    await using source = openAws(fake, { db: names, cache: names, loadBalancer: BALANCER, targetGroup: groups })
    expect(valuesOf(await source.poll(patient()))).toMatchObject({
      'db.connections{instance="name-49"}': 1,
      'redis.evicted_per_minute{instance="name-49"}': 2,
    })
    expect(fake.count('GetMetricData')).toBe(2)
  })

  it('half of the pages is half an answer, with its reason', async () => {
    await using fake = await FakeAws.start()
    fake.world.put(DB, NAME, ago(9), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    fake.world.valuesAPage = 5
    await using source = openAws(fake, { db: 'captions-db' })
    const first = await source.poll(patient())
    expect(Object.keys(seriesOf(first, 'db.connections'))).toHaveLength(10)
    fake.world.put(DB, NAME, ago(-1), [10])
    await source.clock.advance(60_000)
    fake.refuseFrom('GetMetricData', 2, new Refusal('InvalidNextToken', 'The token is invalid.'))
    const second = await source.poll(patient())
    expect(seriesOf(second, 'db.connections')).toEqual({ [-1]: 10 })
    expect(second).toMatchObject({ up: 1, error: { code: 'refused' } })
  })

  it.each(['InternalError', 'PartialData'])('a metric that ends with %s is named, the others count', async (status) => {
    await using fake = await FakeAws.start()
    fake.world.put(DB, NAME, ago(0), [10])
    fake.world.put(['AWS/RDS', 'CPUUtilization', 'Average'], NAME, ago(0), [20])
    fake.world.statuses.set('CPUUtilization', status)
    await using source = openAws(fake, { db: 'captions-db' })
    const reading = await source.poll(patient())
    expect(seriesOf(reading, 'db.connections')).toEqual({ 0: 10 })
    expect(reading.error).toEqual({
      code: 'incomplete',
      message: `CloudWatch could not give all of CPUUtilization of database captions-db this time (${status}); it is asked again, and what came counts`,
    })
  })

  it('leaves out values of another time than it asked for, and says so', async () => {
    await using fake = await FakeAws.start()
    fake.world.put(DB, NAME, ago(24 * 60), [1, 2, 3])
    fake.world.put(DB, NAME, ago(0), [10])
    fake.world.ignoresSpan = true
    await using source = openAws(fake, { db: 'captions-db' })
    const reading = await source.poll(patient())
    expect(seriesOf(reading, 'db.connections')).toEqual({ 0: 10 })
    expect(reading.error).toMatchObject({ code: 'other_time', message: expect.stringContaining('3 values') })
  })

  it('after an outage of its own it asks for what it missed', async () => {
    await using fake = await FakeAws.start()
    fake.world.put(
      DB,
      NAME,
      ago(0),
      Array.from({ length: 61 }, (_, index) => index),
    )
    await using source = openAws(fake, { db: 'captions-db' })
    await source.poll(patient())
    await source.clock.advance(60 * 60_000)
    expect(Object.keys(seriesOf(await source.poll(patient()), 'db.connections'))).toHaveLength(60)
  })

  it('says what it costs', async () => {
    await using fake = await FakeAws.start()
    await using source = openAws(fake, { db: 'captions-db' }, { everyMs: 10_000 })
    const reading = await source.poll(patient())
    expect(reading.mapped.at(-1)).toMatchObject({
      path: 'estimate for 4 metrics of CloudWatch',
      metric: 'aws.dollars_per_day',
      value: expect.closeTo((4 * 1_440 * 0.01) / 1_000),
    })
  })
})

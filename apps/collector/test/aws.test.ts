import { afterAll, beforeAll, expect, it } from 'vitest'
import { FakeAws } from '../src/sources/aws/testing/fake-aws.ts'
import { Refusal } from '../src/sources/aws/testing/refusal.ts'
import { Collector, temporaryFolder } from './support/collector.ts'
import { until } from './support/until.ts'

const MINUTE = 60_000
const CLUSTER = { ClusterName: 'teaching', ServiceName: 'ide' }
const BALANCER = { LoadBalancer: 'app/captions/50dc6c495c0c9188' }

let fake: FakeAws
let collector: Collector
const stack = new AsyncDisposableStack()
/** The minute that ended last, when all of this began. */
const minute = Math.floor(Date.now() / MINUTE) * MINUTE - MINUTE

beforeAll(async () => {
  fake = stack.use(await FakeAws.start({ secretAccessKey: 'secret-of-the-account' }))
  const { world } = fake
  const hot = Array<number>(14).fill(95)
  world.put(['AWS/ECS', 'CPUUtilization', 'Average'], CLUSTER, minute - 13 * MINUTE, hot)
  world.put(['AWS/ECS', 'MemoryUtilization', 'Average'], CLUSTER, minute - 13 * MINUTE, hot)
  world.put(['AWS/ApplicationELB', 'RequestCount', 'Sum'], BALANCER, minute - 13 * MINUTE, hot)
  world.put(
    ['AWS/ApplicationELB', 'TargetResponseTime', 'p95'],
    BALANCER,
    minute - 13 * MINUTE,
    Array<number>(14).fill(4),
  )
  world.put(
    ['AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count', 'Sum'],
    BALANCER,
    minute - 13 * MINUTE,
    Array<number>(14).fill(10),
  )
  world.clusters.set('teaching', { containerInsights: 'disabled' })
  world.services.set('teaching/ide', {
    serviceName: 'ide',
    status: 'ACTIVE',
    desiredCount: 1,
    runningCount: 1,
    pendingCount: 0,
  })
  world.groups.set('web', {
    desired: 2,
    instances: [
      { id: 'i-1', state: 'InService' },
      { id: 'i-2', state: 'InService' },
    ],
  })
  const account = `region: eu-west-1, every: 1s, endpoint: "${fake.url}", accessKeyId: AKIAFAKE, secretAccessKey: "\${KEY}"`
  const yaml = `
systems:
  - { id: ide, preset: ide-on-ecs, sources: [{ type: aws, cluster: teaching, service: ide, ${account} }] }
  - { id: captions, preset: gunicorn-on-ec2, sources: [{ type: aws, loadBalancer: ${BALANCER.LoadBalancer}, autoScalingGroup: web, ${account} }] }
`
  const folder = stack.use(await temporaryFolder())
  collector = stack.use(await Collector.start(folder.path, yaml, { env: { KEY: 'secret-of-the-account' } }))
})
afterAll(() => stack.disposeAsync())

async function firing(): Promise<string[]> {
  const alerts = await collector.alerts()
  return alerts.filter(({ state }) => state === 'firing').map(({ system, flag }) => `${system} ${flag}`)
}

it('what CloudWatch says raises the flags of the documents', async () => {
  const expected = ['ide cpu-critical', 'ide memory-critical', 'captions slow', 'captions errors']
  expect(await until(firing, (found) => expected.every((flag) => found.includes(flag)))).toEqual(
    expect.arrayContaining(expected),
  )
  expect(await collector.value('captions', 'instances.count')).toBe(2)
})

it('a service without a running task is unhealthy, until one runs', async () => {
  const service = fake.world.services.get('teaching/ide')
  fake.world.services.set('teaching/ide', { ...service, runningCount: 0 })
  const unhealthy = 'ide says-it-is-unhealthy'
  expect(await until(firing, (found) => found.includes(unhealthy))).toContain(unhealthy)
  fake.world.services.set('teaching/ide', { ...service, runningCount: 1 })
  expect(await until(firing, (found) => !found.includes(unhealthy))).not.toContain(unhealthy)
})

it('a task that was killed for want of memory raises the flag, and stands as a note', async () => {
  await until(
    () => collector.value('ide', 'kills.total'),
    (kills) => kills === 0,
  )
  fake.world.tasks.push({
    cluster: 'teaching',
    service: 'ide',
    taskArn: 'arn:aws:ecs:eu-west-1:123456789012:task/teaching/0a1b2c3d4e5f',
    desiredStatus: 'STOPPED',
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    stoppedAt: Math.floor(Date.now() / 1_000),
    containers: [{ name: 'app', exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' }],
  })
  expect(await until(firing, (found) => found.includes('ide out-of-memory-killed'))).toContain(
    'ide out-of-memory-killed',
  )
  expect((await collector.notes()).map(({ text, kind }) => `${kind}: ${text}`)).toContain(
    'restart: ide: Task 0a1b2c3d: killed, out of memory (container app, exit 137)',
  )
})

it('credentials that expire are a reason; what is known stays, and no secret is anywhere', async () => {
  fake.refuse(
    'DescribeServices',
    new Refusal('ExpiredTokenException', 'The security token included in the request is expired'),
  )
  expect(await collector.failing('ide', 'expired_credentials')).toContain('sign in again')
  fake.relent()
  await until(
    () => collector.source('ide'),
    ({ state }) => state === 'ok',
  )
  const said = [
    ...collector.log,
    ...(await Promise.all(['/systems', '/events', '/status'].map((path) => collector.text(path)))),
  ]
  expect(said.join('\n')).not.toContain('secret-of-the-account')
})

it('is tried from the screen with the credentials that were typed, which are not shown', async () => {
  const source = { type: 'aws', ...fake.options, cluster: 'teaching', service: 'ide', timeout: '5s' }
  const answer = await fetch(`${collector.url}/api/v1/try`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ source }),
  })
  const text = await answer.text()
  expect([answer.status, text]).toEqual([200, expect.stringContaining('"metric":"cpu.used_percent"')])
  expect(text).not.toContain('secret-of-the-account')
})

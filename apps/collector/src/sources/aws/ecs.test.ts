import type { Happening, Reading } from '@headroom/shared/model/reading.ts'
import { describe, expect, it } from 'vitest'
import { valuesOf } from '../testing/values.ts'
import { FakeAws } from './testing/fake-aws.ts'
import { ago, MINUTE_0, openAws, patient } from './testing/open-aws.ts'
import { Refusal } from './testing/refusal.ts'

const ARN = 'arn:aws:ecs:eu-west-1:123456789012'
const seconds = (ms: number): number => ms / 1_000

const DEPLOYMENT = {
  id: 'ecs-svc/1',
  status: 'PRIMARY',
  taskDefinition: `${ARN}:task-definition/ide:41`,
  desiredCount: 1,
  runningCount: 1,
  pendingCount: 0,
  failedTasks: 0,
  rolloutState: 'COMPLETED',
  createdAt: seconds(ago(9_000)),
  updatedAt: seconds(ago(8_990)),
}
const SERVICE = {
  serviceName: 'ide',
  serviceArn: `${ARN}:service/teaching/ide`,
  status: 'ACTIVE',
  desiredCount: 1,
  runningCount: 1,
  pendingCount: 0,
  deployments: [DEPLOYMENT],
  events: [] as unknown[],
}

/** An account with the one service of a Python IDE. */
async function teaching(service: Record<string, unknown> = {}): Promise<FakeAws> {
  const fake = await FakeAws.start()
  fake.world.clusters.set('teaching', { containerInsights: 'disabled' })
  fake.world.services.set('teaching/ide', { ...SERVICE, ...service })
  return fake
}

function task(
  id: string,
  startedAt: number,
  stopped: Record<string, unknown> = {},
): Parameters<FakeAws['world']['tasks']['push']>[0] {
  const desiredStatus = stopped['stoppedAt'] === undefined ? 'RUNNING' : 'STOPPED'
  const taskArn = `${ARN}:task/teaching/${id}`
  return {
    cluster: 'teaching',
    service: 'ide',
    taskArn,
    desiredStatus,
    lastStatus: desiredStatus,
    startedAt: seconds(startedAt),
    ...stopped,
  }
}

const ONE = { cluster: 'teaching', service: 'ide' }
const notesOf = (happened: readonly Happening[] = []): string[] =>
  happened.flatMap((one) => (one.kind === 'note' ? [`${one.as}: ${one.text}`] : []))

describe('a service', () => {
  it('gives tasks, deployments, CPU and memory, and how long its one task has run', async () => {
    await using fake = await teaching()
    fake.world.tasks.push(task('0a1b2c3d4e5f', ago(29)))
    const dimensions = { ClusterName: 'teaching', ServiceName: 'ide' }
    fake.world.put(['AWS/ECS', 'CPUUtilization', 'Average'], dimensions, ago(0), [71.5])
    fake.world.put(['AWS/ECS', 'MemoryUtilization', 'Average'], dimensions, ago(0), [83])
    await using source = openAws(fake, ONE)
    const reading = await source.poll(patient())
    expect(reading.error).toBeUndefined()
    expect(valuesOf(reading)).toEqual({
      'replicas.ready': 1,
      'replicas.desired': 1,
      'replicas.pending': 0,
      'instances.count': 1,
      'ecs.deployments': 1,
      'ecs.failed_tasks': 0,
      healthy: 1,
      'kills.total': 0,
      'uptime.seconds': 30 * 60,
      'cpu.used_percent': 71.5,
      'memory.used_percent': 83,
      'aws.dollars_per_day': expect.closeTo(0.0288),
    })
    expect(reading.points.find(({ metric }) => metric === 'cpu.used_percent')?.at).toBe(MINUTE_0)
  })

  it('with Container Insights percent is reckoned from what is used and reserved', async () => {
    await using fake = await teaching()
    fake.world.clusters.set('teaching', { containerInsights: 'enhanced' })
    const dimensions = { ClusterName: 'teaching', ServiceName: 'ide' }
    const put = (name: string, value: number): void =>
      fake.world.put(['ECS/ContainerInsights', name, 'Average'], dimensions, ago(0), [value])
    fake.world.put(['AWS/ECS', 'CPUUtilization', 'Average'], dimensions, ago(0), [70])
    put('CpuUtilized', 256)
    put('CpuReserved', 1_024)
    put('MemoryUtilized', 3_072)
    put('MemoryReserved', 4_096)
    await using source = openAws(fake, ONE)
    expect(valuesOf(await source.poll(patient()))).toMatchObject({
      'cpu.used_percent': 25,
      'memory.used_percent': 75,
      'memory.used_bytes': 3 * 2 ** 30,
      'memory.limit_bytes': 4 * 2 ** 30,
    })
  })

  it('that should run and does not is unhealthy; of CPU and memory nothing is known then', async () => {
    await using fake = await teaching({ runningCount: 0, pendingCount: 1 })
    await using source = openAws(fake, ONE)
    const values = valuesOf(await source.poll(patient()))
    expect(values).toMatchObject({ healthy: 0, 'replicas.ready': 0, 'replicas.pending': 1 })
    expect(Object.keys(values)).not.toContain('cpu.used_percent')
    expect(Object.keys(values)).not.toContain('uptime.seconds')
  })

  it('that is to run nothing is neither healthy nor unhealthy', async () => {
    await using fake = await teaching({ desiredCount: 0, runningCount: 0 })
    await using source = openAws(fake, ONE)
    expect(Object.keys(valuesOf(await source.poll(patient())))).not.toContain('healthy')
  })

  it('several services, more than one call takes, are told apart by a label', async () => {
    await using fake = await teaching()
    const names = Array.from({ length: 12 }, (_, index) => `s${index}`)
    for (const serviceName of names)
      fake.world.services.set(`teaching/${serviceName}`, { ...SERVICE, serviceName, desiredCount: 2 })
    await using source = openAws(fake, { cluster: 'teaching', service: names })
    const reading = await source.poll(patient())
    expect(reading.error).toBeUndefined()
    expect(valuesOf(reading)).toMatchObject({ 'replicas.ready{service="s0"}': 1, 'replicas.ready{service="s11"}': 1 })
    expect(fake.count('DescribeServices')).toBe(2)
  })
})

describe('what happened', () => {
  it('a deployment is a note, and told again with its end', async () => {
    const rolling = {
      ...DEPLOYMENT,
      id: 'ecs-svc/2',
      taskDefinition: `${ARN}:task-definition/ide:42`,
      createdAt: seconds(ago(3)),
    }
    await using fake = await teaching({
      deployments: [
        { ...rolling, rolloutState: 'IN_PROGRESS' },
        { ...DEPLOYMENT, status: 'ACTIVE' },
      ],
    })
    await using source = openAws(fake, ONE)
    const [note] = (await source.poll(patient())).happened ?? []
    expect(note).toEqual({
      kind: 'note',
      id: 'deployment/ecs-svc/2',
      at: ago(3),
      text: 'Deployment of ide:42 to ide',
      as: 'deploy',
    })
    const done = {
      ...rolling,
      rolloutState: 'FAILED',
      rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
      updatedAt: seconds(ago(-1)),
    }
    fake.world.services.set('teaching/ide', { ...SERVICE, deployments: [done] })
    expect((await source.poll(patient())).happened).toEqual([
      {
        kind: 'note',
        id: 'deployment/ecs-svc/2',
        at: ago(3),
        until: ago(-1),
        text: 'Deployment of ide:42 to ide failed: ECS deployment circuit breaker: tasks failed to start.',
        as: 'deploy',
      },
    ])
  })

  it('events of the last hour are notes, oldest first, without the account; that it is still steady is none', async () => {
    const steady = '(service ide) has reached a steady state.'
    await using fake = await teaching({
      events: [
        { id: 'e4', createdAt: seconds(ago(1)), message: steady },
        { id: 'e3', createdAt: seconds(ago(2)), message: steady },
        {
          id: 'e2',
          createdAt: seconds(ago(3)),
          message: `(service ide) deregistered 1 targets in (target-group ${ARN}:targetgroup/ide/1)`,
        },
        { id: 'e1', createdAt: seconds(ago(600)), message: '(service ide) has started 1 tasks: (task 1).' },
      ],
    })
    await using source = openAws(fake, ONE)
    const { happened } = await source.poll(patient())
    expect((await source.poll(patient())).happened).toBeUndefined()
    expect(notesOf(happened)).toEqual([
      'note: (service ide) deregistered 1 targets in (target-group 1)',
      `note: ${steady}`,
    ])
  })

  const stop = (
    stopCode: string,
    stoppedReason: string,
    container: Record<string, unknown> = {},
    minutes = 1,
  ): Record<string, unknown> => ({
    stoppedAt: seconds(ago(minutes)),
    stopCode,
    stoppedReason,
    containers: [{ name: 'sidecar' }, { name: 'app', ...container }],
  })

  it('a task killed for want of memory counts, each once', async () => {
    await using fake = await teaching()
    const starved = { exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' }
    await using source = openAws(fake, ONE)
    expect(valuesOf(await source.poll(patient()))['kills.total']).toBe(0)
    fake.world.tasks.push(
      task('aaaaaaaaaaaa', ago(40), stop('EssentialContainerExited', 'Essential container in task exited', starved)),
      task(
        'bbbbbbbbbbbb',
        ago(40),
        stop('EssentialContainerExited', 'Essential container in task exited', { exitCode: 137 }),
      ),
      task(
        'cccccccccccc',
        ago(40),
        stop('EssentialContainerExited', 'Essential container in task exited', { exitCode: 1 }),
      ),
    )
    const reading = await source.poll(patient())
    expect(valuesOf(reading)['kills.total']).toBe(2)
    expect(notesOf(reading.happened)).toEqual([
      'restart: ide: Task aaaaaaaa: killed, out of memory (container app, exit 137)',
      'restart: ide: Task bbbbbbbb: killed, out of memory (container app, exit 137)',
      'restart: ide: Task cccccccc: Essential container in task exited (container app, exit 1)',
    ])
    const again = await source.poll(patient())
    expect(valuesOf(again)['kills.total']).toBe(2)
    expect(again.happened).toBeUndefined()
  })

  it('a task killed just before Headroom began happened, for there was none before it', async () => {
    await using fake = await teaching()
    const starved = { exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' }
    fake.world.tasks.push(
      task('aaaaaaaaaaaa', ago(40), stop('EssentialContainerExited', 'Essential container', starved)),
    )
    await using source = openAws(fake, ONE)
    const killsIn = ({ points }: Reading): unknown[] => points.filter(({ metric }) => metric === 'kills.total')
    expect(killsIn(await source.poll(patient()))).toMatchObject([{ value: 0, at: expect.any(Number) }, { value: 1 }])
    expect(killsIn(await source.poll(patient()))).toMatchObject([{ value: 1 }])
  })

  it('a task that was stopped on purpose is neither, though ECS had to end it by force', async () => {
    await using fake = await teaching()
    await using source = openAws(fake, ONE)
    fake.world.tasks.push(
      task(
        'aaaaaaaaaaaa',
        ago(40),
        stop('ServiceSchedulerInitiated', 'Scaling activity initiated by deployment', { exitCode: 137 }),
      ),
      task('bbbbbbbbbbbb', ago(40), stop('UserInitiated', 'Task stopped by user', { exitCode: 137 })),
      task(
        'cccccccccccc',
        ago(40),
        stop('ServiceSchedulerInitiated', 'Task failed ELB health checks in (target-group x)', { exitCode: 137 }),
      ),
    )
    const reading = await source.poll(patient())
    expect(valuesOf(reading)['kills.total']).toBe(0)
    expect(notesOf(reading.happened)).toEqual([
      'restart: ide: Task cccccccc: Task failed ELB health checks in (target-group x) (container app, exit 137)',
    ])
  })

  it('a kill of half an hour before Headroom began is a note, and no alarm', async () => {
    await using fake = await teaching()
    fake.world.tasks.push(task('aaaaaaaaaaaa', ago(60), stop('EssentialContainerExited', '', { exitCode: 137 }, 30)))
    await using source = openAws(fake, ONE)
    const reading = await source.poll(patient())
    expect(valuesOf(reading)['kills.total']).toBe(0)
    expect(notesOf(reading.happened)).toEqual([
      'restart: ide: Task aaaaaaaa: killed, out of memory (container app, exit 137)',
    ])
  })

  it('when its one task begins anew, the uptime falls', async () => {
    await using fake = await teaching()
    fake.world.tasks.push(task('aaaaaaaaaaaa', ago(30)))
    await using source = openAws(fake, ONE)
    expect(valuesOf(await source.poll(patient()))['uptime.seconds']).toBe(31 * 60)
    fake.world.tasks.splice(0, 1, task('bbbbbbbbbbbb', ago(-1)))
    await source.clock.advance(60_000)
    expect(valuesOf(await source.poll(patient()))['uptime.seconds']).toBe(60)
  })
})

describe('when something is not there, or not allowed', () => {
  it('a service that there is not, or no more, is named; the others count', async () => {
    await using fake = await teaching()
    fake.world.services.set('teaching/old', { ...SERVICE, serviceName: 'old', status: 'INACTIVE' })
    await using source = openAws(fake, { cluster: 'teaching', service: ['ide', 'old'] })
    const reading = await source.poll(patient())
    expect(valuesOf(reading)['replicas.ready{service="ide"}']).toBe(1)
    expect(reading.error).toEqual({
      code: 'unknown_service',
      message:
        'cluster teaching in eu-west-1 has no service old, or it was deleted; check `service`, `cluster` and `region`',
    })
  })

  it('a cluster that there is not', async () => {
    await using fake = await teaching()
    await using source = openAws(fake, { cluster: 'other', service: 'ide' })
    expect((await source.poll(patient())).error).toEqual({
      code: 'unknown_cluster',
      message: 'there is no cluster other in eu-west-1; check `cluster` and `region`',
    })
  })

  it('what ECS does not allow is a reason beside what CloudWatch says, and Container Insights is done without', async () => {
    await using fake = await teaching()
    const denied = (action: string): Refusal =>
      new Refusal(
        'AccessDeniedException',
        `User: arn:aws:sts::123456789012:assumed-role/x/y is not authorized to perform: ${action} on resource: *`,
      )
    fake.refuse('DescribeServices', denied('ecs:DescribeServices'))
    fake.refuse('DescribeClusters', denied('ecs:DescribeClusters'))
    fake.world.put(
      ['AWS/ECS', 'CPUUtilization', 'Average'],
      { ClusterName: 'teaching', ServiceName: 'ide' },
      ago(0),
      [71.5],
    )
    await using source = openAws(fake, ONE)
    const reading = await source.poll(patient())
    expect(valuesOf(reading)['cpu.used_percent']).toBe(71.5)
    expect(reading).toMatchObject({
      up: 1,
      error: {
        code: 'no_permission',
        message: 'the permission ecs:DescribeServices is missing; add it to the policy of this role or user',
      },
    })
    await source.clock.advance(60_000)
    await source.poll(patient())
    expect(fake.count('DescribeClusters')).toBe(1)
  })
})

import type { Reading } from '@headroom/shared/model/reading.ts'
import { describe, expect, it } from 'vitest'
import { valuesOf } from '../testing/values.ts'
import { condition, deployment, deploymentConfig, pod, podMetrics } from './testing/objects.ts'
import { Watched } from './testing/watched.ts'

const linesOf = ({ texts }: Reading): string[] => texts.flatMap(({ lines }) => lines)
const only = (reading: Reading, ...starts: string[]): Record<string, number> =>
  Object.fromEntries(
    Object.entries(valuesOf(reading)).filter(([name]) => starts.some((start) => name.startsWith(start))),
  )

describe('deployments', () => {
  it('are read with what is ready and what is wanted; a count that is left out is zero, replicas left out are one', async () => {
    await using watched = await Watched.open()
    watched.cluster.put('apps/deployments', [
      deployment({ name: 'webui', replicas: 3, ready: 2 }),
      deployment({ name: 'cron', ready: 1 }),
      deployment({ name: 'broken', replicas: 2, ready: 0 }),
      deployment({ name: 'parked', replicas: 0 }),
    ])
    const reading = await watched.ask()
    expect(reading.error).toBeUndefined()
    expect(reading.up).toBe(1)
    expect(only(reading, 'replicas.')).toEqual({
      'replicas.ready{service="webui"}': 2,
      'replicas.desired{service="webui"}': 3,
      'replicas.ready{service="cron"}': 1,
      'replicas.desired{service="cron"}': 1,
      'replicas.ready{service="broken"}': 0,
      'replicas.desired{service="broken"}': 2,
      'replicas.ready{service="parked"}': 0,
      'replicas.desired{service="parked"}': 0,
    })
    expect(linesOf(reading)).toEqual([
      'broken: 0 of 2 ready',
      'webui: 2 of 3 ready',
      'cron: 1 of 1 ready',
      'parked: 0 of 0 ready',
    ])
  })

  it('named as workers count as workers, and as no replicas', async () => {
    await using watched = await Watched.open({ own: { deployments: ['webui'], workers: ['rq-worker'] } })
    watched.cluster.put('apps/deployments', [
      deployment({ name: 'webui', replicas: 3 }),
      deployment({ name: 'rq-worker', replicas: 10, ready: 9 }),
      deployment({ name: 'other', replicas: 1 }),
    ])
    const reading = await watched.ask()
    expect(reading.error).toBeUndefined()
    expect(only(reading, 'replicas.', 'workers.')).toEqual({
      'replicas.ready{service="webui"}': 3,
      'replicas.desired{service="webui"}': 3,
      'workers.total{service="rq-worker"}': 9,
      'replicas.desired{service="rq-worker"}': 10,
    })
  })

  it('of OpenShift are read beside those of Kubernetes, with their pods', async () => {
    await using watched = await Watched.open()
    watched.cluster.allowed.add('apps.openshift.io/deploymentconfigs')
    watched.cluster.put('apps.openshift.io/deploymentconfigs', [deploymentConfig({ name: 'legacy', replicas: 2 })])
    watched.cluster.put('apps/deployments', [deployment({ name: 'webui', replicas: 1 })])
    const legacy = pod({ of: 'legacy', id: 'abcde', config: true })
    watched.cluster.put('/pods', [legacy])
    watched.cluster.put('metrics.k8s.io/pods', [podMetrics(legacy, { cpu: '250m', memory: '128Mi' }, watched.ago(10))])
    const values = valuesOf(await watched.ask())
    expect(values['replicas.ready{service="legacy"}']).toBe(2)
    expect(values['memory.used_percent{instance="legacy-1-abcde",service="legacy"}']).toBe(25)
  })

  it('where there are no DeploymentConfigs they are not asked for at every look', async () => {
    await using watched = await Watched.open()
    watched.cluster.allowed.add('apps.openshift.io/deploymentconfigs')
    watched.cluster.put('apps/deployments', [deployment({ name: 'webui' })])
    const asked = (): number => watched.cluster.requests.filter(({ path }) => path.includes('openshift')).length
    expect((await watched.ask()).error).toBeUndefined()
    await watched.next()
    expect(asked()).toBe(1)
    await watched.next(10 * 60_000)
    expect(asked()).toBe(2)
  })
})

describe('CPU and memory', () => {
  it('are given for each pod, in percent of the limit of the container nearest to its own', async () => {
    await using watched = await Watched.open()
    watched.cluster.put('apps/deployments', [deployment({ name: 'webui', replicas: 1 })])
    const containers = [
      { name: 'app', limits: { cpu: '1', memory: '1Gi' } },
      { name: 'proxy', limits: { cpu: '100m', memory: '64Mi' } },
    ]
    const webui = pod({ of: 'webui', id: 'abcde', containers })
    watched.cluster.put('/pods', [webui])
    const usage = [
      { container: 'app', cpu: '250000000n', memory: '524288Ki' },
      { container: 'proxy', cpu: '90m', memory: '16Mi' },
    ]
    watched.cluster.put('metrics.k8s.io/pods', [podMetrics(webui, usage, watched.ago(20))])
    const reading = await watched.ask()
    const of = '{instance="webui-6d4cf56db6-abcde",service="webui"}'
    expect(only(reading, 'cpu.', 'memory.', 'uptime.')).toEqual({
      [`cpu.used_percent${of}`]: 90,
      [`cpu.used_cores${of}`]: expect.closeTo(0.34),
      [`memory.used_percent${of}`]: 50,
      [`memory.used_bytes${of}`]: 528 * 2 ** 20,
      [`memory.limit_bytes${of}`]: 1088 * 2 ** 20,
      [`uptime.seconds${of}`]: 3_600,
    })
    const memory = reading.points.find(({ metric }) => metric === 'memory.used_percent')
    expect(memory?.at).toBe(watched.clock.now() - 20_000)
  })

  it('without a limit have no share, and it is said', async () => {
    await using watched = await Watched.open()
    watched.cluster.put('apps/deployments', [deployment({ name: 'webui' })])
    const free = pod({ of: 'webui', id: 'abcde', containers: [{ limits: {} }] })
    watched.cluster.put('/pods', [free])
    watched.cluster.put('metrics.k8s.io/pods', [podMetrics(free, { cpu: '250m', memory: '1Gi' }, watched.ago(5))])
    const reading = await watched.ask()
    expect(Object.keys(only(reading, 'cpu.', 'memory.')).map((name) => name.replace(/\{.*/, ''))).toEqual([
      'cpu.used_cores',
      'memory.used_bytes',
    ])
    expect(linesOf(reading)).toContain('no memory limit, so no share of it: webui; set resources.limits')
    expect(reading.error).toBeUndefined()
  })

  it('of pods that are on their way out, over, or of no deployment are not given', async () => {
    await using watched = await Watched.open()
    watched.cluster.put('apps/deployments', [deployment({ name: 'webui' })])
    const leaving = pod({ of: 'webui', id: 'aaaaa', metadata: { deletionTimestamp: watched.ago(1) } })
    const over = pod({ of: 'webui', id: 'bbbbb', status: { phase: 'Failed', reason: 'Evicted' } })
    const job = pod({
      of: 'job',
      id: 'ccccc',
      metadata: { ownerReferences: [{ kind: 'Job', name: 'job-1', controller: true }] },
    })
    watched.cluster.put('/pods', [leaving, over, job])
    const usage = { cpu: '250m', memory: '1Gi' }
    watched.cluster.put(
      'metrics.k8s.io/pods',
      [leaving, over, job].map((each) => podMetrics(each, usage, watched.ago(5))),
    )
    expect(only(await watched.ask(), 'cpu.', 'memory.', 'uptime.')).toEqual({})
  })

  it('measured long ago are not given, and it is said', async () => {
    await using watched = await Watched.open()
    watched.cluster.put('apps/deployments', [deployment({ name: 'webui' })])
    const webui = pod({ of: 'webui', id: 'abcde' })
    watched.cluster.put('/pods', [webui])
    watched.cluster.put('metrics.k8s.io/pods', [podMetrics(webui, { cpu: '1m', memory: '1Mi' }, watched.ago(86_400))])
    const reading = await watched.ask()
    expect(only(reading, 'cpu.', 'memory.')).toEqual({})
    expect(reading.error?.code).toBe('old_metrics')
    expect(reading.error?.message).toContain('24 hours old')
    expect(only(reading, 'replicas.ready')).toEqual({ 'replicas.ready{service="webui"}': 1 })
  })

  it('keep their own times where the clocks disagree, told in ours', async () => {
    await using watched = await Watched.open()
    const { cluster, clock } = watched
    cluster.aheadMs = -600_000
    cluster.put('apps/deployments', [deployment({ name: 'webui' })])
    const state = { running: { startedAt: watched.ago(660) } }
    const webui = pod({ of: 'webui', id: 'abcde', containers: [{ state }] })
    cluster.put('/pods', [webui])
    cluster.put('metrics.k8s.io/pods', [podMetrics(webui, { cpu: '1m', memory: '1Mi' }, watched.ago(620))])
    const reading = await watched.ask()
    expect(valuesOf(reading)['uptime.seconds{instance="webui-6d4cf56db6-abcde",service="webui"}']).toBe(60)
    const memory = reading.points.find(({ metric }) => metric === 'memory.used_bytes')
    expect(memory?.at).toBe(clock.now() - 20_000)
    expect(linesOf(reading)).toContain(
      "this machine's clock is about 600 s ahead of the cluster's; its times are shown in ours",
    )
    // The server tells whole seconds: half of one more or less changes nothing.
    cluster.aheadMs = -600_700
    const again = await watched.ask()
    expect(again.points.find(({ metric }) => metric === 'memory.used_bytes')?.at).toBe(memory?.at)
  })
})

describe('rollouts', () => {
  it('are told when they begin and when they end, as a deploy', async () => {
    await using watched = await Watched.open()
    const put = (shape: Partial<Parameters<typeof deployment>[0]>): void =>
      watched.cluster.put('apps/deployments', [deployment({ name: 'webui', replicas: 3, ...shape })])
    put({})
    const before = await watched.ask()
    expect(before.happened).toBeUndefined()
    expect(valuesOf(before)['rollout.in_progress{service="webui"}']).toBe(0)

    put({ revision: 2, updated: 1, total: 4, image: 'images.example.com/team/app:1.5.0' })
    const during = await watched.next()
    const at = watched.clock.now()
    const text = 'Rollout of webui, revision 2: app:1.5.0'
    expect(during.happened).toEqual([{ kind: 'note', id: 'rollout/uid-webui/2', at, text, as: 'deploy' }])
    expect(valuesOf(during)['rollout.in_progress{service="webui"}']).toBe(1)
    expect((await watched.next()).happened).toBeUndefined()

    put({ revision: 2 })
    const after = await watched.next()
    expect(after.happened).toEqual([
      { kind: 'note', id: 'rollout/uid-webui/2', at, until: watched.clock.now(), text, as: 'deploy' },
    ])
    expect(valuesOf(after)['rollout.in_progress{service="webui"}']).toBe(0)
  })

  it('that do not come about within their deadline are stuck', async () => {
    await using watched = await Watched.open()
    const stuck = condition('Progressing', 'False', 'ProgressDeadlineExceeded', watched.ago(90))
    watched.cluster.put('apps/deployments', [
      deployment({ name: 'webui', replicas: 3, updated: 1, total: 4, revision: 7, conditions: [stuck] }),
    ])
    const reading = await watched.ask()
    expect(valuesOf(reading)['rollout.stuck{service="webui"}']).toBe(1)
    expect(reading.happened).toMatchObject([{ id: 'stuck/uid-webui/7', at: watched.clock.now() - 90_000 }])
    expect(linesOf(reading)).toEqual(['webui: 3 of 3 ready, rollout stuck (ProgressDeadlineExceeded)'])
    // Told again, it is the same note.
    expect((await watched.next()).happened).toEqual(reading.happened)
  })

  it('whose change the cluster has not looked at yet are under way', async () => {
    await using watched = await Watched.open()
    watched.cluster.put('apps/deployments', [deployment({ name: 'webui', replicas: 3, generation: 5, observed: 4 })])
    expect(valuesOf(await watched.ask())['rollout.in_progress{service="webui"}']).toBe(1)
  })

  it('that cannot make their pods say why, and scaling is told', async () => {
    await using watched = await Watched.open()
    watched.cluster.put('apps/deployments', [deployment({ name: 'webui', replicas: 3 })])
    await watched.ask()
    const quota = condition('ReplicaFailure', 'True', 'FailedCreate', watched.ago(5), 'exceeded quota: compute')
    watched.cluster.put('apps/deployments', [
      deployment({ name: 'webui', replicas: 5, ready: 3, total: 3, conditions: [quota] }),
    ])
    const reading = await watched.next()
    expect(reading.happened?.map(({ text }) => text)).toEqual([
      'webui cannot make its pods: exceeded quota: compute',
      'webui is scaled from 3 to 5',
    ])
  })
})

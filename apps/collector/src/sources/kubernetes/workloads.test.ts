import type { Reading } from '@headroom/shared/model/reading.ts'
import { describe, expect, it } from 'vitest'
import { valuesOf } from '../testing/values.ts'
import { daemonSet, deployment, ownedBy, pod, podMetrics, statefulSet } from './testing/objects.ts'
import { Watched } from './testing/watched.ts'

const linesOf = ({ texts }: Reading): string[] => texts.flatMap(({ lines }) => lines)
const notesOf = ({ happened = [] }: Reading): string[] =>
  happened.flatMap((each) => (each.kind === 'note' ? [each.text] : []))
const asked = ({ cluster }: Watched, kind: string): number =>
  cluster.requests.filter(({ path }) => path.includes(`/${kind}?`)).length

describe('StatefulSets and DaemonSets', () => {
  it('are read beside Deployments: ready and wanted, and under way while something is still to come', async () => {
    await using watched = await Watched.open()
    watched.cluster.put('apps/deployments', [deployment({ name: 'webui', replicas: 3 })])
    watched.cluster.put('apps/statefulsets', [statefulSet({ name: 'postgres', replicas: 2, ready: 1 })])
    watched.cluster.put('apps/daemonsets', [daemonSet({ name: 'log-agent', nodes: 5, updated: 4 })])
    const reading = await watched.ask()
    expect(reading.error).toBeUndefined()
    const values = valuesOf(reading)
    expect(values).toMatchObject({
      'replicas.ready{service="webui"}': 3,
      'replicas.ready{service="postgres"}': 1,
      'replicas.desired{service="postgres"}': 2,
      'rollout.in_progress{service="postgres"}': 0,
      'replicas.ready{service="log-agent"}': 5,
      'replicas.desired{service="log-agent"}': 5,
      'rollout.in_progress{service="log-agent"}': 1,
    })
    expect(linesOf(reading)).toEqual([
      'postgres: 1 of 2 ready',
      'log-agent: 5 of 5 ready, rollout under way',
      'webui: 3 of 3 ready',
    ])
  })

  it('have no deadline for a rollout, so nothing is said of one that is stuck', async () => {
    await using watched = await Watched.open()
    watched.cluster.put('apps/statefulsets', [statefulSet({ name: 'postgres' })])
    expect(Object.keys(valuesOf(await watched.ask())).filter((name) => name.startsWith('rollout.stuck'))).toEqual([])
  })

  it('give their pods like any other', async () => {
    await using watched = await Watched.open({ own: { deployments: ['postgres'] } })
    const db = pod({
      of: 'postgres',
      id: '0',
      containers: [
        { restarts: 3, lastState: { terminated: { exitCode: 137, reason: 'OOMKilled', finishedAt: watched.ago(60) } } },
      ],
      metadata: { name: 'postgres-0', ...ownedBy('StatefulSet', 'postgres') },
    })
    watched.cluster.put('apps/statefulsets', [statefulSet({ name: 'postgres' })])
    watched.cluster.put('/pods', [db])
    watched.cluster.put('metrics.k8s.io/pods', [podMetrics(db, { cpu: '0.1', memory: '256Mi' }, watched.ago(10))])
    const reading = await watched.ask()
    expect(reading.error).toBeUndefined()
    expect(valuesOf(reading)['memory.used_percent{instance="postgres-0",service="postgres"}']).toBe(50)
    expect(notesOf(reading)).toEqual([
      'postgres: container app of postgres-0 was killed for want of memory (OOMKilled)',
    ])
  })

  it('may carry workers', async () => {
    await using watched = await Watched.open({ own: { workers: ['rq-worker'] } })
    watched.cluster.put('apps/statefulsets', [statefulSet({ name: 'rq-worker', replicas: 10, ready: 7 })])
    expect(valuesOf(await watched.ask())['workers.total{service="rq-worker"}']).toBe(7)
  })

  it('called like a Deployment are told from it by their kind', async () => {
    await using watched = await Watched.open()
    watched.cluster.put('apps/deployments', [deployment({ name: 'web', replicas: 2 })])
    watched.cluster.put('apps/statefulsets', [statefulSet({ name: 'web', replicas: 3 })])
    const values = valuesOf(await watched.ask())
    expect(values['replicas.ready{service="web"}']).toBe(2)
    expect(values['replicas.ready{service="web (StatefulSet)"}']).toBe(3)
  })
})

describe('a rollout', () => {
  it('of a StatefulSet goes from its first pod to its last', async () => {
    await using watched = await Watched.open()
    watched.cluster.put('apps/statefulsets', [statefulSet({ name: 'postgres', replicas: 3, revision: 'postgres-1' })])
    await watched.ask()
    const under = { name: 'postgres', replicas: 3, revision: 'postgres-2', current: 'postgres-1' }
    watched.cluster.put('apps/statefulsets', [statefulSet({ ...under, updated: 1 })])
    const begun = await watched.next()
    expect(notesOf(begun)).toEqual(['Rollout of postgres, revision postgres-2: db:16.4'])
    expect(valuesOf(begun)['rollout.in_progress{service="postgres"}']).toBe(1)
    watched.cluster.put('apps/statefulsets', [statefulSet({ ...under, current: 'postgres-2' })])
    const ended = await watched.next()
    expect(valuesOf(ended)['rollout.in_progress{service="postgres"}']).toBe(0)
    expect(ended.happened).toMatchObject([{ as: 'deploy', until: watched.clock.now() }])
  })

  it.each([
    ['that is held by a partition', { type: 'RollingUpdate', rollingUpdate: { partition: 2 } }, 1],
    ['that waits to be asked', { type: 'OnDelete' }, 0],
  ])('of a StatefulSet %s is not under way', async (_, strategy, updated) => {
    await using watched = await Watched.open()
    const shape = { name: 'postgres', replicas: 3, updated, revision: 'postgres-2', current: 'postgres-1' }
    watched.cluster.put('apps/statefulsets', [statefulSet({ ...shape, strategy })])
    expect(valuesOf(await watched.ask())['rollout.in_progress{service="postgres"}']).toBe(0)
  })

  it('of a DaemonSet is told by its template', async () => {
    await using watched = await Watched.open()
    watched.cluster.put('apps/daemonsets', [daemonSet({ name: 'log-agent', nodes: 3 })])
    await watched.ask()
    watched.cluster.put('apps/daemonsets', [daemonSet({ name: 'log-agent', nodes: 3, updated: 1, template: 2 })])
    expect(notesOf(await watched.next())).toEqual(['Rollout of log-agent, revision 2: agent:2.1'])
  })

  it('is none where a kind could not be listed for once', async () => {
    await using watched = await Watched.open()
    watched.cluster.put('apps/deployments', [deployment({ name: 'webui' })])
    watched.cluster.put('apps/statefulsets', [statefulSet({ name: 'postgres' })])
    await watched.ask()
    watched.cluster.failing.set('apps/statefulsets', 500)
    expect((await watched.next()).error?.message).toBe(
      'the API server answers HTTP 500 for StatefulSets; look whether the cluster is well',
    )
    watched.cluster.failing.clear()
    expect(notesOf(await watched.next())).toEqual([])
  })
})

describe('a Role that lists Deployments only', () => {
  it('is no failure: what is missing is said once in words, and asked for again after ten minutes', async () => {
    await using watched = await Watched.open()
    watched.cluster.allowed.delete('apps/statefulsets')
    watched.cluster.allowed.delete('apps/daemonsets')
    watched.cluster.put('apps/deployments', [deployment({ name: 'webui' })])
    const reading = await watched.ask()
    expect(reading.error).toBeUndefined()
    const lines = [
      'webui: 1 of 1 ready',
      'StatefulSets may not be listed, so theirs are not shown; add to the Role: { apiGroups: ["apps"], resources: ["statefulsets"], verbs: ["list"] }',
      'DaemonSets may not be listed, so theirs are not shown; add to the Role: { apiGroups: ["apps"], resources: ["daemonsets"], verbs: ["list"] }',
    ]
    expect(linesOf(reading)).toEqual(lines)
    expect(linesOf(await watched.next())).toEqual(lines)
    expect(asked(watched, 'statefulsets')).toBe(1)
    watched.cluster.allowed.add('apps/statefulsets').add('apps/daemonsets')
    expect(linesOf(await watched.next(10 * 60_000))).toEqual(['webui: 1 of 1 ready'])
  })

  it('is named where a name is not among them', async () => {
    await using watched = await Watched.open({ own: { deployments: ['postgres'] } })
    watched.cluster.allowed.delete('apps/statefulsets')
    watched.cluster.put('apps/deployments', [deployment({ name: 'webui' })])
    expect((await watched.ask()).error).toEqual({
      code: 'no_deployment',
      message:
        'namespace shop has no deployment "postgres"; check `deployments` and `workers`; it has webui; StatefulSets may not be listed, add to the Role: { apiGroups: ["apps"], resources: ["statefulsets"], verbs: ["list"] }',
    })
  })
})

describe('an answer in another permitted form', () => {
  it('with null for what is not there, numbers as quantities, and no labels is read all the same', async () => {
    await using watched = await Watched.open()
    watched.cluster.put('apps/deployments', [
      {
        metadata: { name: 'webui', labels: null, annotations: null, ownerReferences: null, deletionTimestamp: null },
        spec: { replicas: null, paused: null, template: null, strategy: null },
        status: { readyReplicas: 1, replicas: 1, updatedReplicas: 1, conditions: null, latestVersion: null },
      },
      { metadata: { name: 'fresh' }, spec: {}, status: null },
    ])
    watched.cluster.put('/pods', [
      {
        metadata: {
          name: 'webui-6d4cf56db6-abcde',
          deletionTimestamp: null,
          ownerReferences: [{ kind: 'ReplicaSet', name: 'webui-6d4cf56db6', controller: null }],
        },
        spec: {
          containers: [{ name: 'app', resources: { limits: { cpu: 1, memory: 134_217_728 }, requests: null } }],
          initContainers: null,
        },
        status: {
          phase: 'Running',
          conditions: null,
          initContainerStatuses: null,
          containerStatuses: [
            {
              name: 'app',
              ready: true,
              state: { running: { startedAt: '2026-11-25T07:00:00.123456Z' }, waiting: null, terminated: null },
              lastState: null,
            },
          ],
        },
      },
      { metadata: { name: 'pending-0', ...ownedBy('StatefulSet', 'pending') }, spec: { containers: [] }, status: null },
    ])
    watched.cluster.put('metrics.k8s.io/pods', [
      {
        metadata: { name: 'webui-6d4cf56db6-abcde' },
        timestamp: watched.ago(5),
        containers: [{ name: 'app', usage: { cpu: '500000u', memory: '64e6' } }],
      },
      { metadata: { name: 'pending-0' }, timestamp: watched.ago(5), containers: null },
    ])
    const reading = await watched.ask()
    expect(reading.error).toBeUndefined()
    const of = '{instance="webui-6d4cf56db6-abcde",service="webui"}'
    expect(valuesOf(reading)).toMatchObject({
      'replicas.ready{service="webui"}': 1,
      'replicas.desired{service="fresh"}': 1,
      'replicas.ready{service="fresh"}': 0,
      [`cpu.used_percent${of}`]: 50,
      [`memory.used_bytes${of}`]: 64_000_000,
    })
  })
})

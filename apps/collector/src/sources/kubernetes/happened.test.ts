import type { Reading } from '@headroom/shared/model/reading.ts'
import { describe, expect, it } from 'vitest'
import { valuesOf } from '../testing/values.ts'
import { type ContainerShape, deployment, type Json, pod } from './testing/objects.ts'
import { Watched } from './testing/watched.ts'

const ended = (finishedAt: string, reason: string, exitCode: number): Json => ({
  terminated: { exitCode, reason, startedAt: finishedAt, finishedAt, message: 'password=hunter2' },
})
const waiting = (reason: string, message = ''): Json => ({ waiting: { reason, message } })
const textsOf = ({ happened = [] }: Reading): string[] => happened.map(({ text }) => text)
const counts = (reading: Reading): (number | undefined)[] => {
  const values = valuesOf(reading)
  return ['restarts.per_minute', 'kills.total', 'pods.waiting'].map((metric) => values[`${metric}{service="worker"}`])
}

/** A deployment of workers, whose pods are as they are put. */
async function workers(): Promise<Watched & { pods(...pods: [id: string, container: ContainerShape][]): void }> {
  const watched = await Watched.open()
  watched.cluster.put('apps/deployments', [deployment({ name: 'worker', replicas: 2 })])
  return Object.assign(watched, {
    pods: (...pods: [string, ContainerShape][]) => {
      watched.cluster.put(
        '/pods',
        pods.map(([id, container]) => pod({ of: 'worker', id, containers: [container] })),
      )
      watched.cluster.put('metrics.k8s.io/pods', [])
    },
  })
}

describe('restarts', () => {
  it('are counted from look to look, whatever was before', async () => {
    await using watched = await workers()
    watched.pods(['a', { restarts: 7 }], ['b', { restarts: 0 }])
    expect(counts(await watched.ask())).toEqual([0, 0, 0])
    watched.pods(['a', { restarts: 9 }], ['b', { restarts: 1 }])
    expect(counts(await watched.next())).toEqual([3, 0, 0])
    expect(counts(await watched.next())).toEqual([3, 0, 0])
  })

  it('of a pod that was made anew begin at none, and take nothing back', async () => {
    await using watched = await workers()
    watched.pods(['a', { restarts: 7 }])
    await watched.ask()
    watched.pods(['b', { restarts: 2 }])
    expect(counts(await watched.next())).toEqual([2, 0, 0])
    watched.pods(['a', { restarts: 0 }])
    expect(counts(await watched.next())).toEqual([2, 0, 0])
  })

  it('are no less for a look that failed', async () => {
    await using watched = await workers()
    watched.pods(['a', { restarts: 1 }])
    await watched.ask()
    watched.cluster.failing.set('/pods', 500)
    const failed = await watched.next()
    expect(counts(failed)).toEqual([undefined, undefined, undefined])
    watched.cluster.failing.clear()
    watched.pods(['a', { restarts: 4 }])
    expect(counts(await watched.next())).toEqual([3, 0, 0])
  })

  it('are told with how the container ended, once, and without its last words', async () => {
    await using watched = await workers()
    watched.pods(['a', {}])
    await watched.ask()
    watched.pods(['a', { restarts: 1, lastState: ended(watched.ago(5), 'Error', 3) }])
    const reading = await watched.next()
    expect(reading.happened).toMatchObject([
      {
        at: watched.clock.now() - 20_000,
        text: 'worker: container app of worker-6d4cf56db6-a ended (exit 3)',
        as: 'restart',
      },
    ])
    expect(JSON.stringify(reading)).not.toContain('hunter2')
    expect((await watched.next()).happened).toBeUndefined()
  })
})

describe('killed for want of memory', () => {
  it('is counted, and told with its time', async () => {
    await using watched = await workers()
    watched.pods(['a', {}], ['b', {}])
    await watched.ask()
    watched.pods(['a', { restarts: 1, lastState: ended(watched.ago(0), 'OOMKilled', 137) }], ['b', {}])
    const reading = await watched.next()
    expect(counts(reading)).toEqual([1, 1, 0])
    expect(textsOf(reading)).toEqual([
      'worker: container app of worker-6d4cf56db6-a was killed for want of memory (OOMKilled)',
    ])
    expect(counts(await watched.next())).toEqual([1, 1, 0])
  })

  it('is counted once when it is seen before and after the container begins again', async () => {
    await using watched = await workers()
    watched.pods(['a', {}])
    await watched.ask()
    const killed = ended(watched.ago(0), 'OOMKilled', 137)
    watched.pods(['a', { state: killed }])
    expect(counts(await watched.next())).toEqual([0, 1, 0])
    watched.pods(['a', { restarts: 1, state: waiting('CrashLoopBackOff'), lastState: killed }])
    expect(counts(await watched.next())).toEqual([1, 1, 1])
    watched.pods(['a', { restarts: 1, lastState: killed }])
    expect(counts(await watched.next())).toEqual([1, 1, 0])
  })

  it('shows as exit 137 where a process within the container was it', async () => {
    await using watched = await workers()
    watched.pods(['a', {}])
    await watched.ask()
    watched.pods(['a', { restarts: 1, lastState: ended(watched.ago(0), 'Error', 137) }])
    const reading = await watched.next()
    expect(counts(reading)).toEqual([1, 1, 0])
    expect(textsOf(reading)).toEqual(['worker: container app of worker-6d4cf56db6-a was killed (exit 137, Error)'])
  })

  it('a moment before the source was opened counts, for Headroom may have been starting anew', async () => {
    await using watched = await workers()
    watched.pods(['a', { restarts: 4, lastState: ended(watched.ago(120), 'OOMKilled', 137) }])
    const reading = await watched.ask()
    expect(counts(reading)).toEqual([0, 1, 0])
    // Something happened only where there was none before.
    expect(reading.points.filter(({ metric }) => metric === 'kills.total')).toMatchObject([
      { value: 0, at: watched.clock.now() - 121_000 },
      { value: 1 },
    ])
    const next = await watched.next()
    expect(next.points.filter(({ metric }) => metric === 'kills.total')).toMatchObject([{ value: 1 }])
  })

  it('is not counted anew where only its time is told otherwise', async () => {
    await using watched = await workers()
    watched.pods(['a', { restarts: 4 }])
    await watched.ask()
    watched.pods(['a', { restarts: 4, lastState: ended(watched.ago(60), 'OOMKilled', 137) }])
    expect(counts(await watched.next())).toEqual([0, 0, 0])
  })

  it('before the source was opened is told if it was today, and not counted', async () => {
    await using watched = await workers()
    watched.pods(
      ['a', { restarts: 1, lastState: ended(watched.ago(3_600), 'OOMKilled', 137) }],
      ['b', { restarts: 1, lastState: ended(watched.ago(3 * 86_400), 'OOMKilled', 137) }],
    )
    const reading = await watched.ask()
    expect(counts(reading)).toEqual([0, 0, 0])
    expect(reading.happened).toMatchObject([{ at: watched.clock.now() - 3_600_000 }])
  })
})

describe('pods that cannot start', () => {
  it('are counted, and the first one for each reason is told, with its end', async () => {
    await using watched = await workers()
    watched.pods(['a', {}], ['b', {}])
    await watched.ask()
    const message = 'Back-off pulling image "https://user:geheim@images.example.com/app:9"'
    watched.pods(
      ['a', { state: waiting('ImagePullBackOff', message) }],
      ['b', { state: waiting('ErrImagePull', message) }],
    )
    const reading = await watched.next()
    const began = watched.clock.now()
    expect(counts(reading)).toEqual([0, 0, 2])
    expect(reading.texts[0]?.lines).toEqual(['worker: 2 of 2 ready, pods that cannot start (ImagePullBackOff)'])
    expect(textsOf(reading)).toEqual([
      'worker: worker-6d4cf56db6-a does not start, ImagePullBackOff: Back-off pulling image "https://images.example.com/app:9"',
    ])
    watched.pods(['a', {}], ['b', {}])
    expect(counts(await watched.next())).toEqual([0, 0, 0])
    const [over] = (await watched.next(11 * 60_000)).happened ?? []
    expect(over).toMatchObject({ at: began, until: began })
  })

  it('that begin and crash in turn are one spell', async () => {
    await using watched = await workers()
    watched.pods(['a', {}])
    await watched.ask()
    const crashed = { restarts: 1, lastState: ended(watched.ago(0), 'Error', 1) }
    watched.pods(['a', { ...crashed, state: waiting('CrashLoopBackOff', 'back-off 10s restarting failed container') }])
    expect(textsOf(await watched.next()).filter((text) => text.includes('does not start'))).toHaveLength(1)
    watched.pods(['a', crashed])
    expect((await watched.next(60_000)).happened).toBeUndefined()
    watched.pods(['a', { ...crashed, state: waiting('CrashLoopBackOff', 'back-off 20s restarting failed container') }])
    expect((await watched.next(60_000)).happened).toBeUndefined()
  })

  it('on their ordinary way are not among them; one that no node has room for is', async () => {
    await using watched = await workers()
    watched.pods(['a', { state: waiting('ContainerCreating') }])
    expect(counts(await watched.ask())).toEqual([0, 0, 0])
    const unscheduled = {
      phase: 'Pending',
      containerStatuses: null,
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'Unschedulable',
          message: '0/3 nodes are available: 3 Insufficient cpu.',
        },
      ],
    }
    watched.cluster.put('/pods', [pod({ of: 'worker', id: 'c', status: unscheduled })])
    const reading = await watched.next()
    expect(counts(reading)).toEqual([0, 0, 1])
    expect(textsOf(reading)).toEqual([
      'worker: worker-6d4cf56db6-c does not start, Unschedulable: 0/3 nodes are available: 3 Insufficient cpu.',
    ])
  })
})

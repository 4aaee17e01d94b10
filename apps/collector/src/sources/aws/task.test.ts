import { afterEach, describe, expect, it, vi } from 'vitest'
import { refuseAddress } from '../../discovery/forbidden-address.ts'
import { FakeClock } from '../../lib/fake-clock.ts'
import { silentLogger } from '../../telemetry/logger.ts'
import { serve, type Served } from '../testing/serve.ts'
import { valuesOf } from '../testing/values.ts'
import type { PollSource, SourceContext } from '../types.ts'
import { aws } from './aws.ts'
import { patient } from './testing/open-aws.ts'

const GIB = 2 ** 30
const PAUSE = { DockerId: 'p', Name: '~internal~ecs~pause', Type: 'CNI_PAUSE', KnownStatus: 'RESOURCES_PROVISIONED' }
const APP = { DockerId: 'a', Name: 'app', Type: 'NORMAL', KnownStatus: 'RUNNING', StartedAt: '2026-11-25T07:30:00.5Z' }
const OURS = {
  DockerId: 'h',
  Name: 'headroom',
  Type: 'NORMAL',
  KnownStatus: 'RUNNING',
  StartedAt: '2026-11-25T07:59:00Z',
}
const TASK = { Family: 'ide', Revision: '42', Limits: { CPU: 1, Memory: 4_096 }, Containers: [PAUSE, OURS, APP] }

const stats = (usage: number, cpuNs: number, systemNs: number): Record<string, unknown> => ({
  read: '2026-11-25T08:00:00Z',
  cpu_stats: { cpu_usage: { total_usage: cpuNs }, system_cpu_usage: systemNs, online_cpus: 2 },
  precpu_stats: { cpu_usage: { total_usage: 0 }, system_cpu_usage: 0 },
  memory_stats: { usage, limit: 9_223_372_036_854_771_712, stats: { cache: GIB, total_inactive_file: GIB / 2 } },
})

type Documents = { '/task': unknown; '/task/stats': unknown; '': unknown }

/** The endpoint as the agent gives it to a container. */
async function endpoint(documents: Partial<Documents>): Promise<Served & { documents: Partial<Documents> }> {
  const served = await serve((request, response) => {
    const path = (request.url ?? '').replace('/v4/0123', '')
    const body = Object.entries(documents).find(([name]) => name === path)?.[1]
    response.statusCode = body === undefined ? 404 : 200
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  vi.stubEnv('ECS_CONTAINER_METADATA_URI_V4', `${served.url}/v4/0123`)
  return Object.assign(served, { documents })
}

function open(context: Partial<SourceContext> = {}): PollSource {
  const common = { id: 'aws', everyMs: 10_000, timeoutMs: 60_000, maxSeries: 200, labels: {} }
  const options = aws.schema.parse({ taskMetadata: true })
  return aws.open({ ...options, ...common }, { clock: new FakeClock(), log: silentLogger, ...context })
}

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('the task it runs in', () => {
  it('gives memory and CPU of all its containers against what the task may use', async () => {
    await using served = await endpoint({
      '': OURS,
      '/task': TASK,
      '/task/stats': { a: stats(1.5 * GIB, 10e9, 100e9), h: stats(GIB, 1e9, 100e9), p: null },
    })
    await using source = open()
    const first = await source.poll(patient())
    expect(first.error).toBeUndefined()
    expect(valuesOf(first)).toEqual({
      'memory.used_bytes': 1.5 * GIB,
      'memory.limit_bytes': 4 * GIB,
      'memory.used_percent': 37.5,
      'kills.total': 0,
      'uptime.seconds': 1_799.5,
    })
    served.documents['/task/stats'] = { a: stats(1.5 * GIB, 13e9, 110e9), h: stats(GIB, 2e9, 110e9) }
    // Of 10 s of both processors 4 s were used: 0.8 of the one core it may use.
    expect(valuesOf(await source.poll(patient()))['cpu.used_percent']).toBeCloseTo(80)
  })

  it('a container that was killed counts, and the youngest of the others says how long it runs', async () => {
    const killed = { ...APP, DockerId: 'k', KnownStatus: 'STOPPED', ExitCode: 137 }
    await using _served = await endpoint({
      '': OURS,
      '/task': { ...TASK, Containers: [OURS, APP, killed] },
      '/task/stats': {},
    })
    await using source = open()
    expect(valuesOf(await source.poll(patient()))).toEqual({
      'kills.total': 1,
      'uptime.seconds': 1_799.5,
      'memory.limit_bytes': 4 * GIB,
    })
  })

  it('says null, or nothing, of a container that is only starting; the others are read', async () => {
    const starting = { DockerId: 's', Name: 'new', Type: null, KnownStatus: null, ExitCode: null, Limits: null }
    const nothing = { cpu_stats: { cpu_usage: null, online_cpus: null }, precpu_stats: null, memory_stats: null }
    await using _served = await endpoint({
      '': OURS,
      '/task': { ...TASK, Family: null, Containers: [APP, { ...starting, StartedAt: null }] },
      '/task/stats': { a: stats(GIB, 1e9, 1e9), s: nothing, h: { memory_stats: { usage: 1, stats: null } } },
    })
    await using source = open()
    const reading = await source.poll(patient())
    expect(reading.error).toBeUndefined()
    // Of a part that is unknown the whole is unknown.
    expect(valuesOf(reading)).toEqual({
      'kills.total': 0,
      'memory.limit_bytes': 4 * GIB,
      'uptime.seconds': 1_799.5,
    })
  })

  it('without limits of the task those of its containers count; without any there is no percent', async () => {
    const limited = [APP, OURS].map((container) => ({ ...container, Limits: { CPU: 512, Memory: 1_024 } }))
    await using served = await endpoint({
      '': OURS,
      '/task': { Family: 'ide', Containers: limited },
      '/task/stats': { a: stats(GIB, 1e9, 1e9), h: stats(GIB, 1e9, 1e9) },
    })
    await using source = open()
    expect(valuesOf(await source.poll(patient()))).toMatchObject({
      'memory.limit_bytes': 2 * GIB,
      'memory.used_percent': 50,
    })
    served.documents['/task'] = { Family: 'ide', Containers: [APP, OURS] }
    const values = valuesOf(await source.poll(patient()))
    expect(values).toMatchObject({ 'memory.used_bytes': GIB })
    expect(Object.keys(values)).not.toContain('memory.used_percent')
  })
})

describe('when it cannot be asked', () => {
  it('outside of ECS it says so', async () => {
    vi.stubEnv('ECS_CONTAINER_METADATA_URI_V4', undefined)
    await using source = open()
    expect(await source.poll(patient())).toMatchObject({
      up: null,
      error: { code: 'not_in_task', message: expect.stringContaining('does not run in an ECS task') },
    })
  })

  it.each([
    ['no JSON', '<html>'],
    ['another document', { Containers: 'none' }],
    ['nothing', undefined],
  ])('%s is no task metadata', async (_, document) => {
    await using _served = await endpoint({ '': OURS, '/task': document, '/task/stats': {} })
    await using source = open()
    expect(await source.poll(patient())).toMatchObject({ up: null, error: { code: 'not_task_metadata' } })
  })

  it('from the screen it is not asked: its address is one where clouds keep credentials', async () => {
    vi.stubEnv('ECS_CONTAINER_METADATA_URI_V4', 'http://169.254.170.2/v4/0123')
    await using source = open({ refuseAddress })
    expect(await source.poll(patient())).toMatchObject({ up: null, error: { code: 'forbidden' } })
  })
})

import { METRICS } from '@headroom/shared/metrics.ts'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FakeClock } from '../../lib/fake-clock.ts'
import { silentLogger } from '../../telemetry/logger.ts'
import { readContainerLimits, type ContainerLimits } from './cgroup.ts'
import { createCpuMeter } from './cpu.ts'
import { host } from './host.ts'
import { createNetworkMeter, parseNetDev } from './network.ts'
import { openHost } from './poll.ts'

const GIB = 2 ** 30
const common = { id: 'host', everyMs: 5_000, timeoutMs: 5_000, maxSeries: 200, labels: {} }

/** Lays out a cgroup file system with these files, and reads it. */
async function limits(membership: string, files: Readonly<Record<string, string>>): Promise<ContainerLimits> {
  const root = await mkdtemp(join(tmpdir(), 'headroom-cgroup-'))
  try {
    for (const [name, text] of Object.entries({ ...files, membership })) {
      await mkdir(dirname(join(root, name)), { recursive: true })
      await writeFile(join(root, name), text)
    }
    return await readContainerLimits({ root, membership: join(root, 'membership') })
  } finally {
    await rm(root, { recursive: true })
  }
}

const V2 = {
  'cgroup.controllers': 'cpu memory\n',
  'memory.max': `${2 * GIB}\n`,
  'memory.current': `${GIB}\n`,
  'memory.stat': `anon 5\ninactive_file ${GIB / 4}\n`,
  'cpu.max': '50000 100000\n',
  'cpu.stat': 'usage_usec 7000000\nuser_usec 1\n',
}

describe('the limits of a container', () => {
  it('are read from cgroup v2; what the kernel can take back is not used', async () => {
    expect(await limits('0::/\n', V2)).toEqual({
      memory: { limit: 2 * GIB, used: 0.75 * GIB },
      cpu: { cores: 0.5, cpuSeconds: 7 },
    })
  })

  it('are those of the tightest group above', async () => {
    const files = {
      ...V2,
      'pod/memory.max': 'max\n',
      'pod/memory.current': `${GIB}\n`,
      'pod/app/memory.max': `${GIB}\n`,
      'pod/app/memory.current': '1000\n',
    }
    expect((await limits('0::/pod/app\n', files)).memory).toEqual({ limit: GIB, used: 1_000 })
  })

  it('are read from cgroup v1', async () => {
    const files = {
      'memory/docker/x/memory.limit_in_bytes': `${GIB}\n`,
      'memory/docker/x/memory.usage_in_bytes': `${GIB / 2}\n`,
      'memory/docker/x/memory.stat': 'total_inactive_file 0\n',
      'cpu/docker/x/cpu.cfs_quota_us': '150000\n',
      'cpu/docker/x/cpu.cfs_period_us': '100000\n',
      'cpuacct/docker/x/cpuacct.usage': '9000000000\n',
    }
    expect(await limits('4:memory:/docker/x\n2:cpu:/docker/x\n', files)).toEqual({
      memory: { limit: GIB, used: GIB / 2 },
      cpu: { cores: 1.5, cpuSeconds: 9 },
    })
  })

  it('are none where there are none', async () => {
    expect(
      await limits('0::/\n', { 'cgroup.controllers': 'cpu', 'memory.max': 'max\n', 'cpu.max': 'max 100000\n' }),
    ).toEqual({})
    expect(await limits('', {})).toEqual({})
  })
})

describe('CPU', () => {
  const machine = (busy: number, idle: number) => [
    { model: '', speed: 0, times: { user: busy, nice: 0, sys: 0, irq: 0, idle } },
    { model: '', speed: 0, times: { user: busy, nice: 0, sys: 0, irq: 0, idle } },
  ]

  it('is a share of the machine', () => {
    let times = machine(0, 0)
    const meter = createCpuMeter(() => times)
    times = machine(1_000, 3_000)
    expect(meter.usedPercent({}, 4_000)).toBe(25)
    expect(meter.usedPercent({}, 4_001)).toBeUndefined()
  })

  it('is a share of the quota where there is one', () => {
    const meter = createCpuMeter(() => machine(0, 0))
    expect(meter.usedPercent({ cpu: { cores: 0.5, cpuSeconds: 10 } }, 0)).toBeUndefined()
    expect(meter.usedPercent({ cpu: { cores: 0.5, cpuSeconds: 12 } }, 5_000)).toBe(80)
  })
})

describe('the network', () => {
  it('is read from /proc/net/dev', () => {
    const text = 'Inter-|   Receive |  Transmit\n face |bytes packets\n  eth0: 100 1 0 0 0 0 0 0 200 2 0 0 0 0 0 0\n'
    expect(parseNetDev(text)).toEqual([{ name: 'eth0', inBytes: 100, outBytes: 200 }])
  })

  it('is bytes per second from one reading to the next, without the ways inside the machine', async () => {
    let traffic = [
      { name: 'eth0', inBytes: 0, outBytes: 0 },
      { name: 'lo', inBytes: 0, outBytes: 0 },
    ]
    const meter = createNetworkMeter(undefined, async () => traffic)
    expect(await meter(0)).toEqual([])
    traffic = [
      { name: 'eth0', inBytes: 5_000, outBytes: 10_000 },
      { name: 'lo', inBytes: 9, outBytes: 9 },
    ]
    expect(await meter(5_000)).toEqual([{ name: 'eth0', inPerSecond: 1_000, outPerSecond: 2_000 }])
  })
})

describe('this machine', () => {
  it('gives metrics of the catalogue, within what is possible', async () => {
    const clock = new FakeClock()
    await using source = host.open({ ...host.schema.parse({}), ...common }, { clock, log: silentLogger })
    const { up, points, texts } = await source.poll(AbortSignal.timeout(60_000))
    const of = (metric: string): number => points.find((point) => point.metric === metric)?.value ?? NaN
    expect(up).toBe(1)
    expect(points.filter(({ metric }) => !Object.hasOwn(METRICS, metric))).toEqual([])
    expect(of('memory.used_percent')).toBeGreaterThan(0)
    expect(of('memory.used_percent')).toBeLessThanOrEqual(100)
    expect(of('memory.used_bytes')).toBeLessThan(of('memory.limit_bytes'))
    expect(of('uptime.seconds')).toBeGreaterThan(0)
    expect(points.some(({ metric, labels }) => metric === 'disk.used_percent' && labels['disk'] === '/')).toBe(true)
    expect(texts.every(({ lines }) => lines.length <= 5)).toBe(true)
  })

  it('is its container where that is smaller', async () => {
    const root = await mkdtemp(join(tmpdir(), 'headroom-cgroup-'))
    for (const [name, text] of Object.entries({
      ...V2,
      'memory.max': '20000000\n',
      'memory.current': '10000000\n',
      'memory.stat': '',
    }))
      await writeFile(join(root, name), text)
    await writeFile(join(root, 'membership'), '0::/\n')
    await using source = openHost(
      { ...host.schema.parse({ processes: 0 }), ...common },
      { clock: new FakeClock(), log: silentLogger },
      { root, membership: join(root, 'membership') },
    )
    const { points, texts } = await source.poll(AbortSignal.timeout(60_000))
    await rm(root, { recursive: true })
    expect(points.find(({ metric }) => metric === 'memory.used_percent')?.value).toBe(50)
    expect(texts).toEqual([])
  })

  it('leaves out a disk that is not there', async () => {
    await using source = host.open(
      { ...host.schema.parse({ disks: ['/no/such/disk', '/'] }), ...common },
      { clock: new FakeClock(), log: silentLogger },
    )
    const { points } = await source.poll(AbortSignal.timeout(60_000))
    expect(points.filter(({ metric }) => metric === 'disk.used_percent').map(({ labels }) => labels['disk'])).toEqual([
      '/',
    ])
  })
})

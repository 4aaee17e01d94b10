import { describe, expect, it } from 'vitest'
import { gauge, type Json, point, Receiver, sum } from './testing/receiver.ts'

const PINNED = { match: { 'service.name': 'shop' } }
const GIB = 2 ** 30
const LEVEL = { aggregationTemporality: 2, isMonotonic: false }
const RUNS_ON = { aggregationTemporality: 2, isMonotonic: true }

/** As the Collector's hostmetrics calls attributes, and as the semantic conventions do by now. */
const ATTRIBUTES = [
  {
    cpu: 'state',
    memory: 'state',
    disk: 'state',
    mount: 'mountpoint',
    type: 'type',
    way: 'direction',
    device: 'device',
  },
  {
    cpu: 'cpu.mode',
    memory: 'system.memory.state',
    disk: 'system.filesystem.state',
    mount: 'system.filesystem.mountpoint',
    type: 'system.filesystem.type',
    way: 'network.io.direction',
    device: 'network.interface.name',
  },
]

const byLabel = (at: number, name: string, values: Json, more: Json = {}): Json[] =>
  Object.entries(values).map(([value, asDouble]) =>
    point(at, { asDouble, startTimeUnixNano: '1' }, { ...more, [name]: value }),
  )

describe('a machine', () => {
  it.each(ATTRIBUTES)(
    'is told with $cpu, $memory and $way',
    async ({ cpu, memory, disk, mount, type, way, device }) => {
      const receiver = new Receiver(PINNED)
      const metrics = (minute: number): Json[] => {
        const at = receiver.now
        const used = { used: 30 * GIB, free: 60 * GIB, reserved: 10 * GIB }
        return [
          sum(
            'system.cpu.time',
            byLabel(at, cpu, { user: minute * 20, system: minute * 10, idle: minute * 60, wait: minute * 30 }),
            RUNS_ON,
            's',
          ),
          sum(
            'system.memory.usage',
            byLabel(at, memory, { used: 3 * GIB, free: GIB, cached: 4 * GIB, slab_reclaimable: GIB }),
            LEVEL,
            'By',
          ),
          sum(
            'system.filesystem.usage',
            [
              ...byLabel(at, disk, used, { [mount]: '/', [type]: 'ext4' }),
              ...byLabel(at, disk, used, { [mount]: '/run', [type]: 'tmpfs' }),
            ],
            LEVEL,
            'By',
          ),
          sum(
            'system.network.io',
            [
              ...byLabel(at, way, { receive: minute * 600, transmit: minute * 1_200 }, { [device]: 'eth0' }),
              ...byLabel(at, way, { receive: minute * 9e9, transmit: minute * 9e9 }, { [device]: 'lo' }),
            ],
            RUNS_ON,
            'By',
          ),
          gauge('system.cpu.load_average.1m', [point(at, { asDouble: 1.5 })], '{thread}'),
          gauge('system.uptime', [point(at, { asDouble: 86_400 })], 's'),
        ]
      }
      await receiver.push(...metrics(1))
      await receiver.clock.advance(60_000)
      const given = await receiver.push(...metrics(2))
      // What is no part of these stays under its own name.
      expect(given.filter((one) => !one.startsWith('system.')).toSorted()).toEqual([
        'cpu.used_percent 25',
        'disk.used_percent disk=/ 33.3333',
        'load.1m 1.5',
        'memory.limit_bytes 8589930000',
        'memory.used_bytes 3221230000',
        'memory.used_percent 37.5',
        'network.in_bytes_per_second interface=eth0 10',
        'network.out_bytes_per_second interface=eth0 20',
        'uptime.seconds 86400',
      ])
    },
  )

  it('does not lend its memory and its CPU to a process that tells of its own', async () => {
    const receiver = new Receiver(PINNED)
    const metrics = (minute: number): Json[] => [
      sum('system.memory.usage', byLabel(receiver.now, 'system.memory.state', { used: 3 * GIB, free: GIB }), LEVEL),
      sum('system.cpu.time', byLabel(receiver.now, 'cpu.mode', { user: minute * 30, idle: minute * 30 }), RUNS_ON, 's'),
      // The SDK's host metrics say no unit here.
      sum('process.memory.usage', [point(receiver.now, { asDouble: 100_000_000 })], LEVEL),
      sum(
        'process.cpu.time',
        byLabel(receiver.now, 'cpu.mode', { user: minute * 2, system: minute * 1 }),
        RUNS_ON,
        's',
      ),
    ]
    await receiver.push(...metrics(1))
    await receiver.clock.advance(60_000)
    const given = await receiver.push(...metrics(2))
    // What is no part of these stays under its own name.
    expect(given.filter((one) => !one.startsWith('system.')).toSorted()).toEqual([
      'cpu.used_percent 5',
      'memory.used_bytes 100000000',
    ])
  })
})

describe('a runtime', () => {
  it.each([
    ['Python, as it was', 'process.runtime.cpython.memory', 'process.runtime.cpython.cpu_time', { type: 'rss' }],
    ['.NET', 'dotnet.process.memory.working_set', 'dotnet.process.cpu.time', {}],
  ] as const)('of %s tells of its process', async (_, memory, cpu, labels) => {
    const receiver = new Receiver(PINNED)
    const metrics = (minute: number): Json[] => [
      sum(memory, [point(receiver.now, { asDouble: 1_000_000 }, labels)], LEVEL, 'By'),
      sum(cpu, [point(receiver.now, { asDouble: minute * 6, startTimeUnixNano: '1' })], RUNS_ON, 's'),
    ]
    await receiver.push(...metrics(1))
    await receiver.clock.advance(60_000)
    expect((await receiver.push(...metrics(2))).toSorted()).toEqual([
      'cpu.used_percent 10',
      'memory.used_bytes 1000000',
    ])
  })
})

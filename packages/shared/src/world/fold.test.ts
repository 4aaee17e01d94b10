import { describe, expect, it } from 'vitest'
import type { Alert } from '../model/alert.ts'
import type { Flag } from '../model/flag.ts'
import { type FlagWords, flagOf } from '../testing/flag.ts'
import { conditionOf, foldedAlerts } from './fold.ts'
import { World } from './world.ts'

const system = {
  id: 'app',
  name: 'App',
  presets: [],
  sources: [],
  limits: {},
  tested: {},
  bands: [],
  expected: [],
  success: [],
  actions: [],
}

function worldOf(...flags: Flag[]): World {
  const world = new World()
  world.apply({ kind: 'config', at: 0, demo: false, events: [], systems: [{ ...system, flags }] })
  return world
}

function open(world: World, flag: Flag, more: Partial<Alert> = {}): void {
  const { severity, title, why, steps, line } = flag
  const id = `app/${flag.id}/${more.series ?? ''}`
  const alert = { id, flag: flag.id, system: 'app', severity, title, why, steps, line, unit: 'percent' }
  world.apply({ kind: 'alert', at: 0, alert: { ...alert, state: 'firing', value: 95, since: 0, series: 1, ...more } })
}

/** Which flags' alerts are under which. */
function folds(world: World): Record<string, string | undefined> {
  const all = foldedAlerts(world)
  const flagOfId = new Map(all.map(({ id, flag }) => [id, flag]))
  return Object.fromEntries(
    all.flatMap(({ flag, under }) => (under === undefined ? [] : [[flag, flagOfId.get(under)]])),
  )
}

const high = flagOf({ id: 'memory-high', metric: 'memory.used_percent', above: 80 })
const critical = flagOf({ id: 'memory-critical', metric: 'memory.used_percent', atLeast: 90, severity: 'critical' })

describe('[RU29] degrees of one condition', () => {
  it('the milder one is under the severer one while that fires, and by itself before and after', () => {
    const world = worldOf(high, critical)
    open(world, high)
    expect(folds(world)).toEqual({})
    open(world, critical, { state: 'pending' })
    expect(folds(world)).toEqual({})
    open(world, critical)
    expect(folds(world)).toEqual({ 'memory-high': 'memory-critical' })
    open(world, critical, { state: 'resolved' })
    expect(folds(world)).toEqual({})
  })

  it('of several the worst is over all; of equal severity the one whose line is further out', () => {
    const near = flagOf({ id: 'near', metric: 'memory.used_percent', above: 70 })
    const world = worldOf(critical, near, high)
    for (const flag of [near, high]) open(world, flag)
    expect(folds(world)).toEqual({ near: 'memory-high' })
    open(world, critical)
    expect(folds(world)).toEqual({ near: 'memory-critical', 'memory-high': 'memory-critical' })
    const low = flagOf({ id: 'low', metric: 'disk.free', below: 20 })
    const lower = flagOf({ id: 'lower', metric: 'disk.free', below: 5 })
    const free = worldOf(low, lower)
    for (const flag of [low, lower]) open(free, flag)
    expect(folds(free)).toEqual({ low: 'lower' })
  })

  it('of equal lines the one that has held longer', () => {
    const long = flagOf({ id: 'a-while', metric: 'queue.length', above: 40, for: '1h' })
    const short = flagOf({ id: 'b-now', metric: 'queue.length', above: 40 })
    const world = worldOf(short, long)
    open(world, short)
    open(world, long, { state: 'pending' })
    expect(folds(world)).toEqual({})
    open(world, long)
    expect(folds(world)).toEqual({ 'b-now': 'a-while' })
  })

  it.each<[string, FlagWords]>([
    ['another metric', { id: 'other', metric: 'cpu.used_percent', above: 90, severity: 'critical' }],
    ['another direction', { id: 'other', metric: 'memory.used_percent', below: 5, severity: 'critical' }],
    [
      'other labels',
      { id: 'other', metric: 'memory.used_percent', labels: { worker: 'a' }, above: 90, severity: 'critical' },
    ],
    [
      'another side condition',
      {
        id: 'other',
        metric: 'memory.used_percent',
        above: 90,
        severity: 'critical',
        when: { metric: 'up', atLeast: 1 },
      },
    ],
    [
      'a share of another',
      { id: 'other', metric: 'memory.used_percent', of: 'limit:memory', above: 90, severity: 'critical' },
    ],
  ])('%s is another condition', (_, words) => {
    const other = flagOf(words)
    const world = worldOf(high, other)
    open(world, high)
    open(world, other)
    expect(folds(world)).toEqual({})
    expect(conditionOf([high, other], other)).toBe('other')
  })

  it('another series is another matter: one disk may be full and the next one filling', () => {
    const world = worldOf(high, critical)
    open(world, high, { series: 1 })
    open(world, high, { series: 2, id: 'app/memory-high/second' })
    open(world, critical, { series: 2 })
    expect(foldedAlerts(world).map(({ id, under }) => [id, under])).toEqual([
      ['app/memory-high/1', undefined],
      ['app/memory-high/second', 'app/memory-critical/2'],
      ['app/memory-critical/2', undefined],
    ])
  })

  it('a restart is under a crash loop, whatever the windows; one at a certain uptime tells something else', () => {
    const restarted = flagOf({ id: 'restarted', metric: 'uptime.seconds', kind: 'change', atLeast: 1 })
    const loop = flagOf({
      id: 'loop',
      metric: 'uptime.seconds',
      kind: 'change',
      atLeast: 2,
      window: '45m',
      severity: 'critical',
    })
    const early = flagOf({
      id: 'early',
      metric: 'uptime.seconds',
      kind: 'change',
      atLeast: 1,
      previous: { atLeast: 1, atMost: 2 },
    })
    const world = worldOf(restarted, loop, early)
    for (const flag of [restarted, loop, early]) open(world, flag)
    expect(folds(world)).toEqual({ restarted: 'loop' })
  })

  it('that nothing comes is under that it is down, of the same source', () => {
    const down = flagOf({
      id: 'down',
      metric: 'up',
      below: 1,
      severity: 'critical',
      when: { metric: 'up', atLeast: 1, ever: true },
    })
    const silent = flagOf({ id: 'no-data', metric: 'up', kind: 'absent', severity: 'info' })
    const world = worldOf(down, silent)
    open(world, silent, { series: 4 })
    open(world, silent, { series: 7, id: 'app/no-data/other-source' })
    open(world, down, { series: 4 })
    expect(foldedAlerts(world).map(({ id, under }) => [id, under])).toEqual([
      ['app/no-data/4', 'app/down/4'],
      ['app/no-data/other-source', undefined],
      ['app/down/4', undefined],
    ])
  })

  it('flags of one condition have one name for it', () => {
    expect([high, critical].map((flag) => conditionOf([high, critical], flag))).toEqual(['memory-high', 'memory-high'])
  })
})

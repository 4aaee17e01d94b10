import { describe, expect, it } from 'vitest'
import type { SystemDefinition } from '../model/system.ts'
import { systemView } from './views.ts'
import { World } from './world.ts'

const definition: SystemDefinition = {
  id: 'shop',
  name: 'Shop',
  presets: [],
  sources: [
    { id: 'app', type: 'http-json', everyMs: 5_000, lagMs: 0 },
    { id: 'host', type: 'host', everyMs: 5_000, lagMs: 0 },
  ],
  limits: { sessions: { value: 100, from: 'preset' } },
  tested: { sessions: 40 },
  bands: [],
  flags: [],
  expected: [],
  success: [],
  actions: [],
}

function worldWith(system: SystemDefinition = definition): World {
  const world = new World()
  world.apply({ kind: 'config', at: 0, demo: false, events: [], systems: [system] })
  return world
}

const series = (id: number, metric: string, source = 'app') => ({
  id,
  system: 'shop',
  source,
  metric,
  labels: {},
  unit: 'percent',
})

describe('primary source', () => {
  it('is every source where none stands for the others: a line counts in whichever log it is', () => {
    const world = worldWith()
    const [first, second] = [
      world.know(series(1, 'log.matches_per_minute', 'app')),
      world.know(series(2, 'log.matches_per_minute', 'host')),
    ]
    const gone = world.know(series(3, 'log.matches_per_minute', 'no longer configured'))
    for (const id of [1, 2, 3]) world.observe(id, 1_000, 0)
    world.rank(1_000)
    expect([first.primary, second.primary, gone.primary]).toEqual([true, true, false])
  })

  it('is the first listed one that gives the metric, whatever the order of arrival', () => {
    const world = worldWith()
    const fromHost = world.know(series(1, 'memory.used_percent', 'host'))
    world.observe(1, 1_000, 40)
    world.rank(1_000)
    expect(fromHost.primary).toBe(true)
    const fromApp = world.know(series(2, 'memory.used_percent', 'app'))
    world.observe(2, 2_000, 50)
    world.rank(2_000)
    expect([fromApp.primary, fromHost.primary]).toEqual([true, false])
  })

  it('passes on when the first listed one has been silent for a day', () => {
    const world = worldWith()
    world.know(series(1, 'memory.used_percent', 'host'))
    const fromApp = world.know(series(2, 'memory.used_percent', 'app'))
    world.observe(2, 0, 50)
    world.observe(1, 25 * 3_600_000, 40)
    world.rank(25 * 3_600_000, true)
    expect(fromApp.primary).toBe(false)
    expect(world.series(1)?.primary).toBe(true)
  })
})

describe('a source that is gone from the configuration', () => {
  it('leaves series that are stale, and texts that are not shown', () => {
    const world = worldWith()
    const fromHost = world.know(series(1, 'memory.used_percent', 'host'))
    world.observe(1, 1_000, 40)
    world.apply({
      kind: 'text',
      at: 1_000,
      system: 'shop',
      source: 'host',
      path: 'advice',
      lines: ['Buy more memory.'],
    })
    expect(systemView(world, definition, 1_000).texts).toHaveLength(1)
    const without = { ...definition, sources: definition.sources.slice(0, 1) }
    world.apply({ kind: 'config', at: 2_000, demo: false, events: [], systems: [without] })
    expect(world.markSilent(2_000)).toEqual([fromHost])
    expect(world.markSilent(3_000)).toEqual([])
    expect(fromHost.stale).toBe(true)
    expect(systemView(world, without, 2_000).texts).toEqual([])
  })
})

describe('a configuration', () => {
  it('is read as older programs kept it, whole, and as it is kept now, by what changed', () => {
    const world = worldWith()
    expect([...world.definitions.keys()]).toEqual(['shop'])
    const config = { kind: 'config' as const, demo: false, events: [] }
    const cafe = { ...definition, id: 'cafe' }
    world.apply({ kind: 'definition', at: 1, system: cafe })
    expect([...world.definitions.keys()]).toEqual(['shop'])
    world.apply({ ...config, at: 1, systems: ['cafe', definition] })
    expect([...world.definitions]).toEqual([
      ['cafe', cafe],
      ['shop', definition],
    ])
    world.apply({ ...config, at: 2, systems: ['cafe', 'shop'], error: 'the file is empty' })
    // Told only within a configuration it is not known by itself: whoever keeps one tells it first.
    expect([[...world.definitions.keys()], world.configError, [...world.told.keys()]]).toEqual([
      ['cafe'],
      'the file is empty',
      ['cafe'],
    ])
  })
})

describe('limits', () => {
  it('come from the configuration, then from the system itself, then from the preset', () => {
    const world = worldWith()
    expect(world.limitOf('shop', 'sessions')).toEqual({ value: 100, from: 'preset' })
    world.know(series(1, 'sessions.limit'))
    world.observe(1, 1_000, 80)
    world.rank(1_000)
    expect(world.limitOf('shop', 'sessions')).toEqual({ value: 80, from: 'reported' })
    world.apply({
      kind: 'config',
      at: 2_000,
      demo: false,
      events: [],
      systems: [{ ...definition, limits: { sessions: { value: 60, from: 'config' } } }],
    })
    expect(world.limitOf('shop', 'sessions')).toEqual({ value: 60, from: 'config' })
  })
})

describe('values', () => {
  it('keep the newest when one arrives late', () => {
    const world = worldWith()
    world.know(series(1, 'cpu.used_percent'))
    world.observe(1, 10_000, 70)
    world.observe(1, 5_000, 20)
    expect(world.series(1)).toMatchObject({ at: 10_000, value: 70 })
  })
})

describe('when a source last answered', () => {
  it('is its newest up while it is ok, and what its failing said afterwards', () => {
    const world = worldWith()
    world.know({ ...series(1, 'up'), unit: 'bool' })
    world.apply({
      kind: 'source',
      at: 0,
      system: 'shop',
      source: 'app',
      state: 'ok',
      stale: false,
      lastOkAt: 5_000,
      leftOut: 0,
    })
    world.observe(1, 15_000, 1)
    expect(world.lastOkAt('shop', 'app')).toBe(15_000)
    world.apply({
      kind: 'source',
      at: 0,
      system: 'shop',
      source: 'app',
      state: 'failing',
      stale: false,
      lastOkAt: 15_000,
      leftOut: 0,
    })
    world.observe(1, 20_000, 0)
    expect(world.lastOkAt('shop', 'app')).toBe(15_000)
  })
})

describe('alerts and texts', () => {
  it('leave the world when they are over', () => {
    const world = worldWith()
    const text = { kind: 'text' as const, at: 1, system: 'shop', source: 'app', path: 'recommendations' }
    world.apply({ ...text, lines: ['Add memory.'] })
    expect(world.texts.size).toBe(1)
    world.apply({ ...text, lines: [] })
    expect(world.texts.size).toBe(0)
  })
})

import { describe, expect, it } from 'vitest'
import type { SystemDefinition } from '../model/system.ts'
import { headroomOf, type HeadroomWorld } from './headroom.ts'

const definition: SystemDefinition = {
  id: 'app',
  name: 'App',
  presets: [],
  sources: [],
  limits: {},
  tested: { sessions: 40 },
  bands: [],
  flags: [],
  expected: [],
  success: [],
  actions: [],
}

type Given = Record<string, (number | null)[]>

function world(given: Given, limits: Record<string, [number, 'config' | 'reported' | 'preset']> = {}): HeadroomWorld {
  return {
    seriesOf: (_, metric) => (given[metric] ?? []).map((value) => ({ primary: true, value })),
    limitOf: (_, resource) => {
      const [value, from] = limits[resource] ?? []
      return value === undefined || from === undefined ? undefined : { value, from }
    },
  }
}

describe('headroom', () => {
  it('is what is used of each known limit, in the order of the screens, with what was tested beside it', () => {
    const views = headroomOf(
      definition,
      world({ 'cpu.used_percent': [35], 'sessions.active': [27] }, { sessions: [100, 'config'] }),
    )
    expect(views).toEqual([
      {
        resource: 'sessions',
        title: 'Sessions',
        metric: 'sessions.active',
        used: 27,
        limit: 100,
        tested: 40,
        unit: 'count',
        usedPercent: 27,
        limitFrom: 'config',
      },
      {
        resource: 'cpu',
        title: 'CPU',
        metric: 'cpu.used_percent',
        used: 35,
        limit: 100,
        unit: 'percent',
        usedPercent: 35,
        limitFrom: 'reported',
      },
    ])
  })

  it('leaves out what no source gives, and what has no known limit', () => {
    expect(headroomOf(definition, world({ 'sessions.active': [27] }))).toEqual([])
    expect(headroomOf(definition, world({}, { sessions: [100, 'preset'] }))).toEqual([])
  })

  it('shows memory once: in bytes where their limit is known, else in percent', () => {
    const given = { 'memory.used_bytes': [512], 'memory.used_percent': [50] }
    expect(headroomOf(definition, world(given, { memory: [1024, 'reported'] })).map((view) => view.resource)).toEqual([
      'memory',
    ])
    expect(headroomOf(definition, world(given)).map((view) => view.resource)).toEqual(['memory_percent'])
  })

  it('shows the percent of memory where it is clearly worse: the bytes are only those of a part', () => {
    const given = { 'memory.used_bytes': [200], 'memory.used_percent': [72] }
    const views = headroomOf(definition, world(given, { memory: [1000, 'reported'] }))
    expect(views.map((view) => [view.resource, view.usedPercent])).toEqual([['memory_percent', 72]])
  })

  it('adds up the limits of several pools as it adds up what is used of them', () => {
    const given = { 'db.pool.in_use': [30, 10], 'db.pool.limit': [50, 50] }
    const views = headroomOf(definition, world(given, { db_pool: [50, 'reported'] }))
    expect(views).toMatchObject([{ used: 40, limit: 100, usedPercent: 40 }])
  })

  it('adds up amounts and takes the greatest percent', () => {
    const views = headroomOf(
      definition,
      world({ 'db.connections': [5, 20, 3], 'cpu.used_percent': [10, 90] }, { db_connections: [100, 'reported'] }),
    )
    expect(views.map((view) => view.used)).toEqual([90, 28])
  })

  it('says unknown, never zero, while the value is stale', () => {
    const stale: HeadroomWorld = {
      ...world({}, { sessions: [100, 'config'] }),
      seriesOf: (_, metric) => (metric === 'sessions.active' ? [{ primary: true, value: 27, stale: true }] : []),
    }
    expect(headroomOf(definition, stale)).toMatchObject([{ used: null, usedPercent: null }])
    expect(headroomOf(definition, world({ 'sessions.active': [null] }, { sessions: [100, 'config'] }))).toMatchObject([
      { used: null, usedPercent: null },
    ])
  })

  it('looks at the primary source only', () => {
    const second: HeadroomWorld = {
      ...world({}),
      seriesOf: (_, metric) =>
        metric === 'cpu.used_percent'
          ? [
              { primary: false, value: 99 },
              { primary: true, value: 12 },
            ]
          : [],
    }
    expect(headroomOf(definition, second)).toMatchObject([{ used: 12 }])
  })
})

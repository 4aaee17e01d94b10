import { FlagDefinition } from '@headroom/shared/model/flag.ts'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { loadPresets } from '../presets/load.ts'
import { compile, type Compiled } from './compile.ts'
import type { SystemConfig } from './schema.ts'

const presets = loadPresets()

function system(over: Partial<SystemConfig> & { rules?: z.input<typeof FlagDefinition>[] } = {}): SystemConfig {
  const { rules = [], ...rest } = over
  const flags = rules.map((flag) => FlagDefinition.parse(flag))
  return { id: 'a', name: 'A', presets: [], limits: {}, people: undefined, actions: [], sources: [], flags, ...rest }
}

function compiled(over: Parameters<typeof system>[0]): Compiled {
  return compile({ systems: [system(over)] }, presets)
}

function flagOf(result: Compiled, id: string) {
  return result.systems[0]?.flags.find((flag) => flag.id === id)
}

describe('presets', () => {
  test('web-service is in every system, also in one that names no preset', () => {
    expect(flagOf(compiled({}), 'down')).toMatchObject({
      system: 'a',
      metric: 'up',
      compare: 'below',
      line: 1,
      hold: { times: 3 },
      severity: 'critical',
    })
    expect(flagOf(compiled({ presets: ['gunicorn-on-ec2'] }), 'down')).toBeDefined()
    expect(compiled({}).systems[0]?.presets).toEqual(['web-service'])
  })

  test('several are put together; the later one wins where both speak', () => {
    const [merged] = compiled({ presets: ['workshop-on-render', 'ide-on-ecs'] }).systems
    expect(merged?.people).toBe('users.active')
    expect(merged?.limits).toMatchObject({
      sessions: { value: 100, from: 'preset' },
      users: { value: 10, from: 'preset' },
      memory: { value: 4 * 2 ** 30 },
    })
    expect(merged?.flags.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['server-busy', 'threads-a-person', 'down']),
    )
    expect(merged?.bands.map(({ name }) => name)).toEqual([
      'excellent',
      'good',
      'acceptable',
      'peak load',
      'overloaded',
    ])
  })

  test('a limit of the configuration goes before the preset', () => {
    const [one] = compiled({
      presets: ['workshop-on-render'],
      limits: { sessions: 50, 'sessions.tested': 20, db_pool: 5 },
    }).systems
    expect(one?.limits).toMatchObject({
      sessions: { value: 50, from: 'config' },
      slots: { value: 16, from: 'preset', document: 'Workshop Capacity - Final Configuration' },
      db_pool: { value: 5, from: 'config' },
    })
    expect(one?.tested).toEqual({ sessions: 20 })
  })

  test('what to do and what to look for in logs come with them', () => {
    const { guides } = compiled({ presets: ['fastapi-on-render'] })
    expect(guides['a']?.runbook.map(({ title }) => title)).toContain('Emergency')
    expect(guides['a']?.patterns).toHaveProperty('worker-timeout')
    expect(guides['a']?.patterns).toHaveProperty('out-of-memory-killed')
    expect(guides['a']?.goodSigns).toHaveProperty('booting-worker')
  })
})

describe('a flag of the configuration', () => {
  test('of its own gets sensible defaults, and says where it comes from', () => {
    const result = compiled({ rules: [{ id: 'too-hot', metric: 'cpu.used_percent', above: 70 }] })
    expect(flagOf(result, 'too-hot')).toEqual({
      id: 'too-hot',
      system: 'a',
      metric: 'cpu.used_percent',
      labels: {},
      over: 'each',
      kind: 'threshold',
      compare: 'above',
      line: 70,
      hold: { ms: 0 },
      severity: 'warning',
      title: 'Too hot',
      steps: [],
      when: [],
      why: { text: 'from your configuration', document: 'headroom.yaml', figure: '> 70', ours: true },
    })
  })

  test('with `of` is a share; a count looks back a minute; a change is one', () => {
    const result = compiled({
      rules: [
        { id: 'share', metric: 'sessions.active', of: 'limit:sessions', above: 80 },
        { id: 'count', metric: 'jobs.failed_per_minute', kind: 'count', above: 0 },
        { id: 'change', metric: 'uptime.seconds', kind: 'change' },
      ],
    })
    expect(flagOf(result, 'share')).toMatchObject({ kind: 'share', of: 'limit:sessions' })
    expect(flagOf(result, 'count')).toMatchObject({ windowMs: 60_000 })
    expect(flagOf(result, 'change')).toMatchObject({ compare: 'atLeast', line: 1 })
    expect(result.problems).toEqual([])
  })

  test('with the id of a preset flag moves its line, and no longer passes for the document', () => {
    const flag = flagOf(
      compiled({ presets: ['ide-on-ecs'], rules: [{ id: 'people-high', atLeast: 7 }] }),
      'people-high',
    )
    expect(flag).toMatchObject({
      metric: 'users.active',
      compare: 'atLeast',
      line: 7,
      hold: { ms: 30_000 },
      title: 'Nearly full of people',
    })
    expect(flag?.why).toMatchObject({ ours: true, figure: expect.stringContaining('from your configuration') })
    expect(flag?.why.text).toContain('9-10')
  })

  test('may turn the comparison around', () => {
    const flag = flagOf(compiled({ presets: ['ide-on-ecs'], rules: [{ id: 'people-high', above: 7 }] }), 'people-high')
    expect(flag).toMatchObject({ compare: 'above', line: 7 })
  })

  test('with other words only keeps the document as its source', () => {
    const flag = flagOf(
      compiled({ presets: ['ide-on-ecs'], rules: [{ id: 'people-high', say: 'Full soon.' }] }),
      'people-high',
    )
    expect(flag).toMatchObject({ line: 9, say: 'Full soon.', why: { ours: false } })
  })

  test('with another metric is another condition, of which only the words stay', () => {
    const rules = [{ id: '30-minute-crash-high', metric: 'memory.used_percent', above: 95 }]
    const flag = flagOf(compiled({ presets: ['ide-on-ecs'], rules }), '30-minute-crash-high')
    expect(flag).toMatchObject({
      kind: 'threshold',
      compare: 'above',
      line: 95,
      title: '30-minute crash',
      why: { document: 'headroom.yaml' },
    })
    expect(flag).not.toHaveProperty('previous')
    expect(flag).not.toHaveProperty('notAfterDeployMs')
  })

  test('off: true removes it', () => {
    expect(flagOf(compiled({ rules: [{ id: 'disk-high', off: true }] }), 'disk-high')).toBeUndefined()
  })

  test('brings back what a preset switched off', () => {
    expect(flagOf(compiled({ presets: ['workshop-on-render'] }), 'memory-high')).toBeUndefined()
    const flag = flagOf(
      compiled({ presets: ['workshop-on-render'], rules: [{ id: 'memory-high', above: 70 }] }),
      'memory-high',
    )
    expect(flag).toMatchObject({ metric: 'memory.used_percent', line: 70 })
  })

  test('that switches off what is not there is a warning', () => {
    expect(compiled({ rules: [{ id: 'dwon', off: true }] }).warnings).toMatchObject([
      { path: ['systems', 0, 'flags', 0] },
    ])
  })
})

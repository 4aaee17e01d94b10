import { describe, expect, it } from 'vitest'
import { flagOf, type FlagWords } from '../testing/flag.ts'
import { START } from '../testing/rule-test.ts'
import { TestWorld, type WorldWords } from '../testing/rule-world.ts'
import { clearOf, flagSupplied, lineOf } from './lines.ts'

function lines(words: FlagWords, worldWords: WorldWords = {}): [number | null, number | null] {
  const world = new TestWorld(worldWords, START)
  world.add(words.metric ?? '')
  return [lineOf(flagOf(words), world), clearOf(flagOf(words), world)]
}

describe('[RU27] lines and clear levels', () => {
  it("stand in the metric's own unit", () => {
    expect(lines({ id: 'm', metric: 'memory.used_percent', above: 80 })).toEqual([80, 76])
    expect(lines({ id: 'm', metric: 'memory.used_percent', above: 80, clear: 70 })).toEqual([80, 70])
    expect(lines({ id: 's', metric: 'users.active', above: 10 })).toEqual([10, 10])
    expect(
      lines({ id: 's', metric: 'sessions.active', of: 'limit:sessions', above: 80 }, { limits: { sessions: 100 } }),
    ).toEqual([80, 80])
    expect(
      lines(
        { id: 's', metric: 'memory.used_bytes', of: 'limit:memory', above: 80, clear: 50 },
        { limits: { memory: 1000 } },
      ),
    ).toEqual([800, 500])
    expect(
      lines({ id: 's', metric: 'sessions.active', of: 'tested:sessions', above: 100 }, { tested: { sessions: 40 } }),
    ).toEqual([40, 40])
  })

  it('are null while the limit is unknown', () => {
    expect(lines({ id: 's', metric: 'sessions.active', of: 'limit:sessions', above: 80 })).toEqual([null, null])
  })

  it('follow the newest value of a metric they are a share of', () => {
    const world = new TestWorld({}, START)
    world.add('jobs.failed_per_minute')
    const flag = flagOf({ id: 'f', metric: 'db.pool.in_use', of: 'db.pool.size + db.pool.overflow', above: 80 })
    expect(lineOf(flag, world)).toBeNull()
    Object.assign(world.add('db.pool.size'), { value: 30 })
    Object.assign(world.add('db.pool.overflow'), { value: 20 })
    expect([lineOf(flag, world), clearOf(flag, world)]).toEqual([40, 40])
  })

  it('for the other kinds are what the flag says', () => {
    expect(lines({ id: 'c', kind: 'count', metric: 'responses.per_minute', above: 0, window: '1m' })).toEqual([0, 0])
    expect(lines({ id: 'c', kind: 'change', metric: 'uptime.seconds', atLeast: 2 })).toEqual([2, 300])
    expect(lines({ id: 'l', kind: 'leak', metric: 'memory.used_bytes', above: 100 })).toEqual([100, 95])
    expect(lines({ id: 'r', kind: 'missing', metric: 'replicas.ready', of: 'replicas.desired', above: 0 })).toEqual([
      0, 0,
    ])
    expect(lines({ id: 'a', kind: 'absent', metric: 'up' }, { everyMs: 5_000, lagMs: 1_000 })).toEqual([16, 16])
    expect(lines({ id: 'bad', metric: 'a +', above: 1 })).toEqual([null, null])
  })
})

describe('[RU27] supplied', () => {
  it('is a flag whose every metric a source gives; limits are no metrics', () => {
    const has = (metric: string, source?: string): boolean => ['a', 'b'].includes(metric) && source !== 'other'
    expect(flagSupplied(flagOf({ id: 'f', metric: 'a / b', of: 'limit:sessions', above: 1 }), has)).toBe(true)
    expect(flagSupplied(flagOf({ id: 'f', metric: 'a / c', above: 1 }), has)).toBe(false)
    expect(flagSupplied(flagOf({ id: 'f', metric: 'a@other', above: 1 }), has)).toBe(false)
    expect(flagSupplied(flagOf({ id: 'f', metric: 'a', above: 1, when: { metric: 'c', above: 1 } }), has)).toBe(false)
    expect(
      flagSupplied(flagOf({ id: 'f', metric: 'a', above: 1, when: { metric: 'event.ended_seconds', above: 1 } }), has),
    ).toBe(true)
  })
})

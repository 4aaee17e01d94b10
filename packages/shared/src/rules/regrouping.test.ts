import { describe, expect, it } from 'vitest'
import type { Alert } from '../model/alert.ts'
import { flagOf, type FlagWords } from '../testing/flag.ts'
import { START } from '../testing/rule-test.ts'
import { TestWorld } from '../testing/rule-world.ts'
import { batchesOf } from './batches.ts'
import { createEngine } from './engine.ts'
import type { RuleSample } from './types.ts'

const FLAGS: FlagWords[] = [
  { id: 'threshold', metric: 'cpu.used_percent', above: 60, for: '30s' },
  { id: 'times', metric: 'up', below: 1, for: '3x', when: { metric: 'up', atLeast: 1, ever: true } },
  { id: 'share', metric: 'sessions.active', of: 'limit:sessions', above: 60 },
  {
    id: 'count',
    kind: 'count',
    metric: 'responses.per_minute',
    labels: { status: '5*' },
    over: 'sum',
    window: '1m',
    above: 20,
  },
  { id: 'change', kind: 'change', metric: 'uptime.seconds', atLeast: 2, window: '10m' },
  { id: 'leak', kind: 'leak', metric: 'queue.length', over: 'sum', window: '3m', above: 100 },
  { id: 'missing', kind: 'missing', metric: 'replicas.ready', of: 'replicas.desired', above: 2, for: '10s' },
  { id: 'ratio', metric: 'threads.active / users.active', above: 2, for: '20s' },
  { id: 'spread', metric: 'queue.length', over: 'spread', above: 30 },
  { id: 'idle', metric: 'sessions.active', above: 50, when: { metric: 'users.active', below: 50, for: '20s' } },
  { id: 'mean', metric: 'cpu.used_percent', window: '1m', above: 55 },
]
const SERIES: [string, Record<string, string>, number][] = [
  ['up', {}, 1],
  ['cpu.used_percent', {}, 100],
  ['cpu.used_percent', { instance: 'b' }, 100],
  ['sessions.active', {}, 100],
  ['responses.per_minute', { status: '500' }, 20],
  ['responses.per_minute', { status: '503' }, 20],
  ['uptime.seconds', {}, 500],
  ['queue.length', { queue: 'a' }, 60],
  ['queue.length', { queue: 'b' }, 60],
  ['replicas.ready', {}, 5],
  ['replicas.desired', {}, 5],
  ['threads.active', {}, 100],
  ['users.active', {}, 100],
]

/** A random source that is the same every time (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A day in the life: values that wander, series that stay away for a reading or fall silent, and come back. */
function story(random: () => number, silences: boolean): { world: TestWorld; samples: RuleSample[] } {
  const world = new TestWorld({ limits: { sessions: 100 } }, START)
  const series = SERIES.map(([metric, labels]) => world.add(metric, labels))
  const values = SERIES.map(([, , most]) => random() * most)
  const samples: RuleSample[] = []
  for (let tick = 0; tick < 120; tick += 1) {
    SERIES.forEach(([metric, , most], index) => {
      const id = series[index]?.id ?? 0
      const at = START + tick * 10_000
      const wander = (values[index] ?? 0) + (random() - 0.5) * most * 0.4
      values[index] = metric === 'up' ? Number(random() > 0.4) : Math.max(0, Math.min(most, wander))
      // Only every third reading is incomplete, so that nothing is away for long enough to be stale unless it may be.
      const fate = tick === 0 || (!silences && tick % 3 !== 0) ? 1 : random()
      if (fate > 0.06) samples.push({ series: id, at, value: Math.round((values[index] ?? 0) * 10) / 10 })
      else if (silences && fate < 0.01) samples.push({ series: id, at: at + 1, value: null })
    })
  }
  return { world, samples: samples.toSorted((a, b) => a.at - b.at) }
}

/** `random` says how many samples (of `unit`s: single ones, or whole times) are in each step. */
function judged(world: TestWorld, units: readonly RuleSample[][], random: () => number, restarts: boolean): Alert[] {
  const flags = FLAGS.map((words) => flagOf(words))
  let engine = createEngine(flags, world)
  const told: Alert[] = []
  for (let next = 0; next < units.length;) {
    const size = 1 + Math.floor(random() * 40)
    const step = units.slice(next, next + size).flat()
    next += size
    told.push(...engine.step(step, step.at(-1)?.at ?? START))
    if (!restarts) continue
    const memory = engine.snapshot()
    engine = createEngine(flags, world)
    engine.restore(memory)
  }
  // Within a time, which flag speaks first depends on which of its samples came last: that is not a difference.
  return told.toSorted((a, b) => momentOf(a) - momentOf(b) || (a.id < b.id ? -1 : Number(a.id > b.id)))
}

function momentOf(alert: Alert): number {
  return alert.resolvedAt ?? alert.firedAt ?? alert.since
}

describe('the same samples give the same alerts', () => {
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8]

  it.each(seeds)('[RU22] however they are grouped, in the middle of a reading too (%i)', (seed) => {
    const { world, samples } = story(randomOf(seed), false)
    const times = batchesOf(samples)
    const singles = samples.map((sample) => [sample])
    const whole = judged(world, times, () => 0, false)
    expect(new Set(whole.map((alert) => alert.flag)).size).toBeGreaterThan(7)
    expect(judged(world, times, randomOf(seed + 100), false)).toEqual(whole)
    expect(judged(world, singles, () => 0, false)).toEqual(whole)
    expect(judged(world, singles, randomOf(seed + 200), true)).toEqual(whole)
  })

  it.each(seeds)('[RU25] however often it is restarted, with silences and all (%i)', (seed) => {
    const { world, samples } = story(randomOf(seed), true)
    const times = batchesOf(samples)
    const whole = judged(world, times, () => 0, false)
    expect(judged(world, times, () => 0, true)).toEqual(whole)
    expect(judged(world, times, randomOf(seed + 300), true)).toEqual(whole)
  })
})

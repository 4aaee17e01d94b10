import type { Alert } from '../model/alert.ts'
import { labelsKey } from '../model/labels.ts'
import { createEngine } from '../rules/engine.ts'
import type { RuleEngine, RuleSample } from '../rules/types.ts'
import { flagOf, type FlagWords } from './flag.ts'
import { TestWorld, type WorldWords } from './rule-world.ts'
import { samplesOf, series } from './series-notation.ts'

/** 2026-11-21T00:00Z: rule tests start here. */
export const START = Date.UTC(2026, 10, 21)

export type RuleTest = WorldWords & {
  flags: readonly FlagWords[]
  /** `metric{label="value"}@source` to its values, one every `everyMs` (10 s). */
  series: Record<string, string>
}

/** How the same samples reach the engine: none of it may matter. */
const WAYS = ['a step a time', 'a step a sample', 'all at once', 'a restart at every step'] as const
type Way = (typeof WAYS)[number]

/**
 * What the flags say of the series, one line an alert's change: `40s memory-high firing 85`. It is judged in four
 * ways, and all must say the same. A pending alert that did not hold is `dropped`; of a series with labels they are
 * told: `cpu-high{worker="a"}`.
 */
export function ruleTest(test: RuleTest): string[] {
  const told = runWay(test, 'a step a time')
  // Silence is noticed as time passes, so it does matter to `absent` how often the engine is asked.
  const ways = test.flags.some((flag) => flag.kind === 'absent') ? WAYS.filter((way) => way !== 'all at once') : WAYS
  for (const way of ways) {
    const other = runWay(test, way)
    if (JSON.stringify(other) !== JSON.stringify(told))
      throw new Error(`with ${way} the flags say\n  ${other.join('\n  ')}\nand not\n  ${told.join('\n  ')}`)
  }
  return told
}

function runWay(test: RuleTest, way: Way): string[] {
  const { world, times } = timeline(test)
  const flags = test.flags.map((words) => flagOf(words))
  let engine: RuleEngine = createEngine(flags, world)
  const told: string[] = []
  const step = (samples: readonly RuleSample[], now: number): void => {
    if (way === 'a restart at every step') {
      const memory = engine.snapshot()
      engine = createEngine(flags, world)
      engine.restore(memory)
    }
    told.push(...engine.step(samples, now).map((alert) => tell(alert, world, now)))
  }
  if (way === 'all at once')
    step(
      times.flatMap(([, samples]) => samples),
      times.at(-1)?.[0] ?? START,
    )
  for (const [now, samples] of way === 'all at once' ? [] : times) {
    if (way === 'a step a sample' && samples.length > 0) for (const sample of samples) step([sample], now)
    else step(samples, now)
  }
  return told
}

/** Sources are asked at slots of their own, as live: each further one of a test a second after the one before. */
const SLOT_MS = 1_000

/** The world with its series, and the samples of every time. */
function timeline(test: RuleTest): { world: TestWorld; times: [number, RuleSample[]][] } {
  const world = new TestWorld(test, START)
  const everyMs = test.everyMs ?? 10_000
  const sources: string[] = []
  const byTime = new Map<number, RuleSample[]>()
  for (const [name, values] of Object.entries(test.series)) {
    const noted = series(name, values)
    const { id, source } = world.add(noted.metric, noted.labels, noted.source)
    if (!sources.includes(source)) sources.push(source)
    const startMs = START + sources.indexOf(source) * SLOT_MS
    noted.values.forEach((_, index) =>
      byTime.set(startMs + index * everyMs, byTime.get(startMs + index * everyMs) ?? []),
    )
    for (const sample of samplesOf(noted, startMs, everyMs)) byTime.get(sample.at)?.push({ series: id, ...sample })
  }
  return { world, times: [...byTime].toSorted(([a], [b]) => a - b) }
}

/** An alert's change in words. One that got worse is told again with the time it fired at. */
export function tell(alert: Alert, world: TestWorld, now: number): string {
  const labels = alert.series === undefined ? '' : labelsKey(world.series(alert.series)?.labels ?? {})
  const [at, word] = momentOf(alert, now)
  return `${(at - START) / 1000}s ${alert.flag}${labels} ${word} ${Math.round(alert.value * 1000) / 1000}`
}

function momentOf(alert: Alert, now: number): [number, string] {
  switch (alert.state) {
    case 'pending':
      return [alert.since, 'pending']
    case 'firing':
      return [alert.firedAt ?? now, 'firing']
    case 'resolved':
      return [alert.resolvedAt ?? now, alert.firedAt === undefined ? 'dropped' : 'resolved']
  }
}

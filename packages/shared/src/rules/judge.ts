import type { Alert } from '../model/alert.ts'
import { staleAfterMs } from '../staleness.ts'
import { openAlert } from './alert.ts'
import { isClear, meets } from './compare.ts'
import { advance, type Holding, type Verdict } from './hold.ts'
import type { Level } from './kind.ts'
import { KINDS } from './kinds.ts'
import { leadSeries } from './select.ts'
import { INACTIVE, type FlagMemory, type Track, type WhenMemory } from './memory.ts'
import { ofValue, resultOf, whenValue, type Moment, type Scope } from './leaf.ts'
import type { Rule } from './rule.ts'
import type { RuleSeries } from './types.ts'
import { expressionUnit, flagUnit, metricUnit } from './unit.ts'
import { allOf, followWhen, type Truth } from './when.ts'

/** The next state of one judgement, undefined where there is nothing to remember, and the alerts that changed. */
export type Judged = { track: Track | undefined; changes: Alert[] }

/**
 * Judges one series of a flag (`key`), or all of them together (0), at a moment. Pure: state and input in, state and
 * changes out. `absent` is judged by `judgeSilence` instead, since silence is not a sample.
 */
export function judge(rule: Rule, memory: FlagMemory, key: number, moment: Moment): Judged {
  const lead = key === 0 ? undefined : moment.world.series(key)
  const scope: Scope = { rule, memory, lead, moment }
  const track = memory.tracks.get(key)
  const example = lead ?? leadSeries(rule, moment.world)[0]
  if (example === undefined) return { track, changes: [] }
  const gapMs = staleAfterMs(example.everyMs, example.lagMs)
  const kind = KINDS[rule.kind]
  const result = resultOf(scope)
  const follows = kind.follows(rule) === 'result'
  const part =
    follows && result !== null
      ? kind.follow(track?.part, { at: moment.at, value: result, series: example, rule, world: moment.world })
      : track?.part
  const value = follows ? (result === null ? null : (part?.value ?? null)) : result
  const level = value === null ? null : tidy(kind.level(rule, value, ofValue(scope), unitOf(rule, example, moment)))
  const sides = lookAside(scope, track?.whens, gapMs)
  const next = advance(
    track?.standing ?? INACTIVE,
    verdictOf(rule, level, sides.truth),
    holdingOf(rule, key, moment, gapMs),
  )
  const remembered: Track = {
    at: level === null ? (track?.at ?? moment.at) : moment.at,
    standing: next.standing,
    whens: sides.whens,
    ...(part === undefined ? {} : { part }),
  }
  const nothing = next.standing.phase === 'inactive' && sides.whens.length === 0 && part === undefined
  return { track: nothing ? undefined : remembered, changes: next.changes }
}

/** Judges a silence found at `now`, that began at `since`; null while no data was ever seen. */
export function judgeSilence(
  rule: Rule,
  memory: FlagMemory,
  key: number,
  silence: { level: Level; since: number } | null,
  everyMs: number,
  moment: Moment,
): Judged {
  const track = memory.tracks.get(key)
  const sides = lookAside(
    { rule, memory, lead: key === 0 ? undefined : moment.world.series(key), moment },
    track?.whens,
    Infinity,
  )
  const { hold } = rule.flag
  const holding: Holding = {
    ...holdingOf(rule, key, moment, Infinity),
    compare: 'above',
    grows: true,
    // Silence gives no samples to count: `3x` is three intervals of it.
    hold: 'ms' in hold ? hold : { ms: Math.max(0, hold.times - 1) * everyMs },
    ...(silence === null ? {} : { since: Math.min(silence.since, moment.at) }),
  }
  const next = advance(
    track?.standing ?? INACTIVE,
    silence === null ? { kind: 'unknown' } : silenceVerdict(silence.level, sides.truth),
    holding,
  )
  const nothing = next.standing.phase === 'inactive' && sides.whens.length === 0
  return {
    track: nothing ? undefined : { at: moment.at, standing: next.standing, whens: sides.whens },
    changes: next.changes,
  }
}

/** What arithmetic gives is judged as it is shown: with three decimals, or six digits below 1. */
function tidy(level: Level | null): Level | null {
  if (level === null) return null
  return { value: shown(level.value), line: shown(level.line), clear: shown(level.clear) }
}

function shown(value: number): number {
  if (Number.isInteger(value)) return value
  return Math.abs(value) < 1 ? Number(value.toPrecision(6)) : Math.round(value * 1000) / 1000
}

function silenceVerdict({ value, line }: Level, truth: Truth): Verdict {
  if (truth === 'unknown') return { kind: 'unknown' }
  return { kind: value > line && truth === 'true' ? 'met' : 'clear', value, line }
}

function verdictOf({ flag }: Rule, level: Level | null, truth: Truth): Verdict {
  if (level === null || truth === 'unknown') return { kind: 'unknown' }
  const { value, line, clear } = level
  if (truth === 'false') return { kind: 'clear', value, line }
  if (meets(flag.compare, value, line)) return { kind: 'met', value, line }
  return { kind: isClear(flag.compare, value, line, clear) ? 'clear' : 'between', value, line }
}

function lookAside(
  scope: Scope,
  memories: readonly WhenMemory[] | undefined,
  gapMs: number,
): { whens: WhenMemory[]; truth: Truth } {
  const looked = scope.rule.whens.map(({ condition, expression }, index) =>
    followWhen(
      condition,
      memories?.[index],
      whenValue(scope, expression, condition.labels ?? {}),
      scope.moment.at,
      gapMs,
    ),
  )
  return { whens: looked.map((one) => one.memory), truth: allOf(looked.map((one) => one.truth)) }
}

function holdingOf({ flag }: Rule, key: number, { at, world }: Moment, gapMs: number): Holding {
  return {
    hold: flag.hold,
    compare: flag.compare,
    at,
    gapMs,
    open: (since, value, line) => openAlert(flag, key, flagUnit(flag, world), since, value, line),
  }
}

function unitOf(rule: Rule, example: RuleSeries, { world }: Moment): string {
  if (rule.expression.kind === 'metric') return example.unit
  return expressionUnit(rule.expression, (metric) => metricUnit(metric, rule.flag.system, world)) ?? 'none'
}

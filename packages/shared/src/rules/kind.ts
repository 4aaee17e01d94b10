import type { Part } from './memory.ts'
import type { Rule } from './rule.ts'
import type { RuleSeries, RuleWorld } from './types.ts'

/** A value of a series (or of a judgement) as a kind follows it. `series` is the one that gave it. */
export type Followed = { at: number; value: number; series: RuleSeries; rule: Rule; world: RuleWorld }

/** What is compared: in the metric's own unit, the clear level beside the line. */
export type Level = { value: number; line: number; clear: number }

/**
 * A kind of flag, as pure functions. Adding one is a file and a line in `kinds.ts`.
 */
export type Kind = {
  /** What is followed: every series by itself, what came of the flag's arithmetic, or nothing (the newest value counts). */
  follows(rule: Rule): 'series' | 'result' | 'nothing'
  /** The next memory of what is followed; its `value` is what is judged. */
  follow(part: Part | undefined, followed: Followed): Part
  /** What to compare, or null while nothing can be said. `of` is null while it is unknown, or not asked for. */
  level(rule: Rule, value: number, of: number | null, unit: string): Level | null
}

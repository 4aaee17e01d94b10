import { Automaton } from './automaton.ts'
import { parsePattern, PatternProblem } from './parse-pattern.ts'
import { compileProgram } from './program.ts'

/** What is looked for: an id, and whether it is a sign that all is well. */
export type Pattern = { id: string; expression: string; good: boolean }

/** More would be slow to build, and nobody could read the screen. */
export const MAX_PATTERNS = 100

export type PatternSet = { patterns: readonly Pattern[]; automaton: Automaton }

/** Throws a PatternProblem for an expression that is not taken. */
export function patternSet(patterns: readonly Pattern[]): PatternSet {
  const nodes = patterns.map(({ expression }) => parsePattern(expression))
  return { patterns, automaton: new Automaton(compileProgram(nodes)) }
}

/** What is wrong with an expression, or undefined. */
export function patternProblem(expression: string): string | undefined {
  try {
    patternSet([{ id: '', expression, good: false }])
    return undefined
  } catch (error) {
    if (error instanceof PatternProblem) return error.message
    throw error
  }
}

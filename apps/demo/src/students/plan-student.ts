import type { Random } from '../random.ts'
import type { Doing, Phase } from './phases.ts'

/** One thing a student does, `atMs` after the workshop's start. */
export type Step = { atMs: number; doing: Exclude<Doing, { kind: 'look' }> }

export type PlanStudentOptions = {
  phases: readonly Phase[]
  /** Which student of how many, from 0. */
  index: number
  students: number
  random: Random
}

/** What one student will do: each has their own share of a phase's span, so that a class comes evenly but not in step. */
export function planStudent({ phases, index, students, random }: PlanStudentOptions): Step[] {
  return phases.flatMap(({ minute, doing }) => {
    if (doing.kind === 'look') return []
    const place = (index + random()) / students
    return [{ atMs: minute * 60_000 + place * doing.overSeconds * 1_000, doing }]
  })
}

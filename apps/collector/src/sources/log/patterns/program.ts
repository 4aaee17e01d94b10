import { PatternProblem } from './parse-pattern.ts'
import type { Assertion, Node } from './syntax.ts'

/** What may happen at a place of the program: a byte of a set is read, ways part, the place itself is judged, or it is over. */
export type Step =
  | { kind: 'set'; bytes: Uint8Array; to: number; pattern: number }
  | { kind: 'split'; to: readonly number[] }
  | { kind: 'assert'; what: Assertion; to: number }
  | { kind: 'match'; pattern: number }

/** Every pattern's steps in one list, and where each begins. */
export type Program = { steps: readonly Step[]; starts: readonly number[] }

/** A pattern that comes to more steps than this, repetitions written out, would cost too much a line. */
const MAX_STEPS = 2_000

/** Thompson's construction, from the end to the beginning: each part is told where to go on. */
export function compileProgram(patterns: readonly Node[]): Program {
  const steps: Step[] = []
  const starts = patterns.map((node, pattern) => {
    const before = steps.length
    const add = (step: Step): number => {
      if (steps.length - before >= MAX_STEPS)
        throw new PatternProblem('is too large once its repetitions are written out; repeat less')
      return steps.push(step) - 1
    }
    return place(node, add({ kind: 'match', pattern }), pattern, add, steps)
  })
  return { steps, starts }
}

function place(node: Node, to: number, pattern: number, add: (step: Step) => number, steps: Step[]): number {
  const put = (inner: Node, next: number): number => place(inner, next, pattern, add, steps)
  switch (node.kind) {
    case 'empty':
      return to
    case 'set':
      return add({ kind: 'set', bytes: node.bytes, to, pattern })
    case 'assert':
      return add({ kind: 'assert', what: node.what, to })
    case 'all':
      return node.parts.reduceRight((next, part) => put(part, next), to)
    case 'any':
      return add({ kind: 'split', to: node.choices.map((choice) => put(choice, to)) })
    case 'repeat': {
      let next = to
      if (node.most === Infinity) {
        // The loop is there before what it leads to, which leads back to it.
        const loop = add({ kind: 'split', to: [to] })
        steps[loop] = { kind: 'split', to: [put(node.node, loop), to] }
        next = loop
      } else {
        for (let extra = node.least; extra < node.most; extra++)
          next = add({ kind: 'split', to: [put(node.node, next), to] })
      }
      for (let times = 0; times < node.least; times++) next = put(node.node, next)
      return next
    }
  }
}

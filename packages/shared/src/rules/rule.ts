import type { Flag, FlagKind } from '../model/flag.ts'
import { type Expression, parseExpression, type Ref, refsOf } from './expression.ts'

/** A flag made ready: its expressions read, its first metric found. Nothing in it changes while it is judged. */
export type Rule = {
  flag: Flag
  /** As the flag says it, but a threshold with `of` is a share. */
  kind: FlagKind
  /** Apart from its system, what judging depends on: a flag with the same text keeps its memory. */
  signature: string
  expression: Expression
  /** Its source's readings are what the flag is judged on. */
  lead: Ref
  of: Expression | undefined
  whens: readonly { condition: Flag['when'][number]; expression: Expression; refs: readonly Ref[] }[]
  /** The metrics of `metric` and of `of`. */
  refs: readonly Ref[]
  /** One series' own value decides: it is judged as it comes, without waiting for the rest of a reading. */
  alone: boolean
}

/** Makes a flag ready, or undefined where its words cannot be read (the configuration's check says so to people). */
export function ruleOf(flag: Flag): Rule | undefined {
  const value = parseExpression(flag.metric)
  const of = flag.of === undefined ? undefined : parseExpression(flag.of)
  const whens = flag.when.map((condition) => ({ condition, parsed: parseExpression(condition.metric) }))
  const lead = value.ok ? refsOf(value.expression)[0] : undefined
  if (!value.ok || lead === undefined || of?.ok === false) return undefined
  const read: Rule['whens'][number][] = []
  for (const { condition, parsed } of whens) {
    if (!parsed.ok) return undefined
    read.push({ condition, expression: parsed.expression, refs: refsOf(parsed.expression) })
  }
  const ofRefs = of === undefined ? [] : refsOf(of.expression)
  return {
    flag,
    kind: flag.kind === 'threshold' && of !== undefined ? 'share' : flag.kind,
    signature: signatureOf(flag),
    expression: value.expression,
    lead,
    of: of?.expression,
    whens: read,
    refs: [...refsOf(value.expression), ...ofRefs],
    alone:
      flag.over === 'each' &&
      value.expression.kind === 'metric' &&
      ofRefs.length === 0 &&
      read.every((when) => when.refs.every((ref) => isSame(ref, lead))),
  }
}

function signatureOf(flag: Flag): string {
  const { metric, over, kind, compare, line, clear, of, windowMs, hold, when, previous, notAfterDeployMs } = flag
  const labels = Object.entries(flag.labels).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([
    metric,
    labels,
    over,
    kind,
    compare,
    line,
    clear,
    of,
    windowMs,
    hold,
    when,
    previous,
    notAfterDeployMs,
  ])
}

function isSame(a: Ref, b: Ref): boolean {
  return a.metric === b.metric && a.source === b.source
}

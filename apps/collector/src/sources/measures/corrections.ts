import { catalogued } from '@headroom/shared/metrics.ts'
import { z } from 'zod'
import type { Rule } from './rule.ts'
import { readUnit } from './units.ts'

const Name = z.string().regex(/^[A-Za-z][\w.-]{0,199}$/, 'must be a metric name: letters, digits, dots and underscores')
const LabelName = z.string().regex(/^[a-z][a-z0-9_]{0,31}$/, 'must be lower case letters, digits and underscores')

/** What the series of a selector are. */
const Correction = z.union([
  Name.transform((metric) => ({ metric })),
  z.strictObject({
    metric: Name,
    unit: z.string().max(32).optional(),
    kind: z.enum(['gauge', 'counter']).optional(),
    /** The labels of theirs that are kept, each under its own name or another. */
    labels: z.union([z.array(LabelName), z.record(LabelName, z.string())]).optional(),
    reduce: z.enum(['sum', 'max', 'min', 'count', 'mean']).optional(),
    quantile: z.union([z.literal(0.5), z.literal(0.95)]).optional(),
    factor: z.number().optional(),
  }),
])
type Correction = z.output<typeof Correction>
type Whole = Partial<Extract<Correction, { kind?: unknown }>> & { metric: string }

const SELECTOR = /^\s*([A-Za-z_:*][\w:.*-]*)\s*(?:\{(.*)\})?\s*$/s
const MATCHER = /\s*([A-Za-z_][\w.]*)\s*(=~|!~|!=|=)\s*"((?:[^"\\]|\\.)*)"\s*(?:,|$)/gsy

export type Selector = Pick<Rule, 'name' | 'where' | 'not'>

/** Reads `name{label="value", other!~"re"}`, where a * in the name stands for anything. Undefined where it is none. */
export function readSelector(text: string): Selector | undefined {
  const [, name, inside] = SELECTOR.exec(text) ?? []
  if (name === undefined) return undefined
  const where: Record<string, RegExp> = {}
  const not: Record<string, RegExp> = {}
  if (inside !== undefined && inside.trim() !== '') {
    let end = 0
    for (const [whole, label, operator, quoted] of inside.matchAll(MATCHER)) {
      if (label === undefined || operator === undefined || quoted === undefined) return undefined
      const pattern = wholly(operator.endsWith('~'), quoted.replace(/\\(["\\])/g, '$1'))
      if (pattern === undefined) return undefined
      ;(operator.startsWith('!') ? not : where)[label] = pattern
      end += whole.length
    }
    if (inside.slice(end).trim() !== '') return undefined
  }
  const pattern = name
    .split('*')
    .map((part) => part.replace(/[.\\^$+?()[\]{}|]/g, '\\$&'))
    .join('.*')
  return { name: new RegExp(`^${pattern}$`), where, not }
}

function wholly(isPattern: boolean, text: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${isPattern ? text : text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')})$`, 's')
  } catch {
    return undefined
  }
}

const SelectorText = z
  .string()
  .refine((text) => readSelector(text) !== undefined, 'must be a name or a selector such as jobs{state="waiting"}')

/** `map`: what the series of a selector are, where that is not seen by itself. */
export const MapOption = z
  .record(SelectorText, Correction)
  .default({})
  .describe('What series are, where that is not seen by itself: `name{label="value"}: metric`.')

/** `ignore`: selectors of series that are left out. */
export const IgnoreOption = z
  .array(SelectorText)
  .default([])
  .describe('Series that are left out; * stands for anything, as in go_*.')

/** The rules that a `map` says; they come before all others. */
export function rulesOf(map: Readonly<Record<string, Correction>>): Rule[] {
  return Object.entries(map).flatMap(([text, correction]) => {
    const selector = readSelector(text)
    return selector === undefined ? [] : [ruleOf(selector, correction)]
  })
}

function ruleOf(selector: Selector, correction: Correction): Rule {
  const { metric, unit, kind, labels, reduce, quantile, factor }: Whole = correction
  const entry = catalogued(metric)
  const from = unit === undefined ? undefined : readUnit(unit)
  // A figure that the catalogue keeps in another unit than it is given in is brought there.
  const scale =
    (factor ?? 1) * (from !== undefined && (entry === undefined || entry.unit === from.unit) ? from.factor : 1)
  const shown = from?.unit ?? unit
  return {
    ...selector,
    metric,
    how: 'map',
    as:
      quantile === undefined
        ? (kind ?? (entry?.unit === 'per_minute' ? 'counter' : 'gauge'))
        : quantile === 0.5
          ? 'p50'
          : 'p95',
    ...(labels === undefined ? {} : { by: keptAs(labels) }),
    ...(shown === undefined ? {} : { unit: shown }),
    ...(reduce === undefined ? {} : { reduce }),
    ...(scale === 1 ? {} : { factor: scale }),
  }
}

function keptAs(labels: string[] | Record<string, string>): Record<string, readonly string[]> {
  const pairs = Array.isArray(labels) ? labels.map((name) => [name, name] as const) : Object.entries(labels)
  return Object.fromEntries(pairs.map(([name, from]) => [name, [from]]))
}

import type { MetricName } from '@headroom/shared/metrics.ts'
import type { Labels } from '@headroom/shared/model/labels.ts'
import { labelOf, type LabelPairs, labelValue } from './labels.ts'

/** Figures that are no metric themselves; metrics are derived from them (`derive.ts`). */
export type Part =
  | 'part.cpu_idle'
  | 'part.cpu_all'
  | 'part.cpu_cores_used'
  | 'part.cpu_cores'
  | 'part.memory_available'
  | 'part.machine_memory'
  | 'part.machine_memory_used'
  | 'part.disk_size'
  | 'part.disk_used'
  | 'part.disk_free'
  | 'part.disk_available'
  | 'part.redis_memory'
  | 'part.redis_memory_limit'
  | 'part.db_max_connections'
  | 'part.db_reserved_connections'
  | 'part.responses'
  | 'part.failures'

export function isPart(metric: string): boolean {
  return metric.startsWith('part.')
}

/**
 * What a family of series is taken for. Names are in Prometheus' form: words joined by underscores, the unit, then
 * `total` for a counter; those of OpenTelemetry are brought into it first.
 */
export type Rule = {
  /** A metric of the catalogue or a part; under `map` whatever name it gives. */
  metric: MetricName | Part | (string & {})
  /** The whole name; of a histogram or summary the family's. */
  name: RegExp
  /**
   * `counter`: its growth per minute. `per_second`: its growth per second; both are, of a histogram or summary, of how
   * many values it has seen. `since`: a moment in epoch seconds, from which uptime counts. `p50`, `p95`: of a histogram
   * or summary.
   */
  as: 'gauge' | 'counter' | 'per_second' | 'since' | 'p50' | 'p95'
  /** What becomes of several series with the same labels; by default their sum. */
  reduce?: 'sum' | 'max' | 'min' | 'count' | 'mean'
  factor?: number
  /** Labels that must be so; one that is missing counts as empty. `@status` is whichever label holds a response's status. */
  where?: Readonly<Record<string, RegExp>>
  not?: Readonly<Record<string, RegExp>>
  /** Labels it keeps, each with the series' own that it is taken from; a series without one is not for this rule. `instance` is always kept. */
  by?: Readonly<Record<string, readonly string[]>>
  /** Labels that the name itself says. */
  labels?: Labels
  /** All families that have such a name count together; otherwise only the first. */
  together?: true
  /** Rules for one metric that stand side by side, where otherwise the first for which there is something counts alone. */
  set?: string
  /** Only of an application: what an exporter says of its own process is not said of the system. */
  application?: true
  /** Growth per second over at least so long, instead of from one answer to the next. */
  windowMs?: number
  /** In which unit it is kept, where the metric is none of the catalogue. */
  unit?: string
  how?: 'map'
}

/** What may stand side by side: rules of one set, or of one name. */
export function setOf({ set, name }: Rule): string {
  return set ?? name.source
}

/** Labels under which libraries put the status of a response. */
export const STATUS: readonly string[] = [
  'status',
  'status_code',
  'code',
  'http_status_code',
  'http_response_status_code',
  'statuscode',
  'http_code',
]

/** Whether a rule is for a series with these labels. */
export function applies({ where, not }: Pick<Rule, 'where' | 'not'>, pairs: LabelPairs): boolean {
  for (const name in where) if (where[name]?.test(valueOf(pairs, name)) !== true) return false
  for (const name in not) if (not[name]?.test(valueOf(pairs, name)) === true) return false
  return true
}

function valueOf(pairs: LabelPairs, name: string): string {
  return (name === '@status' ? firstOf(pairs, STATUS) : labelOf(pairs, name)) ?? ''
}

/** The labels a series keeps under a rule; undefined where it lacks one that the rule is by. */
export function keptLabels({ by, labels }: Rule, pairs: LabelPairs): Labels | undefined {
  const kept: Labels = { ...labels }
  const instance = labelValue(labelOf(pairs, 'instance'))
  if (instance !== undefined) kept['instance'] = instance
  for (const name in by) {
    const value = labelValue(firstOf(pairs, by[name] ?? []))
    if (value === undefined) return undefined
    kept[name] = value
  }
  return kept
}

function firstOf(pairs: LabelPairs, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = labelOf(pairs, name)
    if (value !== undefined) return value
  }
  return undefined
}

const MAX_REMEMBERED = 10_000

/** The indices of the rules for a name. Names repeat, so what was found is remembered. */
export type RuleBook = (name: string) => readonly number[]

export function createRuleBook(rules: readonly Rule[]): RuleBook {
  const remembered = new Map<string, readonly number[]>()
  const books = byFirstWord(rules)
  return (name) => {
    let found = remembered.get(name)
    if (found === undefined) {
      const candidates = books.words.get(name.slice(0, name.indexOf('_'))) ?? books.any
      found = candidates.filter((index) => rules[index]?.name.test(name) === true)
      if (remembered.size >= MAX_REMEMBERED) remembered.clear()
      remembered.set(name, found)
    }
    return found
  }
}

/** Most rules say how a name begins: for a name only those of its first word are tried, and those that say none. */
function byFirstWord(rules: readonly Rule[]): {
  words: ReadonlyMap<string, readonly number[]>
  any: readonly number[]
} {
  const firsts = rules.map(({ name }) => firstWord(name))
  const fitting = (word?: string): number[] =>
    firsts.flatMap((first, index) => (first === undefined || first === word ? [index] : []))
  const known = new Set(firsts.filter((first) => first !== undefined))
  return { words: new Map([...known].map((word) => [word, fitting(word)])), any: fitting() }
}

/** `redis` of `/^redis_up$/`; undefined of one that has alternatives outside brackets. */
function firstWord({ source, flags }: RegExp): string | undefined {
  const word = /^\^([a-z]+)_(?![?*+{])/.exec(source)?.[1]
  return flags !== '' || /\|/.test(source.replace(/\([^()]*\)/g, '')) ? undefined : word
}

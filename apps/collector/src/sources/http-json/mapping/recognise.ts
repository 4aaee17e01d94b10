import { catalogued, METRICS, type MetricName } from '@headroom/shared/metrics.ts'
import type { Label } from '@headroom/shared/model/labels.ts'
import { keyWords } from './key-words.ts'
import type { KnownName } from './known-name.ts'
import { KNOWN_NAMES } from './known-names.ts'
import type { NamedUnit } from './units.ts'
import { NEUTRAL, OWNERS } from './words.ts'

/** What a path was recognised as: the metric, and what brings the number to its unit. */
export type Recognition = {
  metric: MetricName
  kind: 'gauge' | 'counter' | 'moment'
  /** The value times this is in the metric's unit. */
  factor: number
  /** Of two paths that give one metric, the lower rank wins. */
  rank: number
  labels: Readonly<Record<string, string>>
  /** Values below the one or above the other are something else. */
  atLeast: number
  atMost: number
  complement: boolean
  /** The label that the metric's name makes superfluous. */
  drops?: 'status'
  notBy?: Label
  keeps?: MetricName
}

type Rule = { known: KnownName; rank: number; under: readonly (readonly string[])[]; also: ReadonlySet<string> }
type Name = { words: string[]; unit?: NamedUnit; starts: readonly number[] }

/** Metrics that only we may say, of the answer itself. */
const OURS: ReadonlySet<string> = new Set([
  'up',
  'healthy',
  'checks.unsaid',
  'probe.seconds',
  'advice.warnings',
  'advice.criticals',
])
const DIMENSIONS = {
  bytes: 'bytes',
  seconds: 'seconds',
  percent: 'percent',
  share: 'percent',
  per_minute: 'per_minute',
} as const
const RULES = indexRules()
const REMEMBERED = 20_000
const memory = new Map<string, Recognition | null>()

/**
 * Looks a path up in the table of known names; `said` is the unit that the value itself names. Pure; remembers what it
 * found, for documents repeat themselves.
 */
export function recognise(keys: readonly string[], status?: string, said?: NamedUnit): Recognition | null {
  const unit = said === undefined ? '' : `${said.dimension}${said.factor}*`
  const key = `${status === undefined ? '' : `${status}*`}${unit}${keys.join('\n')}`
  const known = memory.get(key)
  if (known !== undefined) return known
  const found = lookUp(nameOf(keys, said), status) ?? catalogueName(keys, said)
  if (memory.size >= REMEMBERED) memory.clear()
  memory.set(key, found)
  return found
}

function nameOf(keys: readonly string[], said: NamedUnit | undefined): Name {
  const words: string[] = []
  const starts: number[] = []
  let unit: NamedUnit | undefined
  for (const part of keys.map(keyWords)) {
    starts.push(words.length)
    words.push(...part.words)
    unit = part.unit ?? unit
  }
  unit = said ?? unit
  return unit === undefined ? { words, starts } : { words, starts, unit }
}

/** The longest name first; of the rules for a name, the one that asks for most around it. */
function lookUp(name: Name, status: string | undefined): Recognition | null {
  for (let start = 0; start < name.words.length; start++) {
    const rules = RULES.get(name.words.slice(start).join('_')) ?? []
    const fitting = rules.filter((rule) => isFor(rule.known, status) && fits(rule, name, start))
    const best = fitting.toSorted((a, b) => b.under.length - a.under.length || a.rank - b.rank)[0]
    if (best !== undefined) return recognition(best, name.unit)
  }
  return null
}

function isFor({ labelled }: KnownName, status: string | undefined): boolean {
  return status === undefined ? labelled === undefined : labelled === 'status' || labelled === status
}

function fits(rule: Rule, name: Name, start: number): boolean {
  if (factorOf(rule.known, name.unit) === undefined) return false
  const before = name.words.slice(0, start)
  const asked = (word: string): boolean => rule.under.some((group) => group.includes(word))
  if (!rule.under.every((group) => before.some((word) => group.includes(word)))) return false
  if (before.some((word) => OWNERS.has(word) && !asked(word) && !rule.also.has(word))) return false
  const nearest = before.findLast((word) => !NEUTRAL.has(word))
  if (rule.under.length > 0 && !(nearest !== undefined && (asked(nearest) || rule.also.has(nearest)))) return false
  const inSameKey = before.slice(name.starts.findLast((at) => at <= start) ?? 0)
  if (!inSameKey.every((word) => asked(word) || NEUTRAL.has(word))) return false
  const bareWord = rule.under.length === 0 && start === name.words.length - 1 && name.unit === undefined
  return !bareWord || before.every((word) => NEUTRAL.has(word) || rule.also.has(word))
}

/** What the value is to be multiplied with, or undefined where the unit in the name is not the metric's. */
function factorOf({ as, bareFrom }: KnownName, unit: NamedUnit | undefined): number | undefined {
  if (as === 'count' || as === 'load' || as === 'total' || as === 'moment') return unit === undefined ? 1 : undefined
  if (unit !== undefined) return unit.dimension === DIMENSIONS[as] ? unit.factor : undefined
  return as === 'share' || bareFrom !== undefined ? 1 : undefined
}

function recognition({ known, rank }: Rule, unit: NamedUnit | undefined): Recognition {
  const factor = factorOf(known, unit) ?? 1
  return {
    metric: known.metric,
    kind: known.as === 'total' ? 'counter' : known.as === 'moment' ? 'moment' : 'gauge',
    factor,
    // Of two spellings of one name the finer unit wins: seconds of uptime before hours rounded to one decimal.
    rank: rank + (known.as === 'seconds' ? Math.min(0.9, Math.max(0, Math.log10(factor) / 10)) : 0),
    labels: known.labels ?? {},
    atLeast: (unit === undefined ? known.bareFrom : undefined) ?? -Infinity,
    atMost: (unit === undefined ? known.bareTo : undefined) ?? Infinity,
    complement: known.complement ?? false,
    ...(known.labelled === undefined || known.labelled === 'status' ? {} : { drops: 'status' }),
    ...(known.notBy === undefined ? {} : { notBy: known.notBy }),
    ...(known.keeps === undefined ? {} : { keeps: known.keeps }),
  }
}

/** A document that speaks in our own names is taken at its word. */
function catalogueName(keys: readonly string[], said: NamedUnit | undefined): Recognition | null {
  const path = keys.join('.')
  if (!isMetricName(path) || OURS.has(path)) return null
  if (said !== undefined && said.dimension !== METRICS[path].unit) return null
  const asItStands = { factor: said?.factor ?? 1, labels: {}, atLeast: -Infinity, atMost: Infinity, complement: false }
  return { metric: path, kind: 'gauge', rank: KNOWN_NAMES.length, ...asItStands }
}

function isMetricName(name: string): name is MetricName {
  return catalogued(name) !== undefined
}

function indexRules(): ReadonlyMap<string, readonly Rule[]> {
  const index = new Map<string, Rule[]>()
  for (const [rank, known] of KNOWN_NAMES.entries()) {
    const rule = { known, rank, under: (known.under ?? []).map((group) => group.split('|')), also: new Set(known.also) }
    for (const name of known.names.split(' ')) {
      const key = keyWords(name).words.join('_')
      index.set(key, [...(index.get(key) ?? []), rule])
    }
  }
  return index
}

import type { Entry } from './entries.ts'
import { KINDS } from './kinds.ts'
import { isLead, means } from './select.ts'
import type { RuleSeries } from './types.ts'

/** What one series is to one flag. */
export type Bound = {
  entry: Entry
  /** `lead`: its values are judged; `silence`: so is their absence; `side`: others are judged with it. */
  role: 'lead' | 'silence' | 'side'
  /** Its samples go through the kind's `follow`. */
  followed: boolean
}

/** What a series is to all flags, and what of the series that depends on. */
export type Binding = {
  bounds: readonly Bound[]
  /** `SYSTEM/SOURCE`. */
  source: string
  primary: boolean
  everyMs: number
}

/** Which flags look at which series: found once per series, and again when the world sees the series otherwise. */
export class Bindings {
  readonly #byMetric = new Map<string, Entry[]>()
  readonly #bySeries = new Map<number, Binding>()

  constructor(entries: Iterable<Entry>) {
    for (const entry of entries) {
      const { rule } = entry
      const names = [...rule.refs, ...rule.whens.flatMap((when) => when.refs)].map((ref) => ref.metric)
      for (const name of new Set(names)) {
        const key = metricKey(rule.flag.system, name)
        const sharing = this.#byMetric.get(key)
        if (sharing === undefined) this.#byMetric.set(key, [entry])
        else sharing.push(entry)
      }
    }
  }

  of(series: RuleSeries): Binding {
    const known = this.#bySeries.get(series.id)
    if (known !== undefined && known.primary === series.primary && known.everyMs === series.everyMs) return known
    const entries = this.#byMetric.get(metricKey(series.system, series.metric)) ?? []
    const binding: Binding = {
      bounds: entries.flatMap((entry) => boundOf(entry, series) ?? []),
      source: `${series.system}/${series.source}`,
      primary: series.primary,
      everyMs: series.everyMs,
    }
    this.#bySeries.set(series.id, binding)
    return binding
  }
}

function metricKey(system: string, metric: string): string {
  return `${system}\n${metric}`
}

function boundOf(entry: Entry, series: RuleSeries): Bound | undefined {
  const { rule } = entry
  const meant = rule.refs.some((ref) => means(rule, ref, series))
  const aside = rule.whens.some((when) => when.refs.some((ref) => means(rule, ref, series)))
  if (!meant && !aside) return undefined
  const lead = isLead(rule, series)
  const followed = meant && KINDS[rule.kind].follows(rule) === 'series'
  if (rule.kind === 'absent') return { entry, role: lead ? 'silence' : 'side', followed: false }
  return { entry, role: lead ? 'lead' : 'side', followed }
}

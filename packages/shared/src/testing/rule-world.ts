import { catalogued } from '../metrics.ts'
import { type Labels, labelsKey } from '../model/labels.ts'
import type { RuleSeries, RuleWorld } from '../rules/types.ts'

/** What a test says of its world; times in ms from the test's start. */
export type WorldWords = {
  everyMs?: number
  lagMs?: number
  limits?: Record<string, number>
  tested?: Record<string, number>
  deploys?: readonly number[]
  eventEnd?: number
  /** Units of metrics outside the catalogue. */
  units?: Record<string, string>
  /** Series names (`metric{...}`) whose values alternate between processes. */
  spread?: readonly string[]
}

/** A world of one system, `app`, whose sources are listed in the order they were first named. */
export class TestWorld implements RuleWorld {
  readonly words: WorldWords
  readonly known: RuleSeries[] = []
  readonly #startMs: number

  constructor(words: WorldWords, startMs: number) {
    this.words = words
    this.#startMs = startMs
  }

  /** Adds a series, numbered from 1. */
  add(metric: string, labels: Labels = {}, source = 'web'): RuleSeries {
    const others = this.seriesOf('app', metric)
    const series: RuleSeries = {
      id: this.known.length + 1,
      system: 'app',
      source,
      metric,
      labels,
      primary: others.every((other) => other.source === source || !other.primary),
      unit: catalogued(metric)?.unit ?? this.words.units?.[metric] ?? 'none',
      spread: this.words.spread?.includes(`${metric}${labelsKey(labels)}`) ?? false,
      everyMs: this.words.everyMs ?? 10_000,
      lagMs: this.words.lagMs ?? 0,
    }
    this.known.push(series)
    return series
  }

  series(id: number): RuleSeries | undefined {
    return this.known.find((series) => series.id === id)
  }

  seriesOf(system: string, metric: string): readonly RuleSeries[] {
    return this.known.filter((series) => series.system === system && series.metric === metric)
  }

  limit(_system: string, resource: string): number | undefined {
    return this.words.limits?.[resource]
  }

  tested(_system: string, resource: string): number | undefined {
    return this.words.tested?.[resource]
  }

  deploys(): readonly number[] {
    return (this.words.deploys ?? []).map((ms) => this.#startMs + ms)
  }

  eventEnd(_system: string, at: number): number | undefined {
    const end = this.words.eventEnd
    return end === undefined || at < this.#startMs + end ? undefined : this.#startMs + end
  }
}

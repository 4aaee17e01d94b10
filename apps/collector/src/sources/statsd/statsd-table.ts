import { labelsKey, type Labels } from '@headroom/shared/model/labels.ts'
import type { Mapped, Point } from '@headroom/shared/model/reading.ts'
import { allowedLabels } from '../measures/labels.ts'
import { rateName, safeName, unitOfName } from '../measures/own-name.ts'
import { Durations, quantileOfAll } from './durations.ts'
import type { StatsdMetric } from './read-datagram.ts'
import { knownName } from './known-name.ts'

const MINUTE_MS = 60_000
/** Shares and quantiles are of this long: of a few seconds they would be of a few requests. */
const WINDOW_MS = 60_000
const MAX_NAMES = 1_000

type Series = { metric: string; unit: string; labels: Labels; path: string; known: boolean }
/** What a name stands for; of a counted HTTP status, which. */
type Named = { series: Series; key: string; status: string | undefined }
type Counter = Series & { count: number }
type Gauge = Series & { value: number }
type Timer = { base: Series; latest: Durations; window: { at: number; durations: Durations }[] }

/** What came since the last question, put together by metric and labels; it is bounded by the number of series. */
export class StatsdTable {
  readonly #maxSeries: number
  readonly #prefix: string
  readonly #counters = new Map<string, Counter>()
  readonly #gauges = new Map<string, Gauge>()
  readonly #timers = new Map<string, Timer>()
  #responses = { all: 0, failed: 0 }
  #shares: { at: number; all: number; failed: number }[] = []
  readonly #names = new Map<StatsdMetric['type'], Map<string, Named>>()
  readonly #leftOut = new Set<string>()

  constructor(maxSeries: number, prefix: string) {
    this.#maxSeries = maxSeries
    this.#prefix = prefix === '' || prefix.endsWith('.') ? prefix : `${prefix}.`
  }

  get leftOut(): number {
    return this.#leftOut.size
  }

  /** Whether it belongs here. */
  take({ name, type, value, weight, relative, tags }: StatsdMetric): boolean {
    if (!name.startsWith(this.#prefix)) return false
    if (type === 'set') return true
    const named = this.#named(name, tags, type)
    if (type === 'counter') this.#count(named, value * weight)
    else if (type === 'gauge') this.#set(named, value, relative)
    else this.#time(named, type === 'timer' ? value / 1_000 : value, weight)
    return true
  }

  /** What a name with these tags is, from memory: the same few come thousands of times. */
  #named(name: string, tags: StatsdMetric['tags'], type: StatsdMetric['type']): Named {
    const key = tags.length === 0 ? name : `${name}\n${tags.join('\n')}`
    const names = this.#names.get(type) ?? new Map<string, Named>()
    this.#names.set(type, names)
    let named = names.get(key)
    if (named !== undefined) return named
    if (names.size >= MAX_NAMES) names.clear()
    names.set(key, (named = nameOf(name, name.slice(this.#prefix.length), tags, type)))
    return named
  }

  /** The points of the time since the last question, `elapsedMs` long; `now` is monotonic. */
  points(now: number, elapsedMs: number): { points: Point[]; mapped: Mapped[] } {
    const rows: { series: Series; value: number }[] = []
    for (const counter of this.#counters.values()) {
      rows.push({ series: { ...counter, unit: 'per_minute' }, value: (counter.count * MINUTE_MS) / elapsedMs })
      // None counted is none: StatsD sends nothing for what does not happen.
      counter.count = 0
    }
    for (const gauge of this.#gauges.values()) rows.push({ series: gauge, value: gauge.value })
    for (const timer of this.#timers.values()) rows.push(...this.#quantiles(timer, now))
    const share = this.#share(now)
    if (share !== undefined) rows.push({ series: ERRORS, value: share })
    return {
      points: rows.map(({ series: { metric, unit, labels }, value }) => ({
        metric,
        unit,
        labels,
        value,
        kind: 'gauge',
      })),
      mapped: rows.map(({ series: { metric, unit, labels, path, known }, value }) => ({
        path,
        metric,
        unit,
        labels,
        value,
        how: known ? 'known' : 'own path',
      })),
    }
  }

  #count(named: Named, count: number): void {
    const found = this.#in(this.#counters, named, () => ({ ...named.series, count: 0 }))
    if (found !== undefined) found.count += count
    if (named.status !== undefined) this.#respond(named.status, count)
  }

  #set(named: Named, value: number, relative: boolean): void {
    const found = this.#in(this.#gauges, named, () => ({ ...named.series, value: 0 }))
    if (found !== undefined) found.value = relative ? found.value + value : value
  }

  #time(named: Named, value: number, weight: number): void {
    const found = this.#in(this.#timers, named, () => ({ base: named.series, latest: new Durations(), window: [] }))
    found?.latest.add(value, weight)
  }

  /** The entry of a series; undefined where there are too many. */
  #in<Entry>(table: Map<string, Entry>, { key }: Named, make: () => Entry): Entry | undefined {
    const found = table.get(key)
    if (found !== undefined) return found
    if (this.#counters.size + this.#gauges.size + 2 * this.#timers.size >= this.#maxSeries) {
      if (this.#leftOut.size < 10 * this.#maxSeries) this.#leftOut.add(key)
      return undefined
    }
    const made = make()
    table.set(key, made)
    return made
  }

  #respond(status: string, count: number): void {
    this.#responses.all += count
    if (status.startsWith('5')) this.#responses.failed += count
  }

  #share(now: number): number | undefined {
    this.#shares.push({ at: now, ...this.#responses })
    this.#responses = { all: 0, failed: 0 }
    this.#shares = this.#shares.filter(({ at }) => now - at < WINDOW_MS)
    const all = this.#shares.reduce((sum, share) => sum + share.all, 0)
    const failed = this.#shares.reduce((sum, share) => sum + share.failed, 0)
    // Of no requests no share failed, and none succeeded.
    return all > 0 ? (100 * failed) / all : undefined
  }

  #quantiles(timer: Timer, now: number): { series: Series; value: number }[] {
    timer.window.push({ at: now, durations: timer.latest })
    timer.latest = new Durations()
    timer.window = timer.window.filter(({ at }) => now - at < WINDOW_MS)
    const { base } = timer
    return (['p50', 'p95'] as const).flatMap((name) => {
      const value = quantileOfAll(
        timer.window.map(({ durations }) => durations),
        name === 'p50' ? 0.5 : 0.95,
      )
      if (value === undefined) return []
      const metric = base.known
        ? `${base.metric}.${name}_seconds`
        : `${base.metric}.${name}${base.unit === 'seconds' && !base.metric.endsWith('seconds') ? '_seconds' : ''}`
      return [{ series: { ...base, metric }, value }]
    })
  }
}

function nameOf(path: string, bare: string, tags: StatsdMetric['tags'], type: StatsdMetric['type']): Named {
  const known = knownName(bare)
  const own = safeName(bare)
  const series: Series = {
    metric: known?.metric ?? (type === 'counter' ? rateName(own) : own),
    unit:
      type === 'timer' || (type === 'histogram' && known !== undefined) ? 'seconds' : (known?.unit ?? unitOfName(bare)),
    labels: { ...known?.labels, ...allowedLabels(tags.flat()) },
    path,
    known: known !== undefined,
  }
  return { series, key: `${series.metric}${labelsKey(series.labels)}`, status: known?.status }
}

const ERRORS: Series = {
  metric: 'errors.percent',
  unit: 'percent',
  labels: {},
  path: 'gunicorn.request.status.*',
  known: true,
}

import { labelsKey } from '@headroom/shared/model/labels.ts'
import type { Mapped, Point } from '@headroom/shared/model/reading.ts'
import type { LabelPairs } from '../../measures/labels.ts'
import { isPart, type Rule, type RuleBook } from '../../measures/rule.ts'
import { labelPairs } from '../normalise.ts'
import type { Resource } from '../resource.ts'
import type { DataPoint, Metric } from '../wire/export.ts'
import { contribute, newProgress, type Progress, remember } from './contribution.ts'
import { createDerived } from './derived.ts'
import { createFamilies } from './families.ts'
import { newSeries, type Series, settle, valueFor } from './series.ts'
import { type Target, targetsOf } from './targets.ts'

export type StreamTableOptions = {
  rules: readonly Rule[]
  book: RuleBook
  ignored(name: string, labels: LabelPairs): boolean
  /** How often points are expected. */
  everyMs: number
  /** So many streams are remembered; the points of others are left out. */
  maxStreams: number
}

/** Streams as they are pushed, and the series that they are made into. */
export type StreamTable = {
  /** The streams of one metric of one resource, to which its points are then given one by one. */
  streamsOf(metric: Metric, resource: Resource): MetricStreams
  /** What has come since the last call, as points of series. */
  flush(): Point[]
  /** What each series was taken for, with its newest value. */
  mapped(): Mapped[]
  /** Whether there are series that `mapped` has not told yet. */
  readonly grown: boolean
  /** Forgets the streams and series that were silent for long. */
  forget(beforeMs: number): void
}

export type MetricStreams = {
  /** False where the point found no place: there are too many streams already. */
  take(point: DataPoint): boolean
}

type Stream = {
  targets: readonly Target[]
  resource: string
  progress: Progress
  /** The series it counts for, as of a state of the choice between rules. */
  counted: readonly Series[]
  choice: number
}

/** Points of so many intervals ago still count for a series that is made of several streams. */
const FRESH_INTERVALS = 3

export function createStreamTable(options: StreamTableOptions): StreamTable {
  const { rules, book, ignored, everyMs, maxStreams } = options
  /** By metric and resource, then by attributes. */
  const streams = new Map<string, Map<string, Stream>>()
  const series = new Map<string, Series>()
  /** For each metric the first rule there is anything for; the set it belongs to counts alone. */
  const chosen = new Map<string, { rank: number; set: string }>()
  const families = createFamilies()
  const touched = new Set<Series>()
  const derived = createDerived(FRESH_INTERVALS * everyMs)
  let [count, choice, grown] = [0, 1, false]

  function open(metric: Metric, point: DataPoint, resource: Resource): Stream {
    const pairs = [...labelPairs(point.attributes), ...resource.labels]
    const targets = ignored(metric.name, pairs) ? [] : targetsOf(metric, pairs, rules, book)
    for (const { metric: name, rank, set } of targets) {
      if (rank === Infinity || rank >= (chosen.get(name)?.rank ?? Infinity)) continue
      chosen.set(name, { rank, set })
      choice++
    }
    count++
    return { targets, resource: resource.key, progress: newProgress(), counted: [], choice: 0 }
  }

  function seriesOf(target: Target): Series {
    let one = series.get(target.key)
    if (one === undefined) {
      series.set(target.key, (one = newSeries(target)))
      grown = true
    }
    return one
  }

  function isChosen(target: Target, resource: string): boolean {
    const { rank, metric, set } = target
    return rank !== Infinity && chosen.get(metric)?.set === set && families.counts(target, resource)
  }

  /** The series that count: of known names those that were preferred, and its own where none was. */
  function counted(stream: Stream): readonly Series[] {
    if (stream.choice === choice) return stream.counted
    const known = stream.targets.filter((target) => isChosen(target, stream.resource))
    const given = known.length > 0 ? known : stream.targets.filter(({ rank }) => rank === Infinity)
    stream.counted = given.map(seriesOf)
    stream.choice = choice
    return stream.counted
  }

  function put(one: Series, stream: Stream, atMs: number, value: ReturnType<typeof valueFor>): void {
    if (value === undefined) return
    one.pending.push({ stream, atMs, value })
    touched.add(one)
  }

  function take(metric: Metric, point: DataPoint, stream: Stream): void {
    const contribution = contribute(metric, point, stream.progress, everyMs)
    for (const one of counted(stream)) {
      if (one.target.as !== 'quantiles') put(one, stream, point.atMs, valueFor(one.target, contribution, point.atMs))
      else
        for (const [quantile, value] of contribution.quantiles ?? [])
          put(seriesOf(ofQuantile(one.target, quantile)), stream, point.atMs, value * one.target.factor)
    }
    remember(stream.progress, metric, point)
  }

  return {
    streamsOf(metric, resource) {
      const key = `${metric.kind}\n${metric.name}\n${resource.key}`
      let known = streams.get(key)
      return {
        take(point) {
          const attributes = point.attributes.join('\n')
          let stream = known?.get(attributes)
          if (stream === undefined) {
            if (count >= maxStreams) return false
            if (known === undefined) streams.set(key, (known = new Map<string, Stream>()))
            known.set(attributes, (stream = open(metric, point, resource)))
          }
          take(metric, point, stream)
          return true
        },
      }
    },
    flush() {
      const points: Point[] = []
      for (const one of touched) {
        const into = isPart(one.target.metric) ? [] : points
        const from = into.length
        settle(one, FRESH_INTERVALS * everyMs, into)
        if (one.target.rank !== Infinity) derived.note(one.target, into.slice(from))
      }
      touched.clear()
      points.push(...derived.flush())
      return points
    },
    mapped() {
      grown = false
      const all = [...series.values()].filter(
        ({ target, heardAtMs }) => heardAtMs > 0 && !isPart(target.metric) && target.as !== 'quantiles',
      )
      return [...all.map(shown), ...derived.mapped()]
    },
    get grown() {
      return grown
    },
    forget(beforeMs) {
      for (const [key, known] of streams) {
        for (const [attributes, { progress, resource, targets }] of known) {
          if (progress.atMs >= beforeMs) continue
          known.delete(attributes)
          count--
          if (known.size === 0) families.forget(resource, targets)
        }
        if (known.size === 0) streams.delete(key)
      }
      for (const [key, { heardAtMs }] of series) if (heardAtMs < beforeMs) series.delete(key)
      // Streams look their series up anew: some are gone.
      choice++
    },
  }
}

function ofQuantile(target: Target, quantile: number): Target {
  const labels = { ...target.labels, quantile: String(quantile) }
  return { ...target, key: `own\n${target.metric}${labelsKey(labels)}`, labels, as: 'level', reduce: 'max' }
}

function shown({ target: { path, metric, unit, labels, how }, value }: Series): Mapped {
  return { path, metric, unit, labels, value, how }
}

import { labelsKey } from '@headroom/shared/model/labels.ts'
import type { Mapped, Point } from '@headroom/shared/model/reading.ts'
import type { LabelPairs } from '../../measures/labels.ts'
import { isPart, type Rule, type RuleBook } from '../../measures/rule.ts'
import { labelPairs } from '../normalise.ts'
import type { Resource } from '../resource.ts'
import type { DataPoint, Metric } from '../wire/export.ts'
import { contribute, levelAfter, type Progress } from './contribution.ts'
import { createDerived, type Derived } from './derived.ts'
import { newSeries, partOf, type Series, settle, withQuantile } from './series.ts'
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
  /** False where the point found no place: there are too many streams already. */
  take(metric: Metric, point: DataPoint, resource: Resource): boolean
  /** What has come since the last call, as points of series, and where they came from. */
  flush(): { points: Point[]; mapped: Mapped[] }
  /** Forgets the streams and series that were silent for long. */
  forget(beforeMs: number): void
}

type Stream = { targets: readonly Target[]; progress: Progress | undefined }

/** Points of so many intervals ago still count for a series that is made of several streams. */
const FRESH_INTERVALS = 3

export function createStreamTable({ rules, book, ignored, everyMs, maxStreams }: StreamTableOptions): StreamTable {
  const streams = new Map<string, Stream>()
  const series = new Map<string, Series>()
  /** For each metric the first rule there is anything for; the set it belongs to counts alone. */
  const chosen = new Map<string, { rank: number; set: string }>()
  const touched = new Set<Series>()
  const derived: Derived = createDerived(FRESH_INTERVALS * everyMs)

  function open(key: string, metric: Metric, point: DataPoint, resource: Resource): Stream | undefined {
    const known = streams.get(key)
    if (known !== undefined || streams.size >= maxStreams) return known
    const pairs = [...labelPairs(point.attributes), ...resource.labels]
    const targets = ignored(metric.name, pairs) ? [] : targetsOf(metric, pairs, rules, book)
    for (const { metric: name, rank, set } of targets) {
      const before = chosen.get(name)
      if (rank !== Infinity && rank < (before?.rank ?? Infinity)) chosen.set(name, { rank, set })
    }
    const stream: Stream = { targets, progress: undefined }
    streams.set(key, stream)
    return stream
  }

  /** The targets that count: of known names those that were preferred, and its own where none was. */
  function counted({ targets }: Stream): readonly Target[] {
    const known = targets.filter(({ rank, metric, set }) => rank !== Infinity && chosen.get(metric)?.set === set)
    return known.length > 0 ? known : targets.filter(({ rank }) => rank === Infinity)
  }

  function put(target: Target, stream: string, part: ReturnType<typeof partOf>): void {
    if (part === undefined) return
    let one = series.get(target.key)
    if (one === undefined) series.set(target.key, (one = newSeries(target)))
    one.pending.push({ stream, part })
    touched.add(one)
  }

  return {
    take(metric, point, resource) {
      const key = `${resource.key}\n${metric.name}\n${metric.kind}\n${point.attributes.join('\n')}`
      const stream = open(key, metric, point, resource)
      if (stream === undefined) return false
      const before = stream.progress
      const contribution = contribute(metric, point, before, everyMs)
      for (const target of counted(stream)) {
        if (target.as !== 'quantiles') put(target, key, partOf(target, contribution, point.atMs))
        else
          for (const [quantile, value] of contribution.quantiles ?? []) {
            const labels = withQuantile(target.labels, quantile)
            const one: Target = {
              ...target,
              key: `own\n${target.metric}${labelsKey(labels)}`,
              labels,
              as: 'level',
              reduce: 'max',
            }
            put(one, key, partOf(one, { level: value }, point.atMs))
          }
      }
      if (before === undefined || point.atMs > before.atMs) {
        const { startMs, atMs, value } = point
        stream.progress = { startMs, atMs, value, level: levelAfter(metric, point, before) }
      }
      return true
    },
    flush() {
      const points: Point[] = []
      const mapped: Mapped[] = []
      for (const one of touched) {
        const given = settle(one, FRESH_INTERVALS * everyMs)
        derived.note(one.target, given)
        if (isPart(one.target.metric)) continue
        points.push(...given)
        const last = given.at(-1)
        if (last !== undefined)
          mapped.push(
            ...shown(
              given.filter(({ at }) => at === last.at),
              one,
            ),
          )
      }
      touched.clear()
      const followed = derived.flush()
      return { points: [...points, ...followed.points], mapped: [...mapped, ...followed.mapped] }
    },
    forget(beforeMs) {
      for (const [key, { progress }] of streams) if ((progress?.atMs ?? 0) < beforeMs) streams.delete(key)
      for (const [key, { heardAtMs }] of series) if (heardAtMs < beforeMs) series.delete(key)
    },
  }
}

function shown(points: readonly Point[], { target }: Series): Mapped[] {
  const { how, path } = target
  return points.map(({ metric, unit, labels, value }) => ({ path, metric, unit, labels, value, how }))
}

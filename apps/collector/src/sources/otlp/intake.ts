import type { Mapped } from '@headroom/shared/model/reading.ts'
import { labelsKey } from '@headroom/shared/model/labels.ts'
import { readSelector, rulesOf } from '../measures/corrections.ts'
import { KNOWN } from '../measures/known/index.ts'
import { applies, createRuleBook } from '../measures/rule.ts'
import { createClocks, judgeTime, type Judged } from './clocks.ts'
import type { OtlpSource } from './open.ts'
import { describeResource, matches, type Resource } from './resource.ts'
import { createStreamTable, type StreamTable } from './streams/stream-table.ts'
import type { DataPoint, ResourceMetrics } from './wire/export.ts'

/** Takes one system's part of what is pushed. */
export type Intake = {
  matches(resource: ResourceMetrics): boolean
  /** How many points were refused, and why. */
  take(resources: readonly ResourceMetrics[]): { rejected: number; reasons: string[] }
}

/** Streams are finer than series: labels that are not kept are added up. */
const STREAMS_A_SERIES = 10
const FORGOTTEN_INTERVALS = 30
const STALE_INTERVALS = 3
/** How late a sender may be beyond that, as the kind's own defaults say. */
const LAG_MS = 60_000
/** What each value was taken for is told when it changes, and otherwise so often. */
const MAPPED_EVERY_MS = 30_000

const REASONS: Readonly<Record<Exclude<Judged, 'fine'>, string>> = {
  ahead: 'more than a minute ahead of the clock of the collector',
  too_late: 'more than an hour old',
  no_time: 'without timeUnixNano',
}

export function createIntake(source: OtlpSource): Intake {
  const { clock } = source.context
  const { match, maxSeries, everyMs } = source.options
  const table = openTable(source.options)
  const clocks = createClocks(STALE_INTERVALS * everyMs + LAG_MS, STALE_INTERVALS * everyMs)
  const mappings = createMappings(maxSeries)
  let forgotAt = clock.now()
  /** The most points of one push that found no place. */
  let crowded = 0

  function takeResource(one: ResourceMetrics, resource: Resource, now: number, refuse: (why: string) => void): number {
    let [newest, judgedNewest]: [number, Judged] = [0, 'no_time']
    let noPlace = 0
    for (const metric of one.metrics)
      for (const point of metric.points) {
        const judged = judgeTime(point.atMs, now)
        if (point.atMs >= newest) [newest, judgedNewest] = [point.atMs, judged]
        if (judged !== 'fine') refuse(REASONS[judged])
        else if (point.value === undefined && !point.nothing) refuse('without a value')
        else if (isNumberless(point)) refuse('of values that are no numbers')
        else if (!point.nothing && !table.take(metric, point, resource)) noPlace++
      }
    if (newest > 0) clocks.note(resource.shown, newest, judgedNewest, now)
    return noPlace
  }

  return {
    matches: ({ attributes }) => matches(match, attributes),
    take(resources) {
      const now = clock.now()
      const refused = new Map<string, number>()
      const mine = resources.filter(({ attributes, metrics }) => metrics.length > 0 && matches(match, attributes))
      if (mine.length === 0) return { rejected: 0, reasons: [] }
      const noPlace = mine.map((one) =>
        takeResource(one, describeResource(match, one.attributes), now, (why) =>
          refused.set(why, (refused.get(why) ?? 0) + 1),
        ),
      )
      crowded = Math.max(
        crowded,
        noPlace.reduce((sum, count) => sum + count, 0),
      )
      const { points, mapped } = table.flush()
      if (now - forgotAt > everyMs) {
        table.forget(now - FORGOTTEN_INTERVALS * everyMs)
        forgotAt = now
      }
      const problem = clocks.problem(now)
      source.outlet?.push({
        up: 1,
        ...(problem === undefined ? {} : { error: problem }),
        points,
        texts: [],
        mapped: mappings.told(mapped, now),
        leftOut: crowded,
      })
      const reasons = [...refused].map(([reason, count]) => `${count} points are ${reason}`)
      return { rejected: [...refused.values()].reduce((sum, count) => sum + count, 0), reasons }
    },
  }
}

function openTable({ map, ignore, everyMs, maxSeries }: OtlpSource['options']): StreamTable {
  const rules = [...rulesOf(map), ...KNOWN]
  const selectors = ignore.flatMap((text) => readSelector(text) ?? [])
  return createStreamTable({
    rules,
    book: createRuleBook(rules),
    ignored: (name, labels) => selectors.some((rule) => rule.name.test(name) && applies(rule, labels)),
    everyMs,
    maxStreams: STREAMS_A_SERIES * maxSeries,
  })
}

function isNumberless({ value, nothing }: DataPoint): boolean {
  return !nothing && value?.kind === 'number' && !Number.isFinite(value.number)
}

/** What each value was taken for, over all pushes; told whole when anything of it is new, and now and then. */
function createMappings(most: number): { told(mapped: readonly Mapped[], now: number): Mapped[] } {
  const rows = new Map<string, Mapped>()
  let toldAt = -Infinity
  return {
    told(mapped, now) {
      let isNew = false
      for (const row of mapped) {
        const key = `${row.metric}${labelsKey(row.labels)}`
        if (!rows.has(key)) {
          if (rows.size >= most) continue
          isNew = true
        }
        rows.set(key, row)
      }
      if (!isNew && now - toldAt < MAPPED_EVERY_MS) return []
      toldAt = now
      return [...rows.values()]
    },
  }
}

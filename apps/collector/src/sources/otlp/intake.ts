import type { Mapped } from '@headroom/shared/model/reading.ts'
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
  let [forgotAt, mappedAt] = [clock.now(), -Infinity]
  /** The most points of one push that found no place. */
  let crowded = 0

  function takeResource(one: ResourceMetrics, resource: Resource, now: number, refuse: (why: string) => void): number {
    let [newest, judgedNewest]: [number, Judged] = [0, 'no_time']
    let noPlace = 0
    for (const metric of one.metrics) {
      const streams = table.streamsOf(metric, resource)
      for (const point of metric.points) {
        const judged = judgeTime(point.atMs, now)
        if (point.atMs >= newest) [newest, judgedNewest] = [point.atMs, judged]
        if (judged !== 'fine') refuse(REASONS[judged])
        else if (point.value === undefined && !point.nothing) refuse('without a value')
        else if (isNumberless(point)) refuse('of values that are no numbers')
        else if (!point.nothing && !streams.take(point)) noPlace++
      }
    }
    if (newest > 0) clocks.note(resource.shown, newest, judgedNewest, now)
    return noPlace
  }

  /** All of it where anything of it is new, and now and then; else nothing. */
  function mappedNow(now: number): Mapped[] {
    if (!table.grown && now - mappedAt < MAPPED_EVERY_MS) return []
    mappedAt = now
    return table.mapped().slice(0, maxSeries)
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
      const points = table.flush()
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
        mapped: mappedNow(now),
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

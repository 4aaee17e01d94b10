import type { RangeSeries, RawSeries, Sample } from '@headroom/shared/model/series.ts'
import { BucketFold, planBuckets } from '../buckets.ts'
import { type RawPart, rawPage } from '../raw-page.ts'
import type { RangeQuery, RawQuery } from '../types.ts'
import type { ChunkTable } from './chunk-table.ts'
import type { OpenChunks } from './open-chunks.ts'
import { overlay, type Points } from './points.ts'
import { LAST_TIME, windowOf } from './windows.ts'

type Visit = (points: Points, begin: number, end: number) => void

/** Reads closed and open chunks as one: where both have a sample of one time, the open one is the newer. */
export class SampleReader {
  #chunks: ChunkTable
  #open: OpenChunks

  constructor(chunks: ChunkTable, open: OpenChunks) {
    this.#chunks = chunks
    this.#open = open
  }

  range({ series, from, to, points }: RangeQuery): { stepMs: number; series: RangeSeries[] } {
    const plan = planBuckets(from, to, points)
    const read = series.map((id) => {
      const fold = new BucketFold(plan)
      this.#visit(id, from, to, (chunk, begin, end) => fold.add(chunk.times, chunk.values, begin, end))
      return fold.result(id)
    })
    return { stepMs: plan.stepMs, series: read }
  }

  /** `bounds`: no sample lies outside, so that an open-ended query does not walk through empty time. */
  raw(query: RawQuery, bounds: { from: number; to: number }): { series: RawSeries[]; next: number | null } {
    return rawPage(query, bounds, (series, from, to) => this.#part(series, from, to))
  }

  newest(series: number, at: number, notBefore: number): Sample | null {
    const closed = this.#newestClosed(series, at, notBefore)
    const open = this.#open.get(series)
    if (open === undefined) return closed
    const points = overlay(null, open.points)
    const index = points.lowerBound(at + 1) - 1
    const time = points.time(index)
    if (index < 0 || time < notBefore || (closed !== null && closed.at > time)) return closed
    return { series, at: time, value: points.value(index) }
  }

  #newestClosed(series: number, at: number, notBefore: number): Sample | null {
    const first = windowOf(series, Math.max(0, notBefore))
    let last = windowOf(series, Math.min(at, LAST_TIME))
    for (;;) {
      const found = first > last ? null : this.#chunks.newest(series, first, last)
      if (found === null) return null
      const index = found.points.lowerBound(at + 1) - 1
      if (index >= 0) {
        const time = found.points.time(index)
        return time < notBefore ? null : { series, at: time, value: found.points.value(index) }
      }
      last = found.window - 1
    }
  }

  #part(series: number, from: number, to: number): RawPart {
    const part: RawPart = { t: [], v: [], corrected: [] }
    this.#visit(series, from, to, (points, begin, end) => {
      for (let index = begin; index < end; index++) {
        part.t.push(points.time(index))
        part.v.push(points.value(index))
      }
      for (const at of points.corrected) if (at >= from && at < to) part.corrected.push(at)
    })
    return part
  }

  #visit(series: number, from: number, to: number, visit: Visit): void {
    const start = Math.max(0, from)
    const end = Math.min(to, LAST_TIME)
    if (start >= end) return
    const clipped = (points: Points): void => {
      const begin = points.lowerBound(start)
      const stop = points.lowerBound(end)
      if (begin < stop) visit(points, begin, stop)
    }
    const first = windowOf(series, start)
    const last = windowOf(series, end - 1)
    let open = this.#open.get(series)
    if (open !== undefined && (open.window < first || open.window > last)) open = undefined
    this.#chunks.scan(series, first, last, (window, points) => {
      if (open !== undefined && open.window < window) {
        clipped(overlay(null, open.points))
        open = undefined
      }
      if (open?.window === window) {
        clipped(overlay(points, open.points))
        open = undefined
      } else clipped(points)
    })
    if (open !== undefined) clipped(overlay(null, open.points))
  }
}

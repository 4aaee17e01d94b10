import type { Sample } from '@headroom/shared/model/series.ts'
import { Points } from './points.ts'
import { WINDOW_MS, windowOf, windowStart } from './windows.ts'

/**
 * Samples of one window that have to be laid over its chunk in the table, in the order they are listed.
 * `counted`: how many of them were counted as new when they were added to the open chunk.
 */
export type Flush = { series: number; window: number; points: Points; counted: number }

/** The window a series writes into now. `points` are in the order they came; duplicates are settled when it closes. */
export type OpenChunk = {
  window: number
  points: Points
  /** The oldest head row that holds a sample of it: rows from there on are what rebuilds it. */
  firstHead: number
  openedAt: number
  /** Samples in a row that belong to an earlier window. */
  late: number
  /** Where the samples of the current tick begin. */
  since: number
  /** How many of its samples are new, and replace none. */
  counted: number
}

type Saved = {
  series: number
  chunk: OpenChunk
  points: Points
  times: Float64Array
  values: Float64Array
  length: number
  replaced: OpenChunk
}

/** After so many late samples in a row the clock has been set back: the series goes on from there. */
const LATE_IN_A_ROW = 8
/** More than a window of ordinary scraping holds; bounds what a source that sends every few milliseconds costs. */
const MOST_SAMPLES = 1024
/** A series that went silent is closed after two windows, or after so many ticks should the clock stand still. */
const SILENT_MS = 2 * WINDOW_MS
const SILENT_TICKS = 30_000
const SPARE = 64

/**
 * What has been committed but is not yet in a closed chunk. A tick is applied, written, and then either kept or undone,
 * so that memory never holds what the disk refused.
 */
export class OpenChunks {
  #chunks: (OpenChunk | undefined)[] = []
  #saved = new Map<number, Saved>()
  #flushes: Flush[] = []
  #spare: Points[] = []
  #head = 0
  #at = 0
  #added = 0

  get(series: number): OpenChunk | undefined {
    const chunk = this.#chunks[series]
    return chunk === undefined || chunk.points.length === 0 ? undefined : chunk
  }

  /** Begins a tick, whose samples stand in head row `head`. */
  begin(head: number, at: number): void {
    this.#head = head
    this.#at = at
    this.#added = 0
  }

  /** How many samples the current tick has added to open chunks. */
  added(): number {
    return this.#added
  }

  add({ series, at, value }: Sample): void {
    const chunk = this.#touch(series)
    const window = windowOf(series, at)
    if (chunk.points.length === 0) {
      this.#open(chunk, window)
    } else if (window < chunk.window && ++chunk.late <= LATE_IN_A_ROW) {
      this.#addLate(series, window, at, value)
      return
    } else if (window !== chunk.window || chunk.points.length >= MOST_SAMPLES) {
      this.#close(series, chunk)
      this.#open(chunk, window)
    }
    chunk.late = 0
    if (!chunk.points.has(at)) {
      chunk.counted++
      this.#added++
    }
    chunk.points.put(at, value, chunk.since)
  }

  /** Closes chunks that nothing was added to for long, at most `most` of them, and those that end before `before`. */
  closeSilent(most: number): void {
    let left = most
    this.#closeWhere((chunk) => {
      const silent = this.#at - chunk.openedAt > SILENT_MS || this.#head - chunk.firstHead > SILENT_TICKS
      return silent && left-- > 0
    })
  }

  closeBefore(before: number): void {
    this.#closeWhere((chunk, series) => windowStart(series, chunk.window + 1) <= before)
  }

  /** Every series whose chunk is open. */
  *all(): Generator<[series: number, chunk: OpenChunk]> {
    for (let series = 0; series < this.#chunks.length; series++) {
      const chunk = this.get(series)
      if (chunk !== undefined) yield [series, chunk]
    }
  }

  /** What the current tick has to write besides its head row. */
  flushes(): readonly Flush[] {
    return this.#flushes
  }

  /** The oldest head row still needed, `head` when none is. */
  oldestHead(head: number): number {
    let oldest = head
    for (const chunk of this.#chunks) {
      if (chunk !== undefined && chunk.points.length > 0 && chunk.firstHead < oldest) oldest = chunk.firstHead
    }
    return oldest
  }

  oldestAt(): number | null {
    let oldest = Number.POSITIVE_INFINITY
    for (const [, { points }] of this.all()) {
      for (let index = 0; index < points.length; index++) oldest = Math.min(oldest, points.time(index))
    }
    return oldest === Number.POSITIVE_INFINITY ? null : oldest
  }

  /** The tick is on disk. */
  keep(): void {
    for (const { points } of this.#flushes) {
      if (this.#spare.length >= SPARE) break
      points.clear()
      this.#spare.push(points)
    }
    for (const { series } of this.#saved.values()) {
      const chunk = this.#chunks[series]
      if (chunk !== undefined) chunk.since = chunk.points.length
    }
    this.#flushes = []
    this.#saved.clear()
  }

  /** The tick is not on disk: everything is as it was before it. */
  undo(): void {
    for (const { series, chunk, points, times, values, length } of this.#saved.values()) {
      points.times = times
      points.values = values
      points.length = length
      this.#chunks[series] = chunk
    }
    this.#flushes = []
    this.#saved.clear()
  }

  #touch(series: number): OpenChunk {
    const known = this.#chunks[series]
    if (this.#saved.has(series) && known !== undefined) return known
    const before = known ?? {
      window: 0,
      points: new Points(),
      firstHead: 0,
      openedAt: 0,
      late: 0,
      since: 0,
      counted: 0,
    }
    const { points } = before
    const replaced = { ...before }
    this.#saved.set(series, {
      series,
      chunk: before,
      points,
      times: points.times,
      values: points.values,
      length: points.length,
      replaced,
    })
    this.#chunks[series] = replaced
    return replaced
  }

  #open(chunk: OpenChunk, window: number): void {
    chunk.window = window
    chunk.firstHead = this.#head
    chunk.openedAt = this.#at
    chunk.since = 0
    chunk.counted = 0
  }

  #close(series: number, chunk: OpenChunk): void {
    this.#flushes.push({ series, window: chunk.window, points: chunk.points, counted: chunk.counted })
    chunk.points = this.#spare.pop() ?? new Points()
  }

  #closeWhere(due: (chunk: OpenChunk, series: number) => boolean): void {
    for (let series = 0; series < this.#chunks.length; series++) {
      const chunk = this.get(series)
      if (chunk === undefined || !due(chunk, series)) continue
      this.#close(series, this.#touch(series))
    }
  }

  #addLate(series: number, window: number, at: number, value: number): void {
    const last = this.#flushes.findLast((flush) => flush.series === series)
    if (last?.window === window && last.counted === 0) {
      last.points.put(at, value, 0)
      return
    }
    const points = new Points(4)
    points.push(at, value)
    this.#flushes.push({ series, window, points, counted: 0 })
  }
}

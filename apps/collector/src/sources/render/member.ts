import { labelsKey } from '@headroom/shared/model/labels.ts'
import type { Happening, Point } from '@headroom/shared/model/reading.ts'
import type { SourceProblem } from '@headroom/shared/model/system.ts'
import type { RenderEvent } from './events/event.ts'
import { tell } from './events/words.ts'
import type { ResourceKind } from './metrics/kinds.ts'
import type { Known, Made } from './metrics/points.ts'
import type { ResourceState } from './state/resource-state.ts'

/** A window reaches back this far before the one before it, for points that came late or were corrected. */
const OVERLAP_MS = 5 * 60_000
/** The first window; and the farthest a later one reaches back after an outage. */
const FIRST_WINDOW_MS = 15 * 60_000
const LONGEST_WINDOW_MS = 60 * 60_000
/** A kill so shortly before the first look is news: the collector may only have been started again. */
const FRESH_MS = 5 * 60_000
/** Given points are remembered so long; older ones that are asked for again are given twice. */
const REMEMBERED_MS = 2 * OVERLAP_MS
const MAX_SEEN = 2_000
const MAX_POINTS = 20_000

/** A series: its newest point, and the values that were given of it lately. */
type Given = { newest: Made; values: Map<number, number> }

export type MemberOptions = { id: string; kind: ResourceKind; events: boolean; everyMs: number; timeoutMs: number }

/** One resource as one source watches it: what has come of it and was not given on yet. */
export class Member {
  readonly id: string
  readonly kind: ResourceKind
  readonly events: boolean
  readonly everyMs: number
  readonly timeoutMs: number
  readonly known: Known = {
    cpuLimit: undefined,
    memoryLimit: undefined,
    diskCapacity: undefined,
    statuses: new Set(),
  }
  /** Monotonic, ms: when it was last asked about; its events and what is slow by themselves. */
  askedAt = -Infinity
  eventsAskedAt = -Infinity
  slowAskedAt = -Infinity
  /** Until then it is not asked about, because Render does not know it. */
  absentUntil = -Infinity
  state: ResourceState | undefined
  /** What went wrong, by what was asked. */
  readonly problems = new Map<string, SourceProblem>()
  /** What Render gives no values of. */
  readonly empty = new Set<string>()
  /** Undefined until its events were heard. */
  kills: number | undefined
  /** When there had been none yet, epoch ms; where the first look already found some. */
  #killsFrom: number | undefined
  /** Up to when values have come, in Render's time. */
  #until: number | undefined
  #eventsUntil: number | undefined
  readonly #series = new Map<string, Given>()
  #points: Made[] = []
  #happened: Happening[] = []
  readonly #seen = new Set<string>()

  constructor({ id, kind, events, everyMs, timeoutMs }: MemberOptions) {
    this.id = id
    this.kind = kind
    this.events = events && kind === 'service'
    this.everyMs = everyMs
    this.timeoutMs = timeoutMs
  }

  /** From when on values are wanted; windows overlap. */
  since(now: number): number {
    const from = this.#until === undefined ? now - FIRST_WINDOW_MS : this.#until - OVERLAP_MS
    return Math.max(from, now - LONGEST_WINDOW_MS)
  }

  eventsSince(now: number): number {
    const from = this.#eventsUntil === undefined ? now - LONGEST_WINDOW_MS : this.#eventsUntil - OVERLAP_MS
    return Math.max(from, now - 24 * LONGEST_WINDOW_MS)
  }

  /** The newest point of each series. */
  get newest(): Made[] {
    return [...this.#series.values()].map(({ newest }) => newest)
  }

  /** All that was asked of its values up to `now` has come. */
  reached(now: number): void {
    this.#until = now
    for (const { values } of this.#series.values())
      for (const at of values.keys()) if (at < now - REMEMBERED_MS) values.delete(at)
  }

  /** Takes points; one that was given before, with the same value, is nothing new. */
  take(points: readonly Made[]): void {
    for (const point of points) {
      const key = `${point.metric}${labelsKey(point.labels)}`
      const series = this.#series.get(key) ?? { newest: point, values: new Map<number, number>() }
      this.#series.set(key, series)
      if (series.values.get(point.at) === point.value) continue
      series.values.set(point.at, point.value)
      if (point.at >= series.newest.at) series.newest = point
      this.#points.push(point)
    }
    // Nobody has asked for them for long: what is kept is bounded, and the newest stay.
    if (this.#points.length > MAX_POINTS) this.#points = this.#points.slice(-MAX_POINTS)
  }

  /** Takes its events, the oldest first; each is told once. */
  takeEvents(events: readonly RenderEvent[], now: number): void {
    const first = this.kills === undefined
    this.kills ??= 0
    this.#eventsUntil = now
    for (const event of events.toSorted((a, b) => a.timestamp - b.timestamp)) {
      if (this.#seen.has(event.id)) continue
      this.#seen.add(event.id)
      const told = tell(event)
      if (told === undefined) continue
      if (told.killed && (!first || event.timestamp > now - FRESH_MS)) {
        this.kills++
        // Without a count before it the first one is nothing that happened.
        if (first) this.#killsFrom ??= event.timestamp - 1_000
      }
      const name = this.state?.name ?? ''
      const text = `${name === '' ? this.id : name}: ${told.text}`
      this.#happened.push({ kind: 'note', id: event.id, at: event.timestamp, text, as: told.as })
    }
    for (const id of this.#seen) {
      if (this.#seen.size <= MAX_SEEN) break
      this.#seen.delete(id)
    }
  }

  /** Hands out what has come since it was last asked for, in order of time; `killsFrom`: when there were none yet. */
  drain(): { points: Point[]; happened: Happening[]; killsFrom: number | undefined } {
    // Instances come and go: should there be more series than may be kept, theirs are left out first.
    const points = this.#points.toSorted((a, b) => rank(a) - rank(b) || a.at - b.at)
    const drained = { points, happened: this.#happened, killsFrom: this.#killsFrom }
    this.#killsFrom = undefined
    this.#points = []
    this.#happened = []
    return drained
  }
}

function rank({ labels }: Point): number {
  return labels['instance'] === undefined ? 0 : 1
}

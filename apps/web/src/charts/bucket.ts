import type { ChartPoint } from './chart-model.ts'

type Buckets = {
  t: readonly number[]
  min: readonly (number | null)[]
  max: readonly (number | null)[]
  last: readonly (number | null)[]
}
type Sample = readonly [at: number, value: number | null]

/** Samples as at most one point a step, least and greatest kept, so that no spike disappears. The newest point stands at its own time. */
export function bucketSamples(samples: readonly Sample[], stepMs: number): ChartPoint[] {
  const points: ChartPoint[] = []
  let bucket = Number.NaN
  for (const [at, value] of samples) {
    const start = Math.floor(at / stepMs) * stepMs
    const held = points.at(-1)
    if (value === null) points.push({ t: at, last: null })
    else if (start === bucket && held !== undefined && held.last !== null) {
      points[points.length - 1] = { t: at, min: Math.min(held.min, value), max: Math.max(held.max, value), last: value }
    } else points.push({ t: at, min: value, max: value, last: value })
    bucket = value === null ? Number.NaN : start
  }
  return points
}

/**
 * The points of a window: fetched history, then what came since. The last fetched bucket was not whole when it was
 * fetched: where the recent samples reach back to its start they replace it, else they are joined to it.
 */
export function windowPoints(
  history: Buckets | undefined,
  samples: readonly Sample[],
  view: { from: number; to: number; stepMs: number },
): ChartPoint[] {
  const past = history === undefined ? [] : historyPoints(history)
  const newest = past.at(-1)
  const oldest = samples[0]?.[0]
  const replaces = newest !== undefined && oldest !== undefined && oldest <= newest.t
  const cut = newest === undefined ? view.from : replaces ? newest.t : newest.t + view.stepMs
  const within = (least: number, most: number): Sample[] => samples.filter(([at]) => at >= least && at <= most)
  const recent = bucketSamples(within(cut, view.to), view.stepMs)
  const joined = newest === undefined || replaces ? [] : join(newest, within(newest.t, Math.min(cut - 1, view.to)))
  return [...past.slice(0, newest === undefined ? 0 : -1), ...joined, ...recent].filter(
    (point) => point.t >= view.from && point.t <= view.to,
  )
}

/** A bucket with the samples that came into it since: its newest value stands at its own time. */
function join(bucket: ChartPoint, samples: readonly Sample[]): ChartPoint[] {
  const points: ChartPoint[] = [bucket]
  for (const [t, value] of samples) {
    const held = points.at(-1)
    if (value === null) points.push({ t, last: null })
    else if (held === undefined || held.last === null) points.push({ t, min: value, max: value, last: value })
    else points[points.length - 1] = { t, min: Math.min(held.min, value), max: Math.max(held.max, value), last: value }
  }
  return points
}

function historyPoints(history: Buckets): ChartPoint[] {
  const points: ChartPoint[] = []
  for (const [index, t] of history.t.entries()) {
    const last = history.last[index]
    if (last === null || last === undefined) continue
    points.push({ t, last, min: history.min[index] ?? last, max: history.max[index] ?? last })
  }
  return points
}

/** Bands for a spread: wider buckets, so that each holds several processes' answers. */
export function widen(points: readonly ChartPoint[], stepMs: number): ChartPoint[] {
  const wide: ChartPoint[] = []
  for (const point of points) {
    const held = wide.at(-1)
    if (
      point.last === null ||
      held === undefined ||
      held.last === null ||
      Math.floor(point.t / stepMs) !== Math.floor(held.t / stepMs)
    )
      wide.push(point)
    else
      wide[wide.length - 1] = {
        t: held.t,
        min: Math.min(held.min, point.min),
        max: Math.max(held.max, point.max),
        last: point.last,
      }
  }
  return wide
}

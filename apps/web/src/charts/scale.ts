import type { ChartInput } from './chart-model.ts'

const STEPS_MS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 345_600,
  604_800,
].map((s) => s * 1000)

/** A line this many times above the highest value would flatten the picture: it is said in words only. */
const REACH = 3
/** A line that only informs is not worth flattening anything for. */
const INFO_REACH = 1.5

export type YScale = { low: number; high: number; ticks: number[] }

type Scaled = Pick<ChartInput, 'series' | 'lines' | 'limit' | 'unit'>

/** From zero (or below it) to a round number above the values, the limit and the lines within reach. */
export function yScale(input: Scaled): YScale {
  if (input.unit === 'bool') return { low: 0, high: 1.2, ticks: [0, 1] }
  const { least, most } = extent(input)
  const percent = input.unit === 'percent'
  const marks = [...input.lines.map((line) => line.value), ...(input.limit === undefined ? [] : [input.limit.value])]
  const near = [
    ...input.lines.map(({ value, mark }) => ({ value, reach: most * (mark === 'info' ? INFO_REACH : REACH) })),
    ...(input.limit === undefined ? [] : [{ value: input.limit.value, reach: most * REACH }]),
  ].filter(({ value, reach }) => value <= Math.max(reach, percent ? 100 : 0))
  const wanted = near.reduce((max, { value }) => Math.max(max, value), most)
  // Nothing above zero: a line gives the size if there is one, and so does what lies below; else one is as good as any.
  const positive = marks.filter((mark) => mark > 0)
  const high = topOf(
    wanted > 0 ? wanted : least < 0 ? 0 : positive.length > 0 ? Math.min(...positive) : 1,
    percent && wanted > 25,
  )
  const ticks = niceTicks(least, high, input.unit)
  return { low: Math.min(least, ticks[0] ?? 0), high, ticks }
}

/** The least and the greatest value drawn, and zero. */
function extent({ series }: Scaled): { least: number; most: number } {
  let most = 0
  let least = 0
  for (const { points } of series) {
    for (const point of points) {
      if (point.last === null) continue
      most = Math.max(most, point.max)
      least = Math.min(least, point.min)
    }
  }
  return { least, most }
}

/** Whether a line at this value is within the picture. */
export function isSeen(value: number, scale: YScale): boolean {
  return value <= scale.high && value >= scale.low
}

/** A share that is large, or has a line that is, is shown up to 100; the rest gets a little air. */
function topOf(wanted: number, whole: boolean): number {
  return whole && wanted <= 100 ? 100 : wanted * 1.15
}

/** More grid lines than this are noise; it also bounds the work where figures are too large to be told apart. */
const MOST_TICKS = 8

function niceTicks(low: number, high: number, unit: string): number[] {
  const step = niceStep((high - low) / 3.5, unit)
  const first = Math.ceil(low / step)
  const count = Math.min(MOST_TICKS, Math.floor(high / step + 1e-6) - first + 1)
  return Array.from({ length: Math.max(0, count) }, (_, index) => Number(((first + index) * step).toPrecision(10)))
}

/** The round step next to a size: bytes go in powers of two, seconds in minutes and hours, the rest in tens. */
function niceStep(size: number, unit: string): number {
  if (unit === 'bytes' || unit === 'bytes_per_second') return 2 ** Math.ceil(Math.log2(size))
  const timely = unit === 'seconds' && size >= 1 ? STEPS_MS.find((step) => step / 1000 >= size) : undefined
  if (timely !== undefined) return timely / 1000
  const power = 10 ** Math.floor(Math.log10(size))
  return [1, 2, 2.5, 5, 10].map((times) => times * power).find((step) => step >= size) ?? size
}

const HOUR_MS = 3_600_000

/**
 * Round moments between two times, at most `most`; `ahead` is what the shown zone is ahead of UTC at a moment, ms. Where
 * the clocks change within, hours that are counted in twos or more, and days, stay round on either side of it.
 */
export function timeTicks(from: number, to: number, most: number, ahead: (t: number) => number): number[] {
  const step = STEPS_MS.find((size) => (to - from) / size <= most) ?? to - from
  const first = ahead(from)
  const ticks: number[] = []
  for (let wall = Math.ceil((from + first) / step) * step; wall - first <= to + HOUR_MS; wall += step) {
    const tick = step > HOUR_MS ? wall - ahead(wall - first) : wall - first
    const there = step <= HOUR_MS || tick + ahead(tick) === wall
    if (there && tick >= from && tick <= to) ticks.push(tick)
  }
  return ticks
}

export type Frame = { width: number; height: number; left: number; right: number; top: number; bottom: number }

export function xAt(t: number, span: { from: number; to: number }, frame: Frame): number {
  return frame.left + ((t - span.from) / Math.max(1, span.to - span.from)) * (frame.width - frame.left - frame.right)
}

export function timeAt(x: number, span: { from: number; to: number }, frame: Frame): number {
  return span.from + ((x - frame.left) / Math.max(1, frame.width - frame.left - frame.right)) * (span.to - span.from)
}

export function yAt(value: number, scale: YScale, frame: Frame): number {
  const share = (value - scale.low) / (scale.high - scale.low || 1)
  return frame.height - frame.bottom - share * (frame.height - frame.top - frame.bottom)
}

/** Moves labels apart that would stand on each other; the order stays. */
export function spreadApart(ys: readonly number[], distance: number, low: number, high: number): number[] {
  const order = ys.map((y, index) => ({ y, index })).toSorted((a, b) => a.y - b.y)
  let before = Number.NEGATIVE_INFINITY
  for (const each of order) {
    each.y = Math.max(each.y, before + distance, low)
    before = each.y
  }
  let after = high + distance
  for (const each of order.toReversed()) {
    each.y = Math.min(each.y, after - distance)
    after = each.y
  }
  return order.toSorted((a, b) => a.index - b.index).map((each) => each.y)
}

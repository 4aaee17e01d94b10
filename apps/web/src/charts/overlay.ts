import { shortText } from '../ui/format-number.ts'
import type { Mark } from '../ui/mark.ts'
import type { ChartInput, ChartSeries } from './chart-model.ts'
import { drawnLines, isDrawn } from './drawn-lines.ts'
import { lineNames } from './line-names.ts'
import type { LineName } from './line-names.ts'
import { MOST_LABELS } from './most-labels.ts'
import { isSeen, spreadApart, xAt, yAt } from './scale.ts'
import type { Frame, YScale } from './scale.ts'

/** Two marks closer than this would lie on each other. */
const MARK_PX = 10
const RANK: Record<Mark, number> = { critical: 0, warning: 1, unknown: 2, info: 3, ok: 4 }

export type CrossingMark = { key: string; x: number; y: number; mark: Mark; words: string }
/** `labelX` and `labelY`: where its words begin, and their middle. */
export type LineEnd = {
  key: string
  series: ChartSeries
  x: number
  y: number
  labelX: number
  labelY: number
  text: string
}

/** The names of the lines and of the limit, where there is room for them. */
export function placedNames(input: ChartInput, scale: YScale, frame: Frame): LineName[] {
  const { limit } = input
  const all = [
    ...drawnLines(input).map(({ key, value, words, mark }) => ({ key, value, words, mark })),
    ...(limit === undefined ? [] : [{ key: 'limit', ...limit, mark: 'limit' as const }]),
  ].filter((line) => isSeen(line.value, scale))
  if (all.length === 0) return []
  return lineNames(
    all.map((line) => ({ ...line, y: yAt(line.value, scale, frame) })),
    {
      low: 6,
      high: frame.height - frame.bottom - 8,
      left: frame.left,
      right: frame.width - frame.right,
      drawn: input.series.flatMap((series) =>
        series.points.flatMap(({ t, last }) =>
          last === null ? [] : [{ x: xAt(t, input, frame), y: yAt(last, scale, frame) }],
        ),
      ),
    },
  )
}

/** The moments at which lines were crossed. Of marks that would lie on each other the worst stands for all. */
export function crossingMarks(input: ChartInput, scale: YScale, frame: Frame): CrossingMark[] {
  const all = input.crossings
    .filter(({ from, line }) => from >= input.from && from <= input.to && isSeen(line, scale))
    .filter(({ line }) => isDrawn(line, input))
    .map(({ key, from, line, mark, words }) => ({
      key,
      mark,
      words,
      x: xAt(from, input, frame),
      y: yAt(line, scale, frame),
    }))
    .toSorted((a, b) => RANK[a.mark] - RANK[b.mark] || a.x - b.x)
  const kept: CrossingMark[] = []
  for (const each of all) {
    const near = kept.find(({ x, y }) => Math.abs(x - each.x) < MARK_PX && Math.abs(y - each.y) < MARK_PX)
    if (near === undefined) kept.push(each)
    else if (!near.words.includes(each.words)) near.words += `\n${each.words}`
  }
  return kept
}

/** Where the lines end, and what their newest values are; the labels keep apart. */
export function lineEnds(input: ChartInput, scale: YScale, frame: Frame): LineEnd[] {
  const ends = input.series.flatMap((series) => {
    const last = series.points.at(-1)
    return last === undefined || last.last === null ? [] : [{ series, t: last.t, value: last.last }]
  })
  const ys = ends.map((end) => yAt(end.value, scale, frame))
  const labels = spreadApart(ys, 14, 6, frame.height - frame.bottom - 4)
  return ends.map(({ series, t, value }, index) => ({
    key: series.key,
    series,
    x: xAt(t, input, frame),
    y: ys[index] ?? 0,
    labelX: Math.min(frame.width - frame.right, xAt(t, input, frame)) + 7,
    labelY: labels[index] ?? 0,
    text: shortText(value, input.unit),
  }))
}

/** Few lines are named at their ends; many have a legend. */
export function isLabelled(input: ChartInput): boolean {
  return input.series.length <= MOST_LABELS
}

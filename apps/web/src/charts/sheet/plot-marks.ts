import { fromToText } from '../../ui/format-from-to.ts'
import type { Zone } from '../../ui/format-time.ts'
import { axisText } from '../axis-text.ts'
import type { ChartInput } from '../chart-model.ts'
import { crossedRegions } from '../crossed-regions.ts'
import { drawnLines } from '../drawn-lines.ts'
import { frameOf } from '../frame.ts'
import { hasBand } from '../gaps.ts'
import { isShare } from '../is-share.ts'
import { MARK_COLORS } from '../mark-colors.ts'
import { crossingMarks, isLabelled, lineEnds, placedNames } from '../overlay.ts'
import type { Pixel } from '../pixels.ts'
import { seriesPixels } from '../pixels.ts'
import { isSeen, yAt, yScale } from '../scale.ts'
import type { Frame, YScale } from '../scale.ts'
import { timeLabels } from '../time-labels.ts'
import { isolated, shortened, widthOf } from './fit-text.ts'
import type { Resolve } from './make-sheet.ts'
import { areaOutline, outline } from './outline.ts'
import type { SheetMark } from './sheet-model.ts'

type Look = { width: number; height: number; zone: Zone; resolve: Resolve }
type Plot = Look & { input: ChartInput; scale: YScale; frame: Frame }

const SMALL = 11

/** The picture of a chart with its axes and every word in it, in the order in which it is painted. */
export function plotMarks(input: ChartInput, look: Look): SheetMark[] {
  const scale = yScale(input)
  const plot = { ...look, input, scale, frame: frameOf(input, scale, look.width, look.height) }
  return [...axes(plot), ...documented(plot), ...lines(plot), ...words(plot), ...nothing(plot)]
}

function axes({ input, scale, frame, zone, resolve }: Plot): SheetMark[] {
  const fill = resolve('var(--ink-2)')
  const right = frame.width - frame.right
  const bottom = frame.height - frame.bottom
  const grid = scale.ticks.flatMap((tick): SheetMark[] => {
    const y = yAt(tick, scale, frame)
    return [
      { kind: 'path', d: `M${frame.left} ${y}H${right}`, stroke: resolve('var(--grid)') },
      { kind: 'text', x: frame.left - 8, y: y + 4, text: axisText(tick, input.unit), size: SMALL, fill, anchor: 'end' },
    ]
  })
  const times = timeLabels(input, frame, zone).map(({ x, text, anchor }): SheetMark => ({
    kind: 'text',
    x,
    y: frame.height - 6,
    text,
    size: SMALL,
    fill,
    anchor,
  }))
  return [
    ...grid,
    { kind: 'path', d: `M${frame.left} ${bottom}H${right}`, stroke: resolve('var(--hairline)') },
    ...times,
  ]
}

function documented({ input, scale, frame, resolve }: Plot): SheetMark[] {
  const across = (value: number): string => `M${frame.left} ${yAt(value, scale, frame)}H${frame.width - frame.right}`
  const regions = crossedRegions(input, scale, frame).map(({ mark, d, opacity }): SheetMark => {
    return { kind: 'path', d, fill: resolve(MARK_COLORS[mark]), opacity }
  })
  const limit = input.limit !== undefined && isSeen(input.limit.value, scale) ? [input.limit.value] : []
  return [
    ...regions,
    ...limit.map((value): SheetMark => ({ kind: 'path', d: across(value), stroke: resolve('var(--ink)') })),
    ...drawnLines(input)
      .filter((line) => isSeen(line.value, scale))
      .map((line): SheetMark => ({
        kind: 'path',
        d: across(line.value),
        stroke: resolve(MARK_COLORS[line.mark]),
        strokeWidth: 1.25,
        dash: '5 4',
      })),
  ]
}

function lines({ input, scale, frame, resolve }: Plot): SheetMark[] {
  const drawn = input.series.map((series) => ({ series, pixels: seriesPixels(series, input, scale, frame) }))
  const floor = yAt(Math.max(0, scale.low), scale, frame)
  const onFloor = (line: readonly Pixel[]): Pixel[] => line.map(({ x, y }) => ({ x, y: y === null ? null : floor }))
  const bands = drawn
    .filter(({ series }) => hasBand(series))
    .map(({ series, pixels }): SheetMark => ({
      kind: 'path',
      d: areaOutline(pixels.top, pixels.base),
      fill: resolve(series.color),
      opacity: series.spread ? 0.22 : 0.16,
    }))
  const areas = (isShare(input) ? drawn : []).map(({ series, pixels }): SheetMark => ({
    kind: 'path',
    d: areaOutline(pixels.line, onFloor(pixels.line)),
    fill: resolve(series.color),
    opacity: 0.07,
  }))
  const strokes = drawn
    .filter(({ series }) => !series.spread)
    .map(({ series, pixels }): SheetMark => ({
      kind: 'path',
      d: outline(pixels.line),
      stroke: resolve(series.color),
      strokeWidth: 1.5,
      dash: series.dash,
    }))
  return [...bands, ...areas, ...strokes].filter((mark) => mark.kind !== 'path' || mark.d !== '')
}

const NAME_INK = { warning: 'var(--warning-ink)', critical: 'var(--critical-ink)', limit: 'var(--ink)' } as const
/** The outer shapes of the states' marks, sixteen wide. */
const SHAPES = { warning: 'M8 1.2 15.4 14.4H.6z', critical: 'M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5z' } as const
const DOT = 'M8 2a6 6 0 1 0 .01 0z'
const SIGN = { warning: 'M8 6v4M8 11.6v.9', critical: 'M8 4v5M8 10.8v1.2' } as const

function words({ input, scale, frame, resolve }: Plot): SheetMark[] {
  const rim = resolve('var(--surface)')
  const right = frame.width - frame.right
  const names = placedNames(input, scale, frame).map(({ y, words: name, mark, end }): SheetMark => {
    const ink = mark === 'warning' || mark === 'critical' || mark === 'limit' ? NAME_INK[mark] : 'var(--ink-2)'
    const text = shortened(name, right - frame.left - 8, SMALL)
    return {
      kind: 'text',
      x: end === 'right' ? right - 4 : frame.left + 4,
      y: y + 4,
      text,
      size: SMALL,
      fill: resolve(ink),
      anchor: end === 'right' ? 'end' : 'start',
      rim,
    }
  })
  const crossings = crossingMarks(input, scale, frame).map(({ x, y, mark }): SheetMark => {
    const known = mark === 'warning' || mark === 'critical' ? mark : undefined
    return {
      kind: 'group',
      x: x - 6,
      y: y - 6,
      scale: 0.75,
      marks: [
        { kind: 'path', d: known === undefined ? DOT : SHAPES[known], fill: resolve(MARK_COLORS[mark]) },
        ...(known === undefined ? [] : [{ kind: 'path' as const, d: SIGN[known], stroke: rim, strokeWidth: 1.7 }]),
      ],
    }
  })
  return [...names, ...crossings, ...ends({ input, scale, frame, resolve })]
}

function ends({ input, scale, frame, resolve }: Pick<Plot, 'input' | 'scale' | 'frame' | 'resolve'>): SheetMark[] {
  const several = input.series.length > 1
  return lineEnds(input, scale, frame).flatMap((end): SheetMark[] => {
    const fill = resolve(end.series.color)
    const dot: SheetMark = { kind: 'rect', x: end.x - 2.5, y: end.y - 2.5, width: 5, height: 5, fill }
    if (!isLabelled(input)) return [dot]
    const { labelX: x } = end
    const room = frame.width - x - 14 - widthOf(end.text, 12)
    const text = several ? `${isolated(shortened(end.series.label, room, 12))} ${end.text}` : end.text
    return [
      dot,
      ...(several ? [{ kind: 'rect' as const, x, y: end.labelY - 4, width: 7, height: 7, fill }] : []),
      { kind: 'text', x: several ? x + 11 : x, y: end.labelY + 4, text, size: 12, fill: resolve('var(--ink)') },
    ]
  })
}

function nothing({ input, frame, zone, resolve }: Plot): SheetMark[] {
  if (input.series.some((series) => series.points.some((point) => point.last !== null))) return []
  return [
    {
      kind: 'text',
      x: frame.left + (frame.width - frame.left - frame.right) / 2,
      y: frame.height / 2,
      text: `Nothing was recorded between ${fromToText(input, zone, 'and')}.`,
      size: 13,
      fill: resolve('var(--ink-2)'),
      anchor: 'middle',
    },
  ]
}

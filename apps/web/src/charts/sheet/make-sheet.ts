import { fromToText } from '../../ui/format-from-to.ts'
import { offsetText } from '../../ui/format-span.ts'
import { clockText, dayText, zoneAheadMs, zoneName } from '../../ui/format-time.ts'
import type { Zone } from '../../ui/format-time.ts'
import { shortText } from '../../ui/format-number.ts'
import type { ChartInput } from '../chart-model.ts'
import { hasBand } from '../gaps.ts'
import { isLabelled } from '../overlay.ts'
import { isolated, shortened, widthOf } from './fit-text.ts'
import { plotMarks } from './plot-marks.ts'
import type { Sheet, SheetMark } from './sheet-model.ts'

export type SheetAbout = {
  input: ChartInput
  /** The system's name. */
  system: string
  /** The chart in a sentence. */
  summary: string
  zone: Zone
  /** When it is made, epoch ms. */
  now: number
}

/** Gives the colour that a CSS colour stands for: paper knows no variables. */
export type Resolve = (color: string) => string

const WIDTH = 960
const PAD = 28
const PLOT_HEIGHT = 340
const SMALL = 13
const LEGEND = { columns: 3, row: 20 }

/** A chart on paper: what it is of, from when to when, its picture with every word in it, and when it was made. */
export function makeSheet(about: SheetAbout, resolve: Resolve): Sheet {
  const { input, system, zone } = about
  const color = (name: string): string => resolve(`var(--${name})`)
  const background = color('surface')
  const inner = WIDTH - 2 * PAD
  const times = timesText(input, zone)
  const text = (y: number, words: string, size: number, fill = color('ink-2'), bold = false): SheetMark => ({
    kind: 'text',
    x: PAD,
    y,
    text: shortened(words, inner, size),
    size,
    fill,
    bold,
  })
  const legend = isLabelled(input) ? [] : legendMarks(input, inner, resolve)
  const legendHeight = Math.ceil(legend.length / LEGEND.columns) * LEGEND.row
  const plotTop = 104
  const legendTop = plotTop + PLOT_HEIGHT + 12
  const foot = legendTop + legendHeight + 24
  return {
    width: WIDTH,
    height: foot + 18,
    title: `${input.title}, ${system}, ${times}`,
    background,
    marks: [
      text(PAD + 18, input.title, 20, color('ink'), true),
      text(PAD + 40, ofWhat(system, times, inner), SMALL),
      text(PAD + 60, about.summary, SMALL, color('ink')),
      {
        kind: 'group',
        x: PAD,
        y: plotTop,
        marks: plotMarks(input, { width: inner, height: PLOT_HEIGHT, zone, resolve }),
      },
      { kind: 'group', x: PAD, y: legendTop, marks: legend },
      text(foot, footText(about), 11),
    ],
  }
}

/** A long name gives way: without its times a picture says nothing. */
function ofWhat(system: string, times: string, width: number): string {
  const after = ` · ${times}`
  return `${isolated(shortened(system, width - widthOf(after, SMALL) - SMALL, SMALL))}${after}`
}

/** `Wed 25 Nov 2026, 09:00:00 to 12:00:00 (T+0:00:00 to T+3:00:00, Europe/Amsterdam)`: paper does not know its year. */
function timesText({ from, to, origin }: ChartInput, zone: Zone): string {
  const since = origin === undefined ? '' : `${offsetText(from - origin, true)} to ${offsetText(to - origin, true)}, `
  return `${fromToText({ from, to }, zone, 'to', dayAndYear)} (${since}${zoneName(zone)})`
}

function dayAndYear(ms: number, zone: Zone): string {
  return `${dayText(ms, zone)} ${new Date(ms + zoneAheadMs(ms, zone)).getUTCFullYear()}`
}

function footText({ input, now, zone }: SheetAbout): string {
  const band = input.series.some((series) => hasBand(series))
    ? ' · Bands reach from the least to the greatest value of a step.'
    : ''
  return `Headroom, made ${dayAndYear(now, zone)}, ${clockText(now, zone)}${band}`
}

function legendMarks(input: ChartInput, width: number, resolve: Resolve): SheetMark[] {
  const column = width / LEGEND.columns
  return input.series.map((series, index): SheetMark => {
    const last = series.points.at(-1)
    const value = last === undefined || last.last === null ? '–' : shortText(last.last, input.unit)
    return {
      kind: 'group',
      x: (index % LEGEND.columns) * column,
      y: Math.floor(index / LEGEND.columns) * LEGEND.row,
      marks: [
        { kind: 'path', d: 'M0 6h18', stroke: resolve(series.color), strokeWidth: 2, dash: series.dash },
        {
          kind: 'text',
          x: 24,
          y: 10,
          size: 12,
          fill: resolve('var(--ink)'),
          text: `${isolated(shortened(series.label, column - 40 - value.length * 7, 12))} ${value}`,
        },
      ],
    }
  })
}

import type { SystemView } from '@headroom/shared/model/system.ts'
import type { ChartInput } from '../../charts/chart-model.ts'
import { makeSheet } from '../../charts/sheet/make-sheet.ts'
import type { Sheet } from '../../charts/sheet/sheet-model.ts'
import { paintSheet } from '../../charts/sheet/paint-sheet.ts'
import { sheetSvg } from '../../charts/sheet/sheet-svg.ts'
import { summaryText } from '../../charts/summary.ts'
import type { Zone } from '../../ui/format-time.ts'
import { chartValues } from './chart-values.ts'
import type { MetricGroup } from './metric-groups.ts'

export type CopyForm = 'png' | 'svg' | 'csv'
export type CopyAbout = {
  input: ChartInput
  value: number | null
  group: MetricGroup
  system: SystemView
  zone: Zone
  now: number
}
/** What is taken along, and what is to be said about it. */
export type ChartFile = { blob: Blob; name: string; words: string }

/** Twice as fine as the screen's own pixels, so that it stays sharp on paper. */
const DENSITY = 2
const TIMEOUT_MS = 30_000

/** A chart as a file. It fails with an error that says why, as when the collector does not answer. */
export async function chartFile(about: CopyAbout, form: CopyForm): Promise<ChartFile> {
  const name = fileName(about, form)
  switch (form) {
    case 'png':
      return { name, blob: await picture(sheetOf(about)), words: 'picture' }
    case 'svg':
      return { name, blob: new Blob([sheetSvg(sheetOf(about))], { type: 'image/svg+xml' }), words: 'drawing' }
    case 'csv': {
      const { from, to } = about.input
      const asked = { group: about.group, system: about.system, from, to }
      const { csv, words } = await chartValues(asked, AbortSignal.timeout(TIMEOUT_MS))
      return { name, blob: new Blob([csv], { type: 'text/csv' }), words: `values: ${words}` }
    }
  }
}

/** The sheet in the colours that the page shows now. */
function sheetOf({ input, value, group, system, zone, now }: CopyAbout): Sheet {
  const style = getComputedStyle(document.documentElement)
  const resolve = (color: string): string =>
    color.replaceAll(/var\((--[\w-]+)\)/g, (_, name: string) => style.getPropertyValue(name).trim())
  return makeSheet(
    { input, system: system.name, summary: summaryText(input, value, group.series.length), zone, now },
    resolve,
  )
}

async function picture(sheet: Sheet): Promise<Blob> {
  const canvas = document.createElement('canvas')
  paintSheet(canvas, sheet, DENSITY)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (blob === null) throw new Error('this browser could not make the picture')
  return blob
}

/** `captions-memory.used_percent-2026-11-25T0900Z.png` */
function fileName({ system, group, input }: CopyAbout, form: CopyForm): string {
  const at = new Date(input.from).toISOString().slice(0, 16).replace(':', '')
  return `${system.id}-${group.key.replaceAll(/[^\w.-]+/g, '-')}-${at}Z.${form}`
}

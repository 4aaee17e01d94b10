import { browserClock } from '../../data/clock.ts'
import type { ChartFile, CopyForm } from './copy-chart.ts'

/** As what it lies on the clipboard: only pictures are pasted as such everywhere. */
const CLIPBOARD_TYPES: Record<CopyForm, string> = { png: 'image/png', svg: 'text/plain', csv: 'text/plain' }

/**
 * Puts a file on the clipboard, and says so; where the page has none (it is not https, nor this machine) the file is
 * saved. The clipboard is asked at once, because a browser grants it only to a click that was just made.
 */
export async function takeChart(
  made: Promise<ChartFile>,
  form: CopyForm,
  where: 'clipboard' | 'file',
): Promise<string> {
  if (where === 'file') return `Saved ${save(await made)}`
  // Typed as always there, which it is not over plain http from elsewhere.
  if (!('clipboard' in navigator) || typeof ClipboardItem === 'undefined')
    return `Saved ${save(await made)}: over plain http a page has no clipboard`
  const type = CLIPBOARD_TYPES[form]
  const content = made.then(({ blob }) => new Blob([blob], { type }))
  const [file] = await Promise.all([made, navigator.clipboard.write([new ClipboardItem({ [type]: content })])])
  return `Copied ${file.words}`
}

/** Hands a file to the browser, which keeps it where it keeps downloads; gives its name. */
function save({ blob, name }: ChartFile): string {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Some browsers read it only after this.
  browserClock.after(60_000, () => URL.revokeObjectURL(url))
  return name
}

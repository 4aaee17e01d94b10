import type { Clock } from '../data/clock.ts'
import { setPrinting } from '../ui/printing.ts'

/** Charts are drawn one after the other: the page is whole once nothing was added to it for so long. */
const STILL_MS = 400
const LONGEST_MS = 5_000

/** Lays the page out as wide as paper is, draws what is out of sight too, then opens the browser's print dialog. */
export function printPage(clock: Clock, page: Document = document, view: Window = window): void {
  page.documentElement.dataset['paper'] = ''
  setPrinting(true)
  const deadline = clock.monotonic() + LONGEST_MS
  let cancel = (): void => undefined
  const wait = (): void => {
    cancel()
    cancel = clock.after(Math.min(STILL_MS, Math.max(0, deadline - clock.monotonic())), print)
  }
  const observer = new MutationObserver((changes) => {
    if (changes.some(({ addedNodes }) => addedNodes.length > 0)) wait()
  })
  const print = (): void => {
    observer.disconnect()
    view.print()
  }
  observer.observe(page.body, { childList: true, subtree: true })
  wait()
}

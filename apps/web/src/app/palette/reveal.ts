import type { Clock } from '../../data/clock.ts'

/** A screen that is only now loaded may take a moment to show its parts. */
const PATIENCE_MS = 5_000

/** Scrolls to the first element that matches, as soon as it is there, opens it if it is folded, and gives it the focus. */
export function reveal(selector: string, clock: Clock, page: Document = document): void {
  const show = (): boolean => {
    const element = page.querySelector<HTMLElement>(selector)
    if (element === null) return false
    const details = element.querySelector('details')
    if (details !== null) details.open = true
    element.scrollIntoView({ block: 'center' })
    const target = element.querySelector<HTMLElement>('summary, a[href], button, [tabindex="0"]') ?? element
    target.focus({ preventScroll: true })
    return true
  }
  if (show()) return
  const observer = new MutationObserver(() => {
    if (show()) stop()
  })
  const giveUp = clock.after(PATIENCE_MS, () => observer.disconnect())
  const stop = (): void => {
    observer.disconnect()
    giveUp()
  }
  observer.observe(page.body, { childList: true, subtree: true })
}

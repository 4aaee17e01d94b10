import type { Clock } from '../../data/clock.ts'

/** A screen that is only now loaded may take a moment to show its parts. */
const PATIENCE_MS = 5_000

/**
 * Scrolls to the first element that matches, as soon as it is there, opens it if it is folded, and gives it the focus.
 * `folds` matches what it may be folded away in, unmade: that is opened where the element is not there otherwise.
 */
export function reveal(selector: string, clock: Clock, folds?: string, page: Document = document): void {
  const look = (): boolean => {
    const element = page.querySelector<HTMLElement>(selector)
    if (element !== null) show(element)
    else if (folds !== undefined) open(page.querySelector(folds))
    return element !== null
  }
  if (look()) return
  const observer = new MutationObserver(() => {
    if (look()) stop()
  })
  const giveUp = clock.after(PATIENCE_MS, () => observer.disconnect())
  const stop = (): void => {
    observer.disconnect()
    giveUp()
  }
  observer.observe(page.body, { childList: true, subtree: true })
}

function show(element: HTMLElement): void {
  const details = element.querySelector('details') ?? element.closest('details')
  open(details)
  element.scrollIntoView({ block: 'center' })
  const inside = (details ?? element).querySelector<HTMLElement>('summary, a[href], button, [tabindex="0"]')
  const target = inside ?? element
  target.focus({ preventScroll: true })
}

function open(details: Element | null): void {
  if (details instanceof HTMLDetailsElement) details.open = true
}

import type { Clock } from '../../data/clock.ts'

/** What is to be shown: `selector` matches it, and `folds` what it may be folded away in, unmade. */
type Wanted = { selector: string; folds?: string }

/** A screen that is only now loaded takes its time where the way is long; who waits longer has gone. */
const PATIENCE_MS = 30_000
/** Whoever does something meanwhile is no longer waiting to be led. */
const GOES_ON = ['keydown', 'pointerdown', 'wheel', 'touchmove', 'popstate']

let last = new AbortController()

/**
 * Once one has arrived: scrolls to the first element that matches, as soon as it is there, opens it if it is folded, and
 * gives it the focus. Given up when something else is to be shown, or when somebody goes on by themselves.
 * @param arrived resolves when the screen has been shown and has taken focus and scroll position for itself
 */
export function reveal(wanted: Wanted, arrived: Promise<void>, clock: Clock, page: Document = document): void {
  last.abort()
  const over = new AbortController()
  last = over
  const { signal } = over
  signal.addEventListener(
    'abort',
    clock.after(PATIENCE_MS, () => over.abort()),
  )
  for (const kind of GOES_ON) page.defaultView?.addEventListener(kind, goneOn(over), { signal, capture: true })
  void arrived.then(() => {
    if (!signal.aborted) showWhenThere(wanted, over, page)
  })
}

/** Ends it; but a key that is still held down is the one that it was asked for with. */
function goneOn(over: AbortController): (event: Event) => void {
  return (event) => {
    if (!(event instanceof KeyboardEvent && event.repeat)) over.abort()
  }
}

function showWhenThere({ selector, folds }: Wanted, over: AbortController, page: Document): void {
  const look = (): void => {
    const element = page.querySelector<HTMLElement>(selector)
    if (element === null) {
      if (folds !== undefined) open(page.querySelector(folds))
      return
    }
    show(element)
    over.abort()
  }
  const observer = new MutationObserver(look)
  over.signal.addEventListener('abort', () => observer.disconnect())
  observer.observe(page.body, { childList: true, subtree: true })
  look()
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

import type { Clock } from '../data/clock.ts'

/** What a part of the page is known by to those who listen: a place where one can go on. */
const PLACE = '[role="group"], [role="region"], article, dialog, fieldset, form, main, nav, search, section'

/**
 * The focus never falls off the page: where what held it is gone and nothing else has taken it, the nearest part around
 * the gap takes it, so that the keyboard and the reading voice go on from there and not from the top.
 */
export function keepFocus(page: Document, clock: Clock, signal: AbortSignal): void {
  /** The one that holds it and the parts it stands in, the nearest first. */
  let holder: { element: Element; places: readonly HTMLElement[] } | undefined
  const isLost = (): boolean =>
    holder !== undefined && !holder.element.isConnected && (page.activeElement ?? page.body) === page.body
  const settle = (): void => {
    if (signal.aborted || !isLost()) return
    const place = holder?.places.find((each) => each.isConnected) ?? page.querySelector<HTMLElement>('main')
    holder = undefined
    if (place !== null && place !== undefined) stand(place)
  }
  page.addEventListener(
    'focusin',
    ({ target }) => {
      if (target instanceof HTMLElement) holder = { element: target, places: placesOf(target) }
    },
    { signal },
  )
  page.addEventListener(
    'focusout',
    ({ target }) =>
      // One that is about to be removed is told so too, and is gone when that is done.
      queueMicrotask(() => {
        if (target === holder?.element && holder?.element.isConnected && page.activeElement !== target)
          holder = undefined
      }),
    { signal },
  )
  const observer = new MutationObserver(() => {
    // Whoever took it away may give it to something else, by the next frame.
    if (isLost()) clock.nextFrame(settle)
  })
  observer.observe(page.body, { childList: true, subtree: true })
  signal.addEventListener('abort', () => observer.disconnect())
}

function placesOf(element: HTMLElement): HTMLElement[] {
  const place = element.parentElement?.closest<HTMLElement>(PLACE) ?? undefined
  return place === undefined ? [] : [place, ...placesOf(place)]
}

/** Gives the focus to what cannot be reached by Tab, for as long as it stays there. */
function stand(place: HTMLElement): void {
  if (!place.hasAttribute('tabindex')) {
    place.tabIndex = -1
    place.addEventListener('blur', () => place.removeAttribute('tabindex'), { once: true })
  }
  place.focus({ preventScroll: true })
}

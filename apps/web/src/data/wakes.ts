import type { Clock } from './clock.ts'

/** Tells when the page may have been away: `awayMs` is for how long nothing ran or nobody looked, 0 where that is not known. */
export type Wakes = (onWake: (awayMs: number) => void) => () => void

const BEAT_MS = 5_000
/** A beat this late is no hiccup: the machine slept, or the page was frozen. */
const LATE_MS = 10_000
/** The beats of a hidden page come once a minute. */
const HIDDEN_LATE_MS = 90_000
/** The two clocks of the browser no longer agree: the time of day was set. */
const SET_MS = 1_000

/** Everything by which a browser says that a page is back; and, as a laptop's sleep says nothing, a beat that comes late. */
export function browserWakes(clock: Clock, page: Document = document, view: Window = window): Wakes {
  return (onWake) => {
    const events = new AbortController()
    const { signal } = events
    let hiddenAt = page.hidden ? clock.now() : undefined
    const changed = (): void => {
      if (page.hidden) {
        hiddenAt ??= clock.now()
        return
      }
      const away = hiddenAt === undefined ? 0 : clock.now() - hiddenAt
      hiddenAt = undefined
      onWake(away)
    }
    page.addEventListener('visibilitychange', changed, { signal })
    page.addEventListener('resume', () => onWake(0), { signal })
    view.addEventListener('online', () => onWake(0), { signal })
    view.addEventListener('pageshow', (event) => event.persisted && onWake(0), { signal })
    const stop = watchBeat(clock, (lateMs, wasSet) => {
      if (lateMs > (page.hidden ? HIDDEN_LATE_MS : LATE_MS)) onWake(lateMs)
      else if (wasSet) onWake(0)
    })
    return () => {
      events.abort()
      stop()
    }
  }
}

/** Calls every few seconds with how late it is, by whichever clock went further, and whether the two clocks parted. */
export function watchBeat(clock: Clock, onBeat: (lateMs: number, wasSet: boolean) => void): () => void {
  let cancel = (): void => undefined
  const wait = (): void => {
    const day = clock.now()
    const monotonic = clock.monotonic()
    cancel = clock.after(BEAT_MS, () => {
      const byDay = clock.now() - day
      const byMonotonic = clock.monotonic() - monotonic
      onBeat(Math.max(byDay, byMonotonic) - BEAT_MS, Math.abs(byDay - byMonotonic) > SET_MS)
      wait()
    })
  }
  wait()
  return () => cancel()
}

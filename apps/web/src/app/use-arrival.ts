import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { RefObject } from 'react'

/**
 * A new screen takes the focus once it stands there, as a loaded page would; one that is there to be typed into, with
 * its field. Until then the focus stays where it was: on what led away.
 */
export function useArrival(screen: RefObject<HTMLElement | null>): void {
  const router = useRouter()
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation, toLocation }) => {
        if (fromLocation === undefined || screenAt(fromLocation) === screenAt(toLocation)) return
        const field = screen.current?.querySelector<HTMLElement>('[data-takes-focus="true"]')
        ;(field ?? screen.current)?.focus({ preventScroll: true })
      }),
    [router, screen],
  )
}

type Location = { pathname: string; search: object }

/** Which screen an address leads to. The form of each kind of source is one of its own; a filter or a range is not. */
function screenAt({ pathname, search }: Location): string {
  return 'kind' in search ? `${pathname} ${String(search.kind)}` : pathname
}

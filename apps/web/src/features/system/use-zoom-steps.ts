import { useLocation, useNavigate, useRouter } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { ViewTime } from './view.ts'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** How many zooms lie before this entry, one entry each. */
    zoom?: number
  }
}

export type ZoomSteps = {
  depth: number
  /** Another window in place of this one: not a step, nothing to go back to. */
  choose: (next: ViewTime) => void
  /** A part of this window (or more than it) as a step of its own in the browser's history. */
  zoom: (from: number, to: number) => void
  /** Takes the last step back; without one it does nothing. */
  back: () => void
}

/** The window lives in the address, and each zoom in the history: the browser's own back button takes it back too. */
export function useZoomSteps(systemId: string): ZoomSteps {
  const navigate = useNavigate()
  const router = useRouter()
  const depth = useLocation({ select: (location) => location.state.zoom ?? 0 })
  return useMemo(() => {
    const to = { to: '/systems/$systemId', params: { systemId }, resetScroll: false } as const
    return {
      depth,
      choose: (next) =>
        void navigate({ ...to, search: (held) => ({ ...next, all: held.all }), replace: true, state: { zoom: 0 } }),
      zoom: (from, until) =>
        void navigate({
          ...to,
          search: ({ all, range, event }) => ({ all, range, event, from: Math.round(from), to: Math.round(until) }),
          state: { zoom: depth + 1 },
        }),
      back: () => {
        if (depth > 0) router.history.back()
      },
    }
  }, [navigate, router, depth, systemId])
}

import { useContext, useEffect, useRef } from 'react'
import type { MouseEvent, PointerEvent } from 'react'
import { HoverContext } from './hover.ts'
import { LEAST_MS, selectedSpan } from './zoom-span.ts'
import type { Span } from './zoom-span.ts'
import { ZoomContext } from './zoom.ts'

/** A drag is one from here on; less is a click with an unsteady hand. */
const DRAG_PX = 6

type Handlers = {
  onPointerDown: (event: PointerEvent<HTMLElement>) => void
  onPointerMove: (event: PointerEvent<HTMLElement>) => void
  onPointerUp: (event: PointerEvent<HTMLElement>) => void
  onPointerCancel: () => void
  onPointerLeave: (event: PointerEvent<HTMLElement>) => void
  onDoubleClick: (event: MouseEvent<HTMLElement>) => void
}
type Press = { x: number; t: number; dragging: boolean }

/**
 * What a pointer does on a time axis: it points at a moment; dragged sideways it chooses a span, which is shown when it
 * is let go; a double click goes back. Escape gives a drag up. Up and down a finger scrolls the page, as everywhere.
 */
export function usePointing(chart: string, window: Span, timeAt: (x: number) => number): Handlers {
  const hover = useContext(HoverContext)
  const zoom = useContext(ZoomContext)
  const press = useRef<Press | null>(null)
  const release = useRef<(() => void) | null>(null)
  useEffect(() => () => release.current?.(), [])

  const timeOf = (event: PointerEvent<HTMLElement>): number =>
    timeAt(event.clientX - event.currentTarget.getBoundingClientRect().left)
  const end = (): void => {
    press.current = null
    release.current?.()
    release.current = null
    zoom?.selection.set(null)
  }
  const startDrag = (event: PointerEvent<HTMLElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId)
    const onKey = (key: KeyboardEvent): void => {
      if (key.key === 'Escape') end()
    }
    globalThis.addEventListener('keydown', onKey)
    release.current = () => globalThis.removeEventListener('keydown', onKey)
  }
  return {
    onPointerDown(event) {
      const t = timeOf(event)
      if (event.pointerType === 'touch') hover.set({ t, chart })
      if (event.button === 0 && event.isPrimary) press.current = { x: event.clientX, t, dragging: false }
    },
    onPointerMove(event) {
      const t = timeOf(event)
      hover.set(t < window.from || t > window.to ? null : { t, chart })
      const held = press.current
      if (held === null || zoom === null) return
      if (!held.dragging && Math.abs(event.clientX - held.x) < DRAG_PX) return
      if (!held.dragging) startDrag(event)
      held.dragging = true
      const { from, to } = selectedSpan({ anchor: held.t, end: t }, window)
      zoom.selection.set(t < held.t ? { anchor: to, end: from, chart } : { anchor: from, end: to, chart })
    },
    onPointerUp() {
      const chosen = zoom?.selection.get() ?? null
      const dragged = press.current?.dragging === true
      end()
      if (!dragged || chosen === null) return
      const { from, to } = selectedSpan(chosen, window)
      if (to - from >= LEAST_MS) zoom?.show(from, to)
    },
    onPointerCancel: end,
    onPointerLeave(event) {
      // What a finger pointed at stays to be read.
      if (event.pointerType !== 'touch' && press.current?.dragging !== true) hover.set(null)
    },
    onDoubleClick(event) {
      event.preventDefault()
      zoom?.back()
    },
  }
}

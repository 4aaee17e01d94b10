import { useCallback, useEffect, useRef, useState } from 'react'
import type { FocusEvent, HTMLAttributes, PointerEvent } from 'react'
import { useServerStep, useTimelineStore } from '../../data/use-timeline.ts'
import { NOT_LOOKING, isLooking } from './looking.ts'
import type { Looking } from './looking.ts'

const LOOK_AGAIN_MS = 2_000

type Handlers = Pick<
  HTMLAttributes<HTMLElement>,
  'onPointerMove' | 'onPointerDown' | 'onPointerLeave' | 'onFocus' | 'onBlur' | 'onKeyDownCapture' | 'onWheel'
>

/** Whether somebody looks at an element: pointer or focus are in it and not idle, or a finger has just been. */
export function useLooking(): { looking: boolean; letGo: () => void; handlers: Handlers } {
  const timeline = useTimelineStore()
  const known = useRef<Looking>(NOT_LOOKING)
  const [looking, setLooking] = useState(false)
  // While somebody looks, it is asked again now and then whether they still do.
  const step = useServerStep(looking ? LOOK_AGAIN_MS : Number.MAX_SAFE_INTEGER)
  const note = useCallback(
    (change: Partial<Looking>) => {
      known.current = { ...known.current, ...change }
      setLooking(isLooking(known.current, timeline.serverNow()))
    },
    [timeline],
  )
  useEffect(() => {
    if (step > 0 && !isLooking(known.current, step)) setLooking(false)
  }, [step])
  const now = (): number => timeline.serverNow()
  const byPointer = (event: PointerEvent): void =>
    note(event.pointerType === 'touch' ? { touchedAt: now() } : { pointer: true, movedAt: now() })
  return {
    looking,
    letGo: () => note(NOT_LOOKING),
    handlers: {
      onPointerMove: byPointer,
      onPointerDown: byPointer,
      onPointerLeave: (event) => note(event.pointerType === 'touch' ? {} : { pointer: false }),
      onFocus: () => note({ focus: true, movedAt: now() }),
      onBlur: (event: FocusEvent<HTMLElement>) =>
        event.currentTarget.contains(event.relatedTarget) ? undefined : note({ focus: false }),
      onKeyDownCapture: () => note({ movedAt: now() }),
      onWheel: () => note({ movedAt: now() }),
    },
  }
}

import { useState } from 'react'
import type { KeyboardEvent } from 'react'

const PAGE = 8

export type Listbox = {
  /** The place of the option that Enter would take. */
  active: number
  move: (to: number) => void
  onKeyDown: (event: KeyboardEvent) => void
}

/** The keys of a combobox's list: arrows, page up and down, home and end with Ctrl, Enter. */
export function useListbox(count: number, onChoose: (index: number) => void): Listbox {
  const [wanted, setWanted] = useState(0)
  const active = Math.min(wanted, Math.max(0, count - 1))
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || count === 0) return
    const to = nextPlace(event, active, count)
    if (event.key === 'Enter') onChoose(active)
    else if (to === undefined) return
    else setWanted(to)
    event.preventDefault()
  }
  return { active, move: setWanted, onKeyDown }
}

function nextPlace(event: KeyboardEvent, active: number, count: number): number | undefined {
  switch (event.key) {
    case 'ArrowDown':
      return (active + 1) % count
    case 'ArrowUp':
      return (active - 1 + count) % count
    case 'PageDown':
      return Math.min(count - 1, active + PAGE)
    case 'PageUp':
      return Math.max(0, active - PAGE)
    // Without Ctrl they move within what is typed.
    case 'Home':
      return event.ctrlKey ? 0 : undefined
    case 'End':
      return event.ctrlKey ? count - 1 : undefined
    default:
      return undefined
  }
}

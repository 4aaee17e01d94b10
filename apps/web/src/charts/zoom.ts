import { createContext, useContext } from 'react'
import { createCell, useCell } from './cell.ts'
import type { Cell } from './cell.ts'

/** A span of time that is being chosen, from where it began to where it is now; `chart` is where that happens. */
export type Selection = { anchor: number; end: number; chart: string } | null

/** What a chart may ask of its page; the window belongs to the page, because all charts share it. */
export type Zoom = {
  selection: Cell<Selection>
  /** Shows only this span, on every chart. */
  show: (from: number, to: number) => void
  /** To the window before the last zoom; where there is none, to a wider one. */
  back: () => void
}

const none: Cell<Selection> = createCell<Selection>(null)

/** Null where a chart cannot be zoomed. */
export const ZoomContext = createContext<Zoom | null>(null)

export function useSelection(): Selection {
  return useCell(useContext(ZoomContext)?.selection ?? none, (selection) => selection)
}

import { createContext, useContext } from 'react'
import { createCell, useCell } from './cell.ts'
import type { Cell } from './cell.ts'

/** The one moment that is pointed at, shared by all charts of a page; `chart` is where the pointer is. */
export type HoverPoint = { t: number; chart: string } | null

export function createHover(): Cell<HoverPoint> {
  return createCell<HoverPoint>(null)
}

export const HoverContext = createContext<Cell<HoverPoint>>(createHover())

export function useHover(): HoverPoint {
  return useCell(useContext(HoverContext), (point) => point)
}

/** Only while it is this chart that is pointed at. */
export function useOwnHover(chart: string): HoverPoint {
  return useCell(useContext(HoverContext), (point) => (point?.chart === chart ? point : null))
}

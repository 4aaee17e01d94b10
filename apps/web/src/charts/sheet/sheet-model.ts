/** What a chart looks like on paper, as plain figures: both the drawing (SVG) and the picture (PNG) are made of it. */
export type SheetMark =
  | {
      kind: 'path'
      d: string
      stroke?: string
      strokeWidth?: number
      dash?: string | undefined
      fill?: string
      opacity?: number
    }
  | { kind: 'rect'; x: number; y: number; width: number; height: number; fill: string; opacity?: number }
  | {
      kind: 'text'
      x: number
      y: number
      text: string
      size: number
      fill: string
      anchor?: 'start' | 'middle' | 'end'
      bold?: boolean
      /** A rim in this colour keeps words readable on lines. */
      rim?: string
    }
  | { kind: 'group'; x: number; y: number; scale?: number; marks: SheetMark[] }

/** In pixels. `title` is its name for who cannot see it. */
export type Sheet = { width: number; height: number; title: string; background: string; marks: SheetMark[] }

export const SHEET_FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif'

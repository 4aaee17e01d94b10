import { SHEET_FONT } from './sheet-model.ts'
import type { Sheet, SheetMark } from './sheet-model.ts'

/**
 * Paints a sheet on a canvas, `density` pixels of it for one of the sheet's. The page's policy lets no drawing be loaded
 * as a picture (neither data: nor blob:), so it is painted mark by mark.
 */
export function paintSheet(canvas: HTMLCanvasElement, sheet: Sheet, density: number): void {
  canvas.width = Math.round(sheet.width * density)
  canvas.height = Math.round(sheet.height * density)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('this browser has no memory left for a picture')
  context.scale(density, density)
  context.fillStyle = sheet.background
  context.fillRect(0, 0, sheet.width, sheet.height)
  for (const mark of sheet.marks) paint(context, mark)
}

function paint(context: CanvasRenderingContext2D, mark: SheetMark): void {
  context.save()
  if ('opacity' in mark) context.globalAlpha = mark.opacity ?? 1
  switch (mark.kind) {
    case 'path':
      paintPath(context, mark)
      break
    case 'rect':
      context.fillStyle = mark.fill
      context.fillRect(mark.x, mark.y, mark.width, mark.height)
      break
    case 'text':
      paintText(context, mark)
      break
    case 'group':
      context.translate(mark.x, mark.y)
      context.scale(mark.scale ?? 1, mark.scale ?? 1)
      for (const part of mark.marks) paint(context, part)
      break
  }
  context.restore()
}

function paintPath(context: CanvasRenderingContext2D, mark: Extract<SheetMark, { kind: 'path' }>): void {
  const path = new Path2D(mark.d)
  if (mark.fill !== undefined) {
    context.fillStyle = mark.fill
    // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas is no array
    context.fill(path)
  }
  if (mark.stroke === undefined) return
  context.strokeStyle = mark.stroke
  context.lineWidth = mark.strokeWidth ?? 1
  context.lineJoin = 'round'
  context.lineCap = mark.dash === undefined ? 'round' : 'butt'
  context.setLineDash(mark.dash?.split(' ').map(Number) ?? [])
  context.stroke(path)
}

function paintText(context: CanvasRenderingContext2D, mark: Extract<SheetMark, { kind: 'text' }>): void {
  context.font = `${mark.bold === true ? '600 ' : ''}${mark.size}px ${SHEET_FONT}`
  context.textAlign = mark.anchor === 'middle' ? 'center' : mark.anchor === 'end' ? 'right' : 'left'
  context.direction = 'ltr'
  if (mark.rim !== undefined) {
    context.strokeStyle = mark.rim
    context.lineWidth = 3
    context.lineJoin = 'round'
    context.strokeText(mark.text, mark.x, mark.y)
  }
  context.fillStyle = mark.fill
  context.fillText(mark.text, mark.x, mark.y)
}

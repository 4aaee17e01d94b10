import { SHEET_FONT } from './sheet-model.ts'
import type { Sheet, SheetMark } from './sheet-model.ts'

/** A sheet as an SVG document that stands alone: no style sheet, no variable, no address. */
export function sheetSvg({ width, height, title, background, marks }: Sheet): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${escaped(SHEET_FONT)}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${escaped(background)}"/>`,
    ...marks.map(element),
    '</svg>',
    '',
  ].join('\n')
}

function element(mark: SheetMark): string {
  switch (mark.kind) {
    case 'path': {
      const { d, stroke, strokeWidth = 1, dash, fill = 'none', opacity } = mark
      const line = stroke === undefined ? {} : { stroke, 'stroke-width': strokeWidth, 'stroke-dasharray': dash }
      const ends =
        stroke === undefined
          ? {}
          : { 'stroke-linejoin': 'round', 'stroke-linecap': dash === undefined ? 'round' : 'butt' }
      return `<path${attributes({ d, fill, ...line, ...ends, opacity })}/>`
    }
    case 'rect': {
      const { x, y, width, height, fill, opacity } = mark
      return `<rect${attributes({ x, y, width, height, fill, opacity })}/>`
    }
    case 'text': {
      const { x, y, text, size, fill, anchor, bold, rim } = mark
      const around =
        rim === undefined ? {} : { stroke: rim, 'stroke-width': 3, 'stroke-linejoin': 'round', 'paint-order': 'stroke' }
      const weight = bold === true ? 600 : undefined
      return `<text${attributes({ x, y, 'font-size': size, 'font-weight': weight, fill, 'text-anchor': anchor, ...around })}>${escaped(text)}</text>`
    }
    case 'group': {
      const scale = mark.scale === undefined ? '' : ` scale(${mark.scale})`
      return `<g transform="translate(${mark.x} ${mark.y})${scale}">${mark.marks.map(element).join('')}</g>`
    }
  }
}

function attributes(all: Record<string, string | number | undefined>): string {
  return Object.entries(all)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('')
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text for XML; what XML cannot hold at all is left out. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign] ?? '')
}

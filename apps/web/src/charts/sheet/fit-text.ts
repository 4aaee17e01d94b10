/** A usual figure is about so wide, in parts of its size; wide scripts take twice that. */
const USUAL = 0.56
const WIDE = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60\u{1f000}-\u{1faff}]/u

const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** About how wide a text is, in pixels. */
export function widthOf(text: string, size: number): number {
  return [...segments.segment(text)].reduce((sum, { segment }) => sum + figure(segment, size), 0)
}

/** The text, or as much of its beginning as fits. */
export function shortened(text: string, width: number, size: number): string {
  if (widthOf(text, size) <= width) return text
  let room = width - figure('…', size)
  let kept = ''
  for (const { segment } of segments.segment(text)) {
    room -= figure(segment, size)
    if (room < 0) break
    kept += segment
  }
  return `${kept.trimEnd()}…`
}

/** A name among other words: one that is written from the right must not turn them around. */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`
}

function figure(segment: string, size: number): number {
  return size * (WIDE.test(segment) ? 2 * USUAL : USUAL)
}

/**
 * JSON that was cut off, made whole again: what is incomplete at the end goes, and what is open is closed. Text that is no
 * JSON stays none.
 */
export function closeJson(text: string): string {
  const open: string[] = []
  /** How far the text is whole, and what would have to be closed there. */
  let whole = { end: 0, closing: '' }
  let inString = false
  for (let index = 0; index < text.length; index++) {
    const char = text[index]
    if (inString) {
      if (char === '\\') index++
      else if (char === '"') inString = false
    } else if (char === '"') inString = true
    else if (char === '{' || char === '[') {
      open.unshift(char === '{' ? '}' : ']')
      whole = { end: index + 1, closing: open.join('') }
    } else if (char === '}' || char === ']') {
      open.shift()
      whole = { end: index + 1, closing: open.join('') }
    } else if (char === ',') whole = { end: index, closing: open.join('') }
  }
  return text.slice(0, whole.end) + whole.closing
}

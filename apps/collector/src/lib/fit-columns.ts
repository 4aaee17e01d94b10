/** Between two columns. */
const GAP = '  '

export type Column = {
  /** It is never made narrower than this, nor than its longest cell where that is shorter. */
  least: number
}

/**
 * Rows as aligned columns within so many characters, each line ended by a line feed. Where they do not fit, the first
 * columns give way first, each down to its least; what is too long for its column loses its middle, since names differ
 * at both ends. The last column takes what is left.
 */
export function fitColumns(rows: readonly (readonly string[])[], columns: readonly Column[], width: number): string {
  const natural = columns.map((_, index) => Math.max(0, ...rows.map((row) => row[index]?.length ?? 0)))
  let excess = natural.reduce((sum, one) => sum + one, 0) + GAP.length * (columns.length - 1) - width
  const widths = natural.map((wanted, index) => {
    const given = Math.min(wanted, Math.max(columns[index]?.least ?? 0, wanted - Math.max(0, excess)))
    excess -= wanted - given
    return given
  })
  const line = (row: readonly string[]): string =>
    row.map((cell, index) => shorten(cell, widths[index] ?? 0).padEnd(widths[index] ?? 0)).join(GAP)
  return rows.map((row) => `${line(row).trimEnd()}\n`).join('')
}

/** The text with its middle left out where it is longer than that. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text
  const head = Math.ceil((length - 1) / 2)
  return `${text.slice(0, head)}…${text.slice(text.length - (length - 1 - head))}`
}

/** Words in lines of at most so many characters, each after the indent; a word that is longer has a line of its own. */
export function wrapWords(text: string, width: number, indent: string): string {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(`${indent}${word}`)
  }
  return lines.map((line) => `${line}\n`).join('')
}

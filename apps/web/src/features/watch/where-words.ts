/** Where lines belong in a file that is there already or that somebody has to make. */
export function whereWords(path: string, lines: string): string {
  const whole = lines.startsWith('systems:')
  return whole
    ? `These lines go into \`${path}\`, in place of an empty \`systems:\` if it has one. Saving is enough: the page follows by itself.`
    : `Add them under \`systems:\` in \`${path}\`. Saving is enough: the page follows by itself.`
}

/** A place in a document: keys and list positions from the top. */
export type Path = readonly (string | number)[]

/** Something wrong, or worth saying, at a place in headroom.yaml. */
export type Problem = {
  line: number
  column: number
  /** `systems[0].sources[1].every`; empty for the document as a whole. */
  path: string
  message: string
  /** What to do about it. */
  hint?: string
}

/** A problem before its line is known. `key` is set where the key itself is wrong, not its value. */
export type Finding = { path: Path; key?: string; message: string; hint?: string | undefined }

/** Writes a path as people do: `systems[0].sources[1].every`, `limits["sessions.tested"]`. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    if (!/^[A-Za-z_][\w-]*$/.test(part)) return `${text}[${JSON.stringify(part)}]`
    return text === '' ? part : `${text}.${part}`
  }, '')
}

/** One line: `headroom.yaml:12:7  systems[0].sources[1].evry: unknown key; did you mean "every"?` */
export function formatProblem(file: string, problem: Problem): string {
  const where = problem.path === '' ? '' : `${problem.path}: `
  const hint = problem.hint === undefined ? '' : `; ${problem.hint}`
  return `${file}:${problem.line}:${problem.column}  ${where}${problem.message}${hint}`.replaceAll(/\s*\n\s*/g, ' ')
}

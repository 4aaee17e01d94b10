import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
} from 'yaml'
import { formatPath, type Finding, type Path, type Problem } from './problem.ts'
import { substitute } from './substitute.ts'

/** A configuration is written by hand; a file past this is something else. */
export const MAX_BYTES = 1024 * 1024
/** Aliases may repeat a piece now and then; a file that grows by them is an attack or an accident. */
const MAX_ALIASES = 100

export type ParsedYaml = {
  /** The content as plain data, or undefined where the text is too broken to say. */
  value: unknown
  readable: boolean
  problems: Problem[]
  /** Values that came from the environment. */
  fromEnvironment: string[]
  /** Gives a finding its line and column. */
  place(finding: Finding): Problem
}

/** Reads YAML into plain data that remembers where each value stood. Never throws for what the text holds. */
export function parseYaml(text: string, lookup: (name: string) => string | undefined): ParsedYaml {
  if (Buffer.byteLength(text) > MAX_BYTES)
    return refused('the file is larger than 1 MiB', 'a configuration is a few hundred lines at most')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  const place = placing(document, lines)
  const syntax = syntaxProblems(document, lines, text)
  if (document.errors.some((error) => error.code !== 'DUPLICATE_KEY')) {
    return { value: undefined, readable: false, problems: syntax, fromEnvironment: [], place }
  }
  const substitution = substitute(document, lookup)
  const missing = substitution.problems.map(({ node, message, hint }) => ({
    ...position(lines, node.range?.[0] ?? 0),
    path: formatPath(pathAt(document, node.range?.[0] ?? 0)),
    message,
    ...(hint === undefined ? {} : { hint }),
  }))
  const known = { problems: [...syntax, ...missing], fromEnvironment: substitution.values, place }
  try {
    return { ...known, value: document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown, readable: true }
  } catch (error) {
    const message = error instanceof ReferenceError ? aliasMessage(error.message) : 'the file cannot be read as YAML'
    return {
      ...known,
      value: undefined,
      readable: false,
      problems: [...known.problems, { line: 1, column: 1, path: '', message }],
    }
  }
}

function aliasMessage(message: string): string {
  return message.includes('Excessive')
    ? 'too many aliases: the file would grow without end when they are filled in'
    : message
}

function refused(message: string, hint: string): ParsedYaml {
  const problem = { line: 1, column: 1, path: '', message, hint }
  return { value: undefined, readable: false, problems: [problem], fromEnvironment: [], place: () => problem }
}

function syntaxProblems(document: Document.Parsed, lines: LineCounter, text: string): Problem[] {
  const problems = document.errors.map((error) => {
    const offset = error.pos[0]
    const where = position(lines, offset)
    const line = text.split('\n')[where.line - 1] ?? ''
    const path = formatPath(pathAt(document, offset))
    const hint = syntaxHint(error.code, line)
    return {
      ...where,
      path,
      message: syntaxMessage(error.code, error.message),
      ...(hint === undefined ? {} : { hint }),
    }
  })
  // One slip of the pen makes the parser stumble several times in its line; the first says it.
  return problems.filter((problem, index) => problems.findIndex((other) => other.line === problem.line) === index)
}

function syntaxMessage(code: string, message: string): string {
  if (code === 'DUPLICATE_KEY') return 'this key is given twice'
  if (code === 'TAB_AS_INDENT') return 'a tab cannot indent YAML'
  if (code === 'MULTIPLE_DOCS') return 'more than one document: a second `---` begins here'
  const flow = /^Flow (sequence|map) in block collection must be/.exec(message)
  if (flow !== null)
    return flow[1] === 'map' ? 'a { further up is not closed with }' : 'a [ further up is not closed with ]'
  return message.split('\n')[0]?.replace(/:$/, '') ?? message
}

function syntaxHint(code: string, line: string): string | undefined {
  if (code === 'DUPLICATE_KEY') return 'keep one of the two'
  if (code === 'TAB_AS_INDENT' || line.includes('\t')) return 'use spaces'
  if (line.includes('${')) return 'put quotes around "${NAME}"'
  return undefined
}

function placing(document: Document.Parsed, lines: LineCounter): (finding: Finding) => Problem {
  return (finding) => {
    const path = finding.key === undefined ? finding.path : [...finding.path, finding.key]
    const offset = offsetOf(document, finding.path, finding.key)
    const hint = finding.hint === undefined ? {} : { hint: finding.hint }
    return { ...position(lines, offset), path: formatPath(path), message: finding.message, ...hint }
  }
}

function position(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset)
  return { line: Math.max(1, line), column: Math.max(1, col) }
}

/** Where a value begins, or its key; of what is missing, the nearest thing around it that is there. */
function offsetOf(document: Document.Parsed, path: Path, key: string | undefined): number {
  let node: Node | null = document.contents
  let offset = node?.range?.[0] ?? 0
  for (const part of path) {
    const next = child(document, node, part)
    if (next === undefined) return offset
    offset = next.offset
    node = next.value
  }
  return key === undefined ? offset : (child(document, node, key)?.key ?? offset)
}

type Child = { value: Node | null; offset: number; key: number | undefined }

function child(document: Document.Parsed, parent: Node | null, part: string | number): Child | undefined {
  const node = isAlias(parent) ? (parent.resolve(document) ?? null) : parent
  if (isSeq(node)) {
    const item = node.items[Number(part)]
    return isNode(item) ? { value: item, offset: item.range?.[0] ?? 0, key: undefined } : undefined
  }
  if (!isMap(node)) return undefined
  // Of a key given twice the last one counts, as in the data.
  const pair = node.items.findLast((item) => isScalar(item.key) && String(item.key.value) === String(part))
  if (pair === undefined || !isScalar(pair.key)) return undefined
  const key = pair.key.range?.[0]
  const value = isNode(pair.value) ? pair.value : null
  return { value, offset: value?.range?.[0] ?? key ?? 0, key }
}

/** The path of the deepest thing that stands at an offset. */
function pathAt(document: Document.Parsed, offset: number): Path {
  let found: Path = []
  visit(document, {
    Node(key, node, ancestors) {
      const range = node.range
      if (!range || range[0] > offset || range[2] < offset) return
      const path = pathOf(key, node, ancestors)
      if (path.length >= found.length) found = path
    },
  })
  return found
}

function pathOf(key: unknown, node: Node, ancestors: readonly unknown[]): Path {
  const chain = [...ancestors, node]
  const path: (string | number)[] = []
  chain.forEach((entry, index) => {
    if (isPair(entry) && isScalar(entry.key)) path.push(String(entry.key.value))
    const parent = chain[index - 1]
    if (isSeq(parent)) path.push(parent.items.indexOf(entry))
  })
  return path
}

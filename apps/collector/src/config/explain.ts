import type { z } from 'zod'
import { didYouMean, nearest } from '../lib/nearest.ts'
import type { Finding, Path } from './problem.ts'
import { isRecord } from './record.ts'
import { knownKeys, knownWords, type JsonSchema } from './schema-walk.ts'

type Issue = z.core.$ZodIssue

/** Says what zod found in the words of somebody who edits the file: what is wrong, what was meant, what may stand there. */
export function explain(issues: readonly Issue[], schema: JsonSchema, value: unknown): Finding[] {
  return issues.flatMap((issue) => explainOne(issue, schema, value, []))
}

function explainOne(issue: Issue, schema: JsonSchema, value: unknown, above: Path): Finding[] {
  const path = [...above, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))]
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = knownKeys(schema, value, path)
      return issue.keys.map((key) => ({
        path,
        key,
        message: 'unknown key',
        hint: didYouMean(key, known) ?? listed(known),
      }))
    }
    case 'invalid_key':
      return [
        { path: path.slice(0, -1), key: String(path.at(-1)), message: issue.issues[0]?.message ?? 'not a good name' },
      ]
    case 'invalid_union':
      return unionFindings(issue, schema, value, path)
    case 'invalid_value':
      return [choice(path, issue.values.map(String), at(value, path))]
    case 'invalid_type':
      return [wrongType(path, issue, at(value, path))]
    case 'custom':
      return [custom(issue, path)]
    default:
      return [{ path, message: plain(issue) }]
  }
}

function custom(issue: Extract<Issue, { code: 'custom' }>, path: Path): Finding {
  const key: unknown = issue.params?.['key']
  const hint: unknown = issue.params?.['hint']
  return {
    path,
    message: issue.message,
    ...(typeof key === 'string' ? { key } : {}),
    ...(typeof hint === 'string' ? { hint } : {}),
  }
}

/** Of several forms a value may have, only the complaints of the one that was meant help. */
function unionFindings(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  schema: JsonSchema,
  value: unknown,
  path: Path,
): Finding[] {
  const here = at(value, path)
  if (issue.errors.length === 0) {
    const known = knownWords(schema, value, path.slice(0, -1), String(path.at(-1)))
    if (here === undefined)
      return [{ path: path.slice(0, -1), message: `${String(path.at(-1))} is missing`, hint: listed(known) }]
    return [choice(path, known, here)]
  }
  if (issue.message !== 'Invalid input') return [here === undefined ? missing(path) : { path, message: issue.message }]
  const meant = issue.errors.find(
    (branch) => !branch.some((inner) => inner.code === 'invalid_type' && inner.path.length === 0),
  )
  const listMeant = Array.isArray(here)
    ? issue.errors.find((branch) => branch.some((inner) => inner.path.length > 0))
    : undefined
  const chosen = listMeant ?? meant
  if (chosen === undefined) return [{ path, message: `cannot be ${kindOf(here)}` }]
  return chosen.flatMap((inner) => explainOne(inner, schema, value, path))
}

function choice(path: Path, known: readonly string[], here: unknown): Finding {
  if (here === undefined) return missing(path, listed(known))
  const near = typeof here === 'string' ? nearest(here, known) : undefined
  if (near !== undefined)
    return { path, message: `${JSON.stringify(here)} is not known here`, hint: `did you mean ${JSON.stringify(near)}?` }
  return { path, message: `must be ${known.length === 1 ? known[0] : `one of ${known.join(', ')}`}` }
}

function wrongType(path: Path, issue: Extract<Issue, { code: 'invalid_type' }>, here: unknown): Finding {
  if (here === undefined || (here === null && path.length === 0)) return missing(path)
  const expected = NAMES[issue.expected] ?? issue.expected
  if (issue.message !== '' && !issue.message.startsWith('Invalid input')) return { path, message: issue.message }
  const message = `must be ${expected}, not ${kindOf(here)}`
  if (here === null && issue.expected === 'array') return { path, message, hint: 'an empty list is written []' }
  if (issue.expected === 'string' && (typeof here === 'number' || typeof here === 'boolean')) {
    return { path, message, hint: `put quotes around it: "${String(here)}"` }
  }
  return { path, message }
}

const NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
}

function missing(path: Path, hint?: string): Finding {
  const key = path.at(-1)
  if (key === undefined)
    return { path, message: 'the file is empty', hint: 'a configuration that watches nothing is `systems: []`' }
  return { path: path.slice(0, -1), message: `${String(key)} is missing`, ...(hint === undefined ? {} : { hint }) }
}

function plain(issue: Issue): string {
  switch (issue.code) {
    case 'too_small':
      return `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${String(issue.minimum)}${counted(issue.origin)}`
    case 'too_big':
      return `must be ${issue.inclusive === false ? 'less than' : 'at most'} ${String(issue.maximum)}${counted(issue.origin)}`
    default:
      return issue.message.replace(/^Invalid input: /, '')
  }
}

function counted(origin: string): string {
  if (origin === 'string') return ' characters'
  return origin === 'array' ? ' entries' : ''
}

function kindOf(value: unknown): string {
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (isRecord(value)) return 'a mapping'
  if (typeof value === 'number') return `the number ${value}`
  return typeof value === 'boolean' ? String(value) : 'text'
}

function listed(known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined
  return known.length > 16 ? undefined : `known here: ${known.join(', ')}`
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((here, part) => {
    if (Array.isArray(here)) return here[Number(part)] as unknown
    return isRecord(here) ? here[part] : undefined
  }, value)
}

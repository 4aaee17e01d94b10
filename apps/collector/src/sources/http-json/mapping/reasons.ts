import { cleanLine } from './advice.ts'

/** Fields in which a check says in words how it is. */
export const REASONS: readonly string[] =
  'message error output Output description reason exception notificationMessage detail cause'.split(' ')
/** Under these stands what is wrong, and nothing that is well. */
export const FAILURES: ReadonlySet<string> = new Set(['failures', 'errors', 'causes', 'problems', 'issues'])

/** What a record says of why: a text of its own, or one in its details. */
export function reasonIn(record: object, depth = 2): string | undefined {
  for (const field of REASONS) {
    const value: unknown = Reflect.get(record, field)
    if (typeof value === 'string' && value.trim() !== '') return cleanLine(value)
  }
  if (depth === 0) return undefined
  for (const field of ['error', 'details', 'data']) {
    const value: unknown = Reflect.get(record, field)
    const inner = isPlainRecord(value) ? reasonIn(value, depth - 1) : undefined
    if (inner !== undefined) return inner
  }
  return undefined
}

/** What a document says of itself as a whole, and what it lists as wrong. A description of what it is, is no reason. */
export function reasonsAtTop(document: object): string[] {
  const own = REASONS.filter((field) => field !== 'description').flatMap((field) => line(Reflect.get(document, field)))
  const listed = Object.entries(document).flatMap(([key, value]) =>
    FAILURES.has(key) || (key === 'details' && Array.isArray(value)) ? listedReasons(value) : [],
  )
  return [...own.slice(0, 1), ...listed]
}

function listedReasons(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => (isPlainRecord(item) ? (reasonIn(item) ?? []) : line(item)))
  if (!isPlainRecord(value)) return line(value)
  return Object.entries(value).flatMap(([name, why]) => {
    const said = isPlainRecord(why) ? reasonIn(why) : line(why)[0]
    return said === undefined ? [] : [`${name}: ${said}`]
  })
}

function line(value: unknown): string[] {
  const plain = typeof value === 'string' ? cleanLine(value) : undefined
  return plain === undefined ? [] : [plain]
}

function isPlainRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

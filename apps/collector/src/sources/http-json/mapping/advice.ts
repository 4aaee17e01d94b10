import type { TextReading } from '@headroom/shared/model/reading.ts'
import { splitWords } from './sanitise.ts'

/** Lists in which a system speaks to its operator. */
const ADVICE_KEYS: ReadonlySet<string> = new Set(
  'recommendations recommendation warnings alerts advice suggestions'.split(' '),
)
const MESSAGE_FIELDS = [
  'message',
  'text',
  'description',
  'recommendation',
  'suggestion',
  'detail',
  'title',
  'summary',
  'reason',
  'action',
] as const
const SEVERITY_FIELDS = ['severity', 'level', 'priority', 'type'] as const
const WARNING = new Set('warning warn medium moderate caution'.split(' '))
const CRITICAL = new Set('critical crit error high severe emergency fatal urgent danger'.split(' '))

/** `CRITICAL: ...` or `[warning] ...`: the word a line opens with. */
const FIRST_WORD = /^[^a-z]*([a-z]+)\s*[:\]]/i

const MAX_LINES = 50
const MAX_LENGTH = 500

export type Advice = { text: TextReading; warnings: number; criticals: number }

export function isAdviceKey(key: string): boolean {
  return ADVICE_KEYS.has(splitWords(key).join('_'))
}

/** The lines of a list of advice, as they come but bounded, and how many of them are severe. */
export function readAdvice(key: string, path: string, items: readonly unknown[]): Advice {
  const lines: string[] = []
  let warnings = 0
  let criticals = 0
  for (const item of items) {
    const severity =
      severityOf(item) ?? (typeof item === 'string' && key.toLowerCase() === 'warnings' ? 'warning' : undefined)
    if (severity === 'warning') warnings++
    if (severity === 'critical') criticals++
    const line = lineOf(item)
    if (line !== undefined && lines.length < MAX_LINES) lines.push(line)
  }
  return { text: { path, lines }, warnings, criticals }
}

function lineOf(item: unknown): string | undefined {
  if (typeof item === 'string') return clean(item)
  if (typeof item !== 'object' || item === null) return undefined
  for (const field of MESSAGE_FIELDS) {
    const value: unknown = Reflect.get(item, field)
    if (typeof value === 'string' && value.trim() !== '') return clean(value)
  }
  return undefined
}

function severityOf(item: unknown): 'warning' | 'critical' | undefined {
  if (typeof item === 'string') return severityOfWord(FIRST_WORD.exec(item.slice(0, MAX_LENGTH))?.[1] ?? '')
  if (typeof item !== 'object' || item === null) return undefined
  for (const field of SEVERITY_FIELDS) {
    const value: unknown = Reflect.get(item, field)
    if (typeof value !== 'string') continue
    const severity = severityOfWord(value)
    if (severity !== undefined) return severity
  }
  return undefined
}

function severityOfWord(word: string): 'warning' | 'critical' | undefined {
  const plain = word.trim().toLowerCase()
  return CRITICAL.has(plain) ? 'critical' : WARNING.has(plain) ? 'warning' : undefined
}

const USERINFO = /(:\/\/)[^\s"'<>@]*@/g
const EMAIL = /[\p{L}\d._%+-]+@[\p{L}\d-]+(\.[\p{L}\d-]+)+/gu

/** Somebody's name after a word for people: `user "ilse"`, `student=ilse`, `participant Ilse Lund`. */
const SOMEBODY =
  /\b([Uu]sers?|[Uu]sername|[Ss]tudents?|[Pp]articipants?|[Pp]ersons?|[Mm]embers?|[Cc]ustomers?|[Aa]ccounts?|[Oo]wners?|[Tt]eachers?|[Ll]earners?|[Gg]uests?|[Pp]layers?)(\s*[:=]\s*\S+|\s+(?:"[^"]*"|'[^']*'|\p{Lu}[\p{L}'-]+(?:\s\p{Lu}[\p{L}'-]+)*))/gu

/** Words as they may be kept: who an address signs in as, names and addresses of people, are taken out. */
export function cleanLine(text: string): string | undefined {
  const plain = text
    .slice(0, 4 * MAX_LENGTH)
    .replaceAll(USERINFO, '$1…@')
    .replaceAll(EMAIL, '…')
  return clean(plain.replaceAll(SOMEBODY, '$1 …'))
}

/** Control characters, also those that turn text around, have no place on a screen. */
function clean(text: string): string | undefined {
  const plain = text
    .slice(0, 4 * MAX_LENGTH)
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
  if (plain === '') return undefined
  return plain.length <= MAX_LENGTH ? plain : `${plain.slice(0, MAX_LENGTH - 1)}…`
}

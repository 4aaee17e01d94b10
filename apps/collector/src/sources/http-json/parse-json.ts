import { NOT_A_NUMBER } from './mapping/leaf.ts'
import { parseText, textOfPage } from './parse-text.ts'

type Parsed =
  | { kind: 'document'; document: unknown; plain: boolean }
  | { kind: 'problem'; code: 'empty' | 'html' | 'not_json' | 'exposition'; message: string }

const UTF8 = new TextDecoder('utf-8')
const UTF16 = { le: new TextDecoder('utf-16le'), be: new TextDecoder('utf-16be') }
/** A whole string, or one of the words that Python and others write though JSON has none for them. */
const STRING_OR_WORD = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\b(?:NaN|Infinity)\b/gs
/** Some put it before their JSON, so that a browser does not run it. */
const GUARD = /^\)\]\}',?\s*/

const PROBLEMS = {
  empty:
    'the body is empty; check the path in `url`, or write `expect: { status: [200] }` if its status is all that it says',
  html: 'answers a web page instead of JSON, perhaps a login or error page; check the path in `url`, and whether it needs a token',
  exposition: 'answers an exposition for Prometheus instead of JSON; write `type: prometheus` for this address',
  not_json: 'the body is not JSON; check the path in `url`, or whether the answer is cut short',
} as const

/** Reads a body as JSON, or as the plain text of a health check. A bare NaN or Infinity spoils only its own value. */
export function parseJson(body: Uint8Array): Parsed {
  const text = decode(body).trim()
  if (text === '') return problem('empty')
  const document = parse(text.replace(GUARD, ''))
  if (document !== undefined) return { kind: 'document', document, plain: false }
  return text.startsWith('<') ? readPage(text) : readText(text)
}

export function isExposition(text: string): boolean {
  return /^(# (HELP|TYPE) |[a-zA-Z_:](?:[\w:]*\w)?(\{[^}\n]*\})? [-+\d.eNI])/m.test(text)
}

function readPage(page: string): Parsed {
  const text = textOfPage(page)
  // A whole page without a word says by its status how it is, as that of Rails does.
  const wordless = text === '' && /<\/(?:body|html)>$/i.test(page)
  const document = wordless ? {} : text === undefined || text === '' ? undefined : parseText(text)
  return document === undefined ? problem('html') : { kind: 'document', document, plain: true }
}

function readText(text: string): Parsed {
  const looksLikeJson = /^[{["]/.test(text) && !text.startsWith('[+]') && !text.startsWith('[-]')
  const document = looksLikeJson ? undefined : parseText(text)
  if (document !== undefined) return { kind: 'document', document, plain: true }
  return problem(!looksLikeJson && isExposition(text) ? 'exposition' : 'not_json')
}

function problem(code: keyof typeof PROBLEMS): Parsed {
  return { kind: 'problem', code, message: PROBLEMS[code] }
}

/** A body that is JSON, as that; undefined for any other, which may still say something as text. */
export function parseStrictly(body: Uint8Array): { document: unknown } | undefined {
  const document = parse(decode(body).trim().replace(GUARD, ''))
  return document === undefined ? undefined : { document }
}

function decode(body: Uint8Array): string {
  if (body[0] === 0xff && body[1] === 0xfe) return UTF16.le.decode(body)
  if (body[0] === 0xfe && body[1] === 0xff) return UTF16.be.decode(body)
  return UTF8.decode(body)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    if (!/NaN|Infinity/.test(text)) return undefined
  }
  try {
    const marked = JSON.stringify(NOT_A_NUMBER)
    return JSON.parse(text.replace(STRING_OR_WORD, (found) => (found.startsWith('"') ? found : marked))) as unknown
  } catch {
    return undefined
  }
}

import { NOT_A_NUMBER } from './mapping/leaf.ts'

type Parsed =
  | { kind: 'document'; document: unknown }
  | { kind: 'problem'; code: 'empty' | 'html' | 'not_json'; message: string }

const UTF8 = new TextDecoder('utf-8')
/** A whole string, or one of the words that Python and others write though JSON has none for them. */
const STRING_OR_WORD = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\b(?:NaN|Infinity)\b/gs

/** Reads a body as JSON. A bare NaN or Infinity spoils only its own value. */
export function parseJson(body: Uint8Array): Parsed {
  const text = UTF8.decode(body).trim()
  if (text === '') return { kind: 'problem', code: 'empty', message: 'the body is empty; check the path in `url`' }
  const document = parse(text)
  if (document !== undefined) return { kind: 'document', document }
  if (text.startsWith('<')) {
    return {
      kind: 'problem',
      code: 'html',
      message:
        'answers a web page instead of JSON, perhaps a login or error page; check the path in `url`, and whether it needs a token',
    }
  }
  return {
    kind: 'problem',
    code: 'not_json',
    message: 'the body is not JSON; check the path in `url`, or whether the answer is cut short',
  }
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

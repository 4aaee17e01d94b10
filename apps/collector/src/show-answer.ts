import { isPeopleKey, looksLikeId } from './sources/http-json/mapping/key-kinds.ts'
import { REMOVED, showDocument } from './sources/http-json/mapping/show-document.ts'
import { isExposition, parseStrictly } from './sources/http-json/parse-json.ts'
import { isSecretKey } from './lib/secret-key.ts'
import { closeJson } from './lib/close-json.ts'

/** An answer's text as it may be shown, and how many things were taken out of it. */
export type ShownAnswer = { text: string; removed: number }

const UTF8 = new TextDecoder('utf-8')
const EMAIL = /[\p{L}\d._%+-]+@[\p{L}\d-]+(\.[\p{L}\d-]+)+/gu
const FULL_NAME = /(?<![\p{L}\d])\p{Lu}\p{L}+ \p{Lu}[\p{L}'-]+(?![\p{L}\d])/gu
const PARAMETER = /([?&])([\w.-]+)=([^&\s"'<>#]+)/g
const USERINFO = /(:\/\/)[^/\s"'<>@]+@/g

/**
 * Makes an answer fit to be shown: `redact` takes out the secrets it was asked with, and here go what looks like one,
 * addresses of people and their names. JSON is indented; of a web page only its title is said.
 */
export function showAnswer(body: Uint8Array, cut: boolean, redact: (text: string) => string): ShownAnswer {
  const raw = UTF8.decode(body)
  const clean = (text: string): string => cleanText(redact(text))
  const document = documentOf(raw, cut)
  if (document !== undefined) {
    const shown = showDocument(document.value, clean)
    return { text: JSON.stringify(shown.document, null, 2), removed: shown.removed }
  }
  if (raw.trimStart().startsWith('<')) return { text: clean(pageText(raw)), removed: 0 }
  return isExposition(raw) ? showExposition(redact(raw)) : counted(redact(raw))
}

function documentOf(raw: string, cut: boolean): { value: unknown } | undefined {
  const parsed = parseStrictly(Buffer.from(cut ? closeJson(raw) : raw))
  return parsed === undefined ? undefined : { value: parsed.document }
}

/** E-mail addresses, tokens in addresses, and who an address signs in as. */
function cleanText(text: string): string {
  return text
    .replaceAll(USERINFO, `$1${REMOVED}@`)
    .replaceAll(EMAIL, REMOVED)
    .replaceAll(PARAMETER, (whole, mark: string, key: string, value: string) =>
      isSecretKey(key) || value.length >= 16 ? `${mark}${key}=${REMOVED}` : whole,
    )
}

function pageText(raw: string): string {
  const title = /<title[^>]*>([^<]{0,200})/i.exec(raw)?.[1]?.trim().replaceAll(/\s+/g, ' ') ?? ''
  return `A web page${title === '' ? '' : ` with the title "${title.replaceAll(FULL_NAME, REMOVED)}"`}, not JSON.`
}

/** Prometheus text: what a label says of somebody is taken out, all else stays. */
function showExposition(raw: string): ShownAnswer {
  let removed = 0
  const text = raw.replaceAll(/([A-Za-z_]\w*)="((?:[^"\\]|\\.)*)"/g, (whole, label: string, value: string) => {
    const safe = cleanText(value)
    if (safe === value && !isPeopleKey(label) && !isSecretKey(label) && !isSomebody(value)) return whole
    removed += 1
    return `${label}="${safe === value ? REMOVED : safe}"`
  })
  return { text, removed }
}

function isSomebody(value: string): boolean {
  return looksLikeId(value) && !/^\d+$/.test(value)
}

/** Text of no kind we know: what is surely somebody's goes. */
function counted(raw: string): ShownAnswer {
  const text = cleanText(raw).replaceAll(FULL_NAME, REMOVED)
  return { text, removed: text.split(REMOVED).length - 1 }
}

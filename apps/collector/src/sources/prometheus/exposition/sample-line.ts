import type { LabelPairs } from '../../measures/labels.ts'

/** One sample as its line says it. `time` is in whatever the format counts in. */
export type SampleLine = { name: string; labels: LabelPairs; value: number; time: number | undefined }

const NONE: LabelPairs = []
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const HEX = /^([+-]?)0[xX]([\da-fA-F]+)(?:\.([\da-fA-F]*))?(?:[pP]([+-]?\d+))?$/
const INFINITE = /^([+-]?)inf(?:inity)?$/i

/** A number as Go's ParseFloat reads it, for that is what the format says; undefined where it is none. */
export function readNumber(text: string): number | undefined {
  if (NUMBER.test(text)) return Number(text)
  if (/^[+-]?nan$/i.test(text)) return NaN
  const infinite = INFINITE.exec(text)
  if (infinite !== null) return infinite[1] === '-' ? -Infinity : Infinity
  const [, sign, whole, fraction = '', exponent = '0'] = HEX.exec(text) ?? []
  if (whole === undefined) return undefined
  const value = Number.parseInt(`${whole}${fraction}`, 16) * 2 ** (Number(exponent) - 4 * fraction.length)
  return sign === '-' ? -value : value
}

/**
 * Reads `name{label="value"} number [time] [# exemplar]`, and the newer `{"name", label="value"} number`. Undefined for
 * a line that is no sample. Written by hand, for this is where the time of a large exposition goes.
 */
export function readSampleLine(line: string): SampleLine | undefined {
  const brace = line.indexOf('{')
  const space = firstBlank(line, 0)
  if (brace === -1 || (space !== -1 && space < brace && line.slice(space, brace).trim() !== ''))
    return readRest(line, space, line.slice(0, space), NONE)
  const name = line.slice(0, brace).trim()
  const block = readLabels(line, brace + 1)
  if (block === undefined || (name === '') === (block.name === undefined)) return undefined
  return readRest(line, block.end, name === '' ? (block.name ?? '') : name, block.labels)
}

const NAME = /^[A-Za-z_:][\w:.]*$/

function readRest(line: string, from: number, name: string, labels: LabelPairs): SampleLine | undefined {
  if (from <= 0 || (labels === NONE && !NAME.test(name))) return undefined
  const hash = line.indexOf('#', from)
  const rest = (hash === -1 ? line.slice(from) : line.slice(from, hash)).trim()
  const blank = firstBlank(rest, 0)
  const value = readNumber(blank === -1 ? rest : rest.slice(0, blank))
  if (value === undefined) return undefined
  if (blank === -1) return { name, labels, value, time: undefined }
  const time = readNumber(rest.slice(blank + 1).trim())
  return time === undefined || !Number.isFinite(time) ? undefined : { name, labels, value, time }
}

type Block = { labels: LabelPairs; name: string | undefined; end: number }

/** What stands between braces; `end` is after the closing one. */
function readLabels(line: string, from: number): Block | undefined {
  const labels: string[] = []
  let name: string | undefined
  let at = skipBlanks(line, from)
  while (line[at] !== '}') {
    const key = line[at] === '"' ? readQuoted(line, at) : readName(line, at)
    if (key === undefined) return undefined
    at = skipBlanks(line, key.end)
    if (line[at] === '=') {
      const value = readQuoted(line, skipBlanks(line, at + 1))
      if (value === undefined) return undefined
      labels.push(key.text, value.text)
      at = skipBlanks(line, value.end)
    } else if (name === undefined && labels.length === 0 && line[key.end - 1] === '"') name = key.text
    else return undefined
    if (line[at] === ',') at = skipBlanks(line, at + 1)
    else if (line[at] !== '}') return undefined
  }
  return { labels, name, end: at + 1 }
}

type Text = { text: string; end: number }

function readName(line: string, from: number): Text | undefined {
  let end = from
  while (end < line.length && isNameCode(line.charCodeAt(end))) end++
  return end === from ? undefined : { text: line.slice(from, end), end }
}

function isNameCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 58) ||
    code === 95 ||
    code === 46
  )
}

function readQuoted(line: string, from: number): Text | undefined {
  if (line[from] !== '"') return undefined
  let end = line.indexOf('"', from + 1)
  while (end !== -1 && isEscaped(line, end, from + 1)) end = line.indexOf('"', end + 1)
  if (end === -1) return undefined
  const raw = line.slice(from + 1, end)
  return { text: raw.includes('\\') ? unescape(raw) : raw, end: end + 1 }
}

function isEscaped(line: string, at: number, from: number): boolean {
  let backslashes = 0
  while (at - 1 - backslashes >= from && line[at - 1 - backslashes] === '\\') backslashes++
  return backslashes % 2 === 1
}

function unescape(text: string): string {
  return text.replace(/\\([\\"n])/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped))
}

function skipBlanks(line: string, from: number): number {
  let at = from
  for (let code = line.charCodeAt(at); code === SPACE || code === TAB; code = line.charCodeAt(at)) at++
  return at
}

function firstBlank(line: string, from: number): number {
  const space = line.indexOf(' ', from)
  const tab = line.indexOf('\t', from)
  return tab === -1 || (space !== -1 && space < tab) ? space : tab
}

const SPACE = 32
const TAB = 9

import type { LabelPairs } from '../../measures/labels.ts'
import { readSampleLine } from './sample-line.ts'

export type FamilyType =
  | 'counter'
  | 'gauge'
  | 'histogram'
  | 'gaugehistogram'
  | 'summary'
  | 'info'
  | 'stateset'
  | 'unknown'

/** What one line says, and what the lines before it said of its family. */
export type Sample = {
  name: string
  /** The family's name; the sample's own for one without a family. */
  family: string
  type: FamilyType
  unit: string | undefined
  labels: LabelPairs
  value: number
  /** Epoch ms, where the exposition says one. */
  at: number | undefined
}

export type ExpositionProblem = { code: 'cut' | 'not_exposition' | 'html' | 'json' | 'empty'; message: string }

/** Reads an exposition as it comes, piece by piece. */
export type ExpositionReader = {
  /** False as soon as nothing more can come of it. */
  write(bytes: Uint8Array): boolean
  /** To be called after the last piece; what was given to `take` counts only if there is no problem. */
  end(): ExpositionProblem | undefined
}

/** A line without an end is not kept for longer than this. */
const MAX_LINE = 256 * 1024
/** So many families may say their type; more have none, and are read by their names. */
const MAX_FAMILIES = 50_000
const SUFFIXES = /_(?:bucket|count|sum|total|created|info|gcount|gsum)$/
const SHOWN = 60

/** `openMetrics` is by the content type: times are in seconds, and the end must be said. */
export function createExpositionReader(openMetrics: boolean, take: (sample: Sample) => void): ExpositionReader {
  const decoder = new TextDecoder()
  const families = createFamilies()
  let carry = ''
  let line = 0
  let samples = 0
  let ended = false
  let problem: ExpositionProblem | undefined

  function readLine(whole: string): void {
    line++
    const text = whole.endsWith('\r') ? whole.slice(0, -1) : whole
    if (ended) problem = unreadable(line, 'something stands after "# EOF"')
    else if (text.charCodeAt(0) === HASH) readComment(text)
    else if (text.trim() !== '') readSample(text)
  }

  function readComment(text: string): void {
    const [, keyword, name, rest = ''] = COMMENT.exec(text) ?? []
    if (keyword === 'TYPE' && name !== undefined) families.type(name, rest.trim())
    else if (keyword === 'UNIT' && name !== undefined) families.unit(name, rest.trim())
    else if (openMetrics && text.trimEnd() === '# EOF') ended = true
  }

  function readSample(text: string): void {
    const sample = readSampleLine(text)
    if (sample === undefined) {
      problem =
        (samples === 0 ? elsewhere(text) : undefined) ??
        unreadable(line, `"${text.slice(0, SHOWN).trim()}" is no sample`)
      return
    }
    samples++
    const { name, labels, value, time } = sample
    const at = time === undefined ? undefined : Math.round(openMetrics ? time * 1_000 : time)
    take({ name, labels, value, at, ...families.of(name) })
  }

  return {
    write(bytes) {
      const text = carry + decoder.decode(bytes, { stream: true })
      let from = 0
      for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
        readLine(text.slice(from, end))
        if (problem !== undefined) return false
        from = end + 1
      }
      carry = text.slice(from)
      if (carry.length > MAX_LINE) problem = unreadable(line + 1, 'it does not end')
      return problem === undefined
    },
    end() {
      if (problem !== undefined) return problem
      if (line === 0 && carry.trim() === '') return EMPTY
      // Its last line alone may do without a line feed.
      if (openMetrics && carry === '# EOF') return undefined
      if (carry === '' && (ended || !openMetrics)) return undefined
      return (samples === 0 ? elsewhere(carry) : undefined) ?? cut(line + 1)
    },
  }
}

const HASH = 35
const COMMENT = /^#[ \t]+(TYPE|UNIT)[ \t]+("(?:[^"\\]|\\.)*"|[^ \t]+)(?:[ \t]+(.*))?$/

/** Nothing came. */
export const EMPTY: ExpositionProblem = { code: 'empty', message: 'the body is empty; check the path in `url`' }

/** What it is when it is no exposition at all. */
function elsewhere(text: string): ExpositionProblem | undefined {
  if (text.trimStart().startsWith('<'))
    return {
      code: 'html',
      message:
        'answers a web page instead of an exposition, perhaps a login or error page; check the path in `url` (mostly /metrics), and whether it needs a token',
    }
  if (/^\s*[{[]/.test(text))
    return {
      code: 'json',
      message: 'answers JSON instead of an exposition; use `type: http-json`, or check the path in `url`',
    }
  return undefined
}

function cut(line: number): ExpositionProblem {
  return {
    code: 'cut',
    message: `the exposition ends in the middle, line ${line}; look at the log of the exporter, or at the proxy before it. Nothing of it was taken`,
  }
}

function unreadable(line: number, what: string): ExpositionProblem {
  return { code: 'not_exposition', message: `line ${line} of the exposition cannot be read: ${what}; check \`url\`` }
}

type Family = Pick<Sample, 'family' | 'type' | 'unit'>

/** What `# TYPE` and `# UNIT` said, found by the names of samples. */
function createFamilies(): {
  type(name: string, type: string): void
  unit(name: string, unit: string): void
  of(sample: string): Family
} {
  const types = new Map<string, FamilyType>()
  const units = new Map<string, string>()
  const found = new Map<string, Family>()

  function lookUp(name: string): Family {
    if (types.has(name)) return { family: name, type: types.get(name) ?? 'unknown', unit: units.get(name) }
    const base = name.replace(SUFFIXES, '')
    // Buckets speak for themselves, and for the number and the sum that follow them.
    if (name.endsWith('_bucket') && !types.has(base)) types.set(base, 'histogram')
    const type = types.get(base)
    // In OpenMetrics the family of a counter goes without `_total`; here it keeps the sample's name.
    if (type === 'counter')
      return { family: name, type: name.endsWith('_created') ? 'info' : type, unit: units.get(base) }
    if (type !== undefined && base !== name) return { family: base, type, unit: units.get(base) }
    return { family: name, type: 'unknown', unit: undefined }
  }

  return {
    type(name, type) {
      const known = TYPES[type.toLowerCase()]
      if (known !== undefined && types.size < MAX_FAMILIES) types.set(unquoted(name), known)
    },
    unit(name, unit) {
      if (unit !== '' && units.size < MAX_FAMILIES) units.set(unquoted(name), unit)
    },
    of(sample) {
      let family = found.get(sample)
      if (family === undefined) {
        family = lookUp(sample)
        if (found.size < MAX_FAMILIES) found.set(sample, family)
      }
      return family
    },
  }
}

const TYPES: Readonly<Record<string, FamilyType>> = {
  counter: 'counter',
  gauge: 'gauge',
  histogram: 'histogram',
  gaugehistogram: 'gaugehistogram',
  summary: 'summary',
  info: 'info',
  stateset: 'stateset',
  unknown: 'unknown',
  untyped: 'unknown',
}

function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replace(/\\(["\\])/g, '$1') : name
}

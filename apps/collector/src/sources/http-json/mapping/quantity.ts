import { parseUnit, type NamedUnit } from './units.ts'

/** A number that stands in a text, with the unit it is given in. */
export type Quantity = {
  value: number
  unit?: NamedUnit
  /** The text leaves no doubt what it measures; otherwise it counts only under a name that is known. */
  sure: boolean
}

const MAX_LENGTH = 40
const SINGLE = /^([-+]?\d+(?:\.\d+)?)\s*(%|[a-zA-Zµμ]{1,12})?(?:\s*\([^()]*\))?$/
const THOUSANDS = /^[-+]?\d{1,3}(?:,\d{3})+$/
const PART =
  /(\d+(?:\.\d+)?)\s*(days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s|ms)(?![a-z])[\s,]*(?:and\s+)?/giy
/** `3 days, 4:05:06` of Python, `1.02:03:04.5` of .NET; the days may be missing. */
const CLOCK = /^(?:(\d+)(\.| days?,? ))?(\d{1,2}):(\d\d):(\d\d(?:\.\d+)?)$/i
const ISO = /^P(?=\d|T\d)(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/

const SECONDS: NamedUnit = { dimension: 'seconds', factor: 1 }
/** What parts of a length of time are called; the first letters tell, and `ms` before `m`. */
const LENGTHS: readonly (readonly [string, number])[] = [
  ['ms', 1e-3],
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
]

/** Units that stand in texts only: in a name `min` would be the least, and `m` or `gi` part of a word. */
const IN_TEXT: Readonly<Record<string, NamedUnit>> = {
  ki: { dimension: 'bytes', factor: 2 ** 10 },
  mi: { dimension: 'bytes', factor: 2 ** 20 },
  gi: { dimension: 'bytes', factor: 2 ** 30 },
  ti: { dimension: 'bytes', factor: 2 ** 40 },
  min: { dimension: 'seconds', factor: 60 },
  minute: { dimension: 'seconds', factor: 60 },
}
/** `3.45M` is so many bytes where a size is expected, and may be anything elsewhere. */
const UNSURE: Readonly<Record<string, NamedUnit>> = {
  b: { dimension: 'bytes', factor: 1 },
  k: { dimension: 'bytes', factor: 2 ** 10 },
  m: { dimension: 'bytes', factor: 2 ** 20 },
  g: { dimension: 'bytes', factor: 2 ** 30 },
  t: { dimension: 'bytes', factor: 2 ** 40 },
}

/** Reads `512Mi`, `83%`, `1.5 GiB`, `2 hours`, `1d 2h 3m`, `PT1H`, `3 days, 4:05:06` and `12`; undefined for other text. */
export function readQuantity(text: string): Quantity | undefined {
  const plain = text.trim()
  if (plain.length > MAX_LENGTH || !/\d/.test(plain)) return undefined
  if (THOUSANDS.test(plain)) return { value: Number(plain.replaceAll(',', '')), sure: false }
  return single(plain) ?? lengthOfTime(plain)
}

function single(text: string): Quantity | undefined {
  const [, number, word] = SINGLE.exec(text) ?? []
  if (number === undefined) return undefined
  const value = Number(number)
  if (word === undefined) return { value, sure: false }
  const key = word.replace(/[µμ]/g, 'u').toLowerCase()
  const sure = (Object.hasOwn(IN_TEXT, key) ? IN_TEXT[key] : undefined) ?? parseUnit(key)
  if (sure !== undefined) return { value, unit: sure, sure: true }
  const unsure = Object.hasOwn(UNSURE, key) ? UNSURE[key] : undefined
  return unsure === undefined ? undefined : { value, unit: unsure, sure: false }
}

function lengthOfTime(text: string): Quantity | undefined {
  const clock = CLOCK.exec(text)
  if (clock !== null) {
    const [, days = '0', separator, hours, minutes, seconds] = clock
    const value = Number(days) * 86_400 + Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)
    // Without its days in words it may as well be a time of day.
    return { value, unit: SECONDS, sure: separator !== undefined && separator !== '.' }
  }
  const iso = ISO.exec(text)
  if (iso !== null) {
    const [days, hours, minutes, seconds] = iso.slice(1).map((part) => Number(part ?? 0))
    const value = (days ?? 0) * 86_400 + (hours ?? 0) * 3_600 + (minutes ?? 0) * 60 + (seconds ?? 0)
    return { value, unit: SECONDS, sure: true }
  }
  return parts(text)
}

/** `1h2m3.5s`, `1 day, 2 hours and 3 minutes`. */
function parts(text: string): Quantity | undefined {
  let value = 0
  let end = 0
  for (const match of text.matchAll(PART)) {
    const word = (match[2] ?? '').toLowerCase()
    const factor = LENGTHS.find(([name]) => word.startsWith(name))?.[1] ?? 1
    value += Number(match[1]) * factor
    end = match.index + match[0].length
  }
  return end === 0 || end < text.length ? undefined : { value, unit: SECONDS, sure: true }
}

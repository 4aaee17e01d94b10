/** What a number measures, as its name says. Values are brought to bytes, seconds, percent 0-100 and per minute. */
export type Dimension = 'bytes' | 'seconds' | 'percent' | 'per_minute'
export type NamedUnit = { dimension: Dimension; factor: number }

const MINUTE = 60
const HOUR = 3_600

const BYTES: Readonly<Record<string, number>> = {
  bytes: 1,
  byte: 1,
  kb: 2 ** 10,
  kib: 2 ** 10,
  kilobytes: 2 ** 10,
  mb: 2 ** 20,
  mib: 2 ** 20,
  megabytes: 2 ** 20,
  gb: 2 ** 30,
  gib: 2 ** 30,
  gigabytes: 2 ** 30,
  tb: 2 ** 40,
  tib: 2 ** 40,
}
const SECONDS: Readonly<Record<string, number>> = {
  seconds: 1,
  second: 1,
  secs: 1,
  sec: 1,
  ms: 1e-3,
  msec: 1e-3,
  millis: 1e-3,
  milliseconds: 1e-3,
  us: 1e-6,
  micros: 1e-6,
  microseconds: 1e-6,
  ns: 1e-9,
  nanoseconds: 1e-9,
  minutes: MINUTE,
  mins: MINUTE,
  hours: HOUR,
  hrs: HOUR,
  days: 24 * HOUR,
}
/** Single letters and short words that are units only at the end of a name: `latency_s`, `uptime_h`. */
const SECONDS_AT_END: Readonly<Record<string, number>> = {
  s: 1,
  h: HOUR,
  hr: HOUR,
  d: 24 * HOUR,
  hour: HOUR,
  day: 24 * HOUR,
}
/** Only these say that a number is a share of one; without such a word 0.45 may be 0.45 %. */
const PERCENT: Readonly<Record<string, number>> = {
  percent: 1,
  pct: 1,
  perc: 1,
  percentage: 1,
  ratio: 100,
  fraction: 100,
}
const PER: Readonly<Record<string, number>> = {
  minute: 1,
  min: 1,
  second: MINUTE,
  sec: MINUTE,
  s: MINUTE,
  hour: 1 / 60,
  h: 1 / 60,
}
const RATE_WORDS: Readonly<Record<string, number>> = { rpm: 1, rps: MINUTE, qps: MINUTE, qpm: 1 }

/** Takes the unit out of the words of a name: `memory usage mb` is memory usage, in MiB. */
export function takeUnit(words: readonly string[]): { words: string[]; unit?: NamedUnit } {
  const per = words.indexOf('per')
  const perFactor = per === -1 ? undefined : own(PER, words[per + 1])
  if (perFactor !== undefined)
    return { words: words.toSpliced(per, 2), unit: { dimension: 'per_minute', factor: perFactor } }

  for (const [index, word] of words.entries()) {
    const rate = own(RATE_WORDS, word)
    if (rate !== undefined)
      return { words: words.toSpliced(index, 1, 'requests'), unit: { dimension: 'per_minute', factor: rate } }
    for (const [dimension, table] of [
      ['percent', PERCENT],
      ['bytes', BYTES],
      ['seconds', SECONDS],
    ] as const) {
      const factor = own(table, word)
      if (factor !== undefined) return { words: words.toSpliced(index, 1), unit: { dimension, factor } }
    }
  }
  const atEnd = words.length > 1 ? own(SECONDS_AT_END, words.at(-1)) : undefined
  return atEnd === undefined
    ? { words: [...words] }
    : { words: words.slice(0, -1), unit: { dimension: 'seconds', factor: atEnd } }
}

/** A unit as people write it in `map`: `MB`, `ms`, `percent`, `ratio`, `per second`; undefined for a word of their own. */
export function parseUnit(text: string): NamedUnit | undefined {
  const words = text
    .trim()
    .replace(/%/g, 'percent')
    .replace(/\//g, ' per ')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '')
  const single = words.length === 1 ? own(SECONDS_AT_END, words[0]) : undefined
  if (single !== undefined) return { dimension: 'seconds', factor: single }
  const taken = takeUnit(words)
  return taken.words.length === 0 ? taken.unit : undefined
}

function own(table: Readonly<Record<string, number>>, word: string | undefined): number | undefined {
  return word !== undefined && Object.hasOwn(table, word) ? table[word] : undefined
}

/** What a number measures; values are brought to bytes, seconds, percent of 100 and per minute. */
export type UnitOf = { unit: string; factor: number }

const MINUTE = 60
/** As people write them in `map`, and as OpenTelemetry does (UCUM). */
const UNITS: Readonly<Record<string, UnitOf>> = {
  s: { unit: 'seconds', factor: 1 },
  sec: { unit: 'seconds', factor: 1 },
  seconds: { unit: 'seconds', factor: 1 },
  ms: { unit: 'seconds', factor: 1e-3 },
  milliseconds: { unit: 'seconds', factor: 1e-3 },
  us: { unit: 'seconds', factor: 1e-6 },
  microseconds: { unit: 'seconds', factor: 1e-6 },
  ns: { unit: 'seconds', factor: 1e-9 },
  nanoseconds: { unit: 'seconds', factor: 1e-9 },
  min: { unit: 'seconds', factor: MINUTE },
  minutes: { unit: 'seconds', factor: MINUTE },
  h: { unit: 'seconds', factor: 60 * MINUTE },
  hours: { unit: 'seconds', factor: 60 * MINUTE },
  d: { unit: 'seconds', factor: 24 * 60 * MINUTE },
  days: { unit: 'seconds', factor: 24 * 60 * MINUTE },
  by: { unit: 'bytes', factor: 1 },
  b: { unit: 'bytes', factor: 1 },
  bytes: { unit: 'bytes', factor: 1 },
  kby: { unit: 'bytes', factor: 1e3 },
  mby: { unit: 'bytes', factor: 1e6 },
  gby: { unit: 'bytes', factor: 1e9 },
  kiby: { unit: 'bytes', factor: 2 ** 10 },
  miby: { unit: 'bytes', factor: 2 ** 20 },
  giby: { unit: 'bytes', factor: 2 ** 30 },
  kb: { unit: 'bytes', factor: 2 ** 10 },
  kib: { unit: 'bytes', factor: 2 ** 10 },
  mb: { unit: 'bytes', factor: 2 ** 20 },
  mib: { unit: 'bytes', factor: 2 ** 20 },
  gb: { unit: 'bytes', factor: 2 ** 30 },
  gib: { unit: 'bytes', factor: 2 ** 30 },
  '%': { unit: 'percent', factor: 1 },
  percent: { unit: 'percent', factor: 1 },
  ratio: { unit: 'percent', factor: 100 },
}

/** Undefined for a unit that is somebody's own, or none. `1` is no unit: a ratio says that it is one by its name. */
export function readUnit(text: string): UnitOf | undefined {
  const key = text.trim().toLowerCase()
  return Object.hasOwn(UNITS, key) ? UNITS[key] : undefined
}

import type { MadeSeries, MadeSystem } from '../made/made-system.ts'

/** A made-up series with its number, how often it speaks, and since when that is recorded. */
export type Held = { id: number; system: MadeSystem; made: MadeSeries; everyMs: number; since: number }

/** What it said last at a moment, with at most three decimals where that loses nothing of a small number. */
export function valueAt({ made, everyMs, since }: Held, at: number): number | null {
  if (at < since) return null
  const value = made.at(Math.floor(at / everyMs) * everyMs)
  if (value === null) return null
  return Math.abs(value) >= 1 ? Math.round(value * 1000) / 1000 : Number(value.toPrecision(6))
}

/** When its source fell silent, if it has. */
export function silentSince({ system, made }: Held): number | undefined {
  return system.sources.find((source) => source.id === made.source)?.silentSince
}

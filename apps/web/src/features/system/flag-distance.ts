import type { FlagView } from '@headroom/shared/model/flag.ts'
import { isUpward } from '@headroom/shared/rules/compare.ts'

/** Kinds whose line can be held against the metric's own value. */
const IN_UNITS: ReadonlySet<string> = new Set(['threshold', 'share'])

/**
 * How far a value is from a flag's line, in its unit: negative past it. Undefined where the two cannot be compared, and
 * where the line says nothing by itself, because something else must be true as well.
 */
export function distanceOf(flag: FlagView, value: number | null): number | undefined {
  if (value === null || flag.line === null || flag.conditional) return undefined
  if (flag.unit === 'bool' || !IN_UNITS.has(flag.kind)) return undefined
  return isUpward(flag.compare) ? flag.line - value : value - flag.line
}

/** The distance as a share of the greater of value and line, so that flags of all units can stand in one order. */
export function nearnessOf(flag: FlagView, value: number | null): number | undefined {
  const distance = distanceOf(flag, value)
  if (distance === undefined || value === null || flag.line === null) return undefined
  return Math.max(0, distance) / Math.max(Math.abs(flag.line), Math.abs(value), Number.MIN_VALUE)
}

import type { Compare } from '@headroom/shared/model/flag.ts'
import { isUpward } from '@headroom/shared/rules/compare.ts'
import { numberText } from './format-number.ts'

const SIGNS: Record<Compare, string> = { above: '>', below: '<', atLeast: '≥', atMost: '≤' }

/** `job queue length > 50`, as the documents write it. */
export function conditionText(name: string, compare: Compare, line: number, unit: string): string {
  return `${lowerFirst(name)} ${SIGNS[compare]} ${numberText(line, unit)}`
}

/** How far a value is from a line: `9 % below the line`, `11 past the line`, `on the line`. */
export function distanceText(value: number, compare: Compare, line: number, unit: string): string {
  const past = isUpward(compare) ? value - line : line - value
  if (past === 0) return 'on the line'
  return `${numberText(roughly(Math.abs(past)), unit)} ${past > 0 ? 'past' : 'to'} the line`
}

/** Two figures say how far: more of them would change with every value, and move the lines below. */
function roughly(size: number): number {
  return size < 100 ? Number(size.toPrecision(2)) : size
}

/** Names that keep their capital within a sentence. */
const NAMES = /^(?:Redis|PostgreSQL)\b/

/** `Job queue` becomes `job queue`; `CPU`, `DB pool` and `Redis pool` stay. */
export function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) && !NAMES.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}

import type { Alert } from '@headroom/shared/model/alert.ts'
import type { HeadroomView } from '@headroom/shared/model/system.ts'
import { numberText } from '../../ui/format-number.ts'
import { usedOfText } from '../../ui/used-of-text.ts'
import { hasOwnLimit } from './limit-words.ts'

/** What was last heard of the value behind an alert, and whether that can be called a value of now. */
export type Heard = { value: number; now: boolean }

/**
 * `Job queue: 61 now, line is 50`; with the limit where there is one, `DB pool: 41 of 50 now, line is 40`. One that came
 * back, and has not cleared yet, says so: `CPU: 28 % now, back below the line of 80 %`. Without anything heard, the value
 * at the last change of the alert; a yes or no needs no numbers.
 */
export function conditionWords(
  alert: Pick<Alert, 'title' | 'value' | 'line' | 'unit'>,
  heard: Heard | undefined,
  row: Pick<HeadroomView, 'limit' | 'unit'> | undefined,
): string {
  if (alert.unit === 'bool') return alert.title
  const value = heard?.value ?? alert.value
  const used =
    row !== undefined && hasOwnLimit(row) ? usedOfText(value, row.limit, row.unit) : numberText(value, alert.unit)
  const line = numberText(alert.line, alert.unit)
  if (heard?.now !== true) return `${alert.title}: ${used}, line is ${line}`
  const back = sideOf(alert.value, alert.line) === -sideOf(value, alert.line) && value !== alert.line
  if (!back) return `${alert.title}: ${used} now, line is ${line}`
  return `${alert.title}: ${used} now, back ${value < alert.line ? 'below' : 'above'} the line of ${line}`
}

/** While it fires, an alert's own value is one beyond its line: its side is the bad one. */
function sideOf(value: number, line: number): number {
  return Math.sign(value - line)
}

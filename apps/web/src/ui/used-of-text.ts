import { formatNumber, numberText } from './format-number.ts'

/** `27 of 100`, `197 of 512 MiB`, as `UsedOf` but in one piece: a unit both share is said once. */
export function usedOfText(used: number, limit: number, unit: string): string {
  const first = formatNumber(used, unit)
  const shared = first.unit === formatNumber(limit, unit).unit
  return `${shared ? first.figure : numberText(used, unit)} of ${numberText(limit, unit)}`
}

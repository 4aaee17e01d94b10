import { numberText } from '../../ui/format-number.ts'

/** What a rehearsal has shown, seen from now: `tested for 13 more`, `4 more than was tested`. */
export function testedWords(used: number, tested: number, unit: string): string {
  if (used === tested) return 'as many as were tested'
  return used < tested
    ? `tested for ${numberText(tested - used, unit)} more`
    : `${numberText(used - tested, unit)} more than was tested`
}

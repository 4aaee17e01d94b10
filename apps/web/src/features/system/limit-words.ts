import type { HeadroomView } from '@headroom/shared/model/system.ts'
import { numberText } from '../../ui/format-number.ts'

/** Who says what the limit is: the configuration, the system itself, or a document by its name. */
export function limitWords(row: HeadroomView, document: string | undefined): string {
  // Of a percent there is always this much, and nobody had to say so.
  if (row.unit === 'percent' && row.limit === 100 && row.limitFrom === 'reported') return ''
  switch (row.limitFrom) {
    case 'config':
      return 'limit set in headroom.yaml'
    case 'reported':
      return 'limit reported by the system'
    case 'preset':
      return document === undefined ? 'limit from its preset' : `limit from “${document}”`
  }
}

/** `73 left`, `3 over`, `none left`; a limit of nothing says so. */
export function leftWords(used: number | null, limit: number, unit: string): string {
  if (used === null) return 'not known now'
  if (limit <= 0)
    return used > 0 ? `${numberText(used, unit)} used, and the limit is 0` : 'the limit is 0: there is none'
  const left = limit - used
  if (left === 0) return 'none left'
  return left > 0 ? `${numberText(left, unit)} left` : `${numberText(-left, unit)} over the limit`
}

/** `tested to 40: 13 more`; what lies past the tested step is nobody's experience. */
export function testedWords(used: number | null, tested: number, unit: string): string {
  const words = `tested to ${numberText(tested, unit)}`
  if (used === null) return words
  const more = tested - used
  if (more === 0) return `${words}, which it is at`
  return more > 0 ? `${words}: ${numberText(more, unit)} more` : `${words}: ${numberText(-more, unit)} beyond`
}

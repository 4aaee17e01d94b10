import type { HeadroomView } from '@headroom/shared/model/system.ts'
import type { HeadroomNow } from '../../data/headroom-now.ts'
import { numberText } from '../../ui/format-number.ts'
import { usedOfText } from '../../ui/used-of-text.ts'
import { hasOwnLimit } from './limit-words.ts'

/** `Sessions 27 of 100, Memory 34 %`: what is used of each resource, in a sentence. */
export function gistOf(rows: readonly (HeadroomView & { now: HeadroomNow })[]): string {
  return rows
    .map((row) => {
      const { used, stale } = row.now
      if (used === null) return `${row.title} not known`
      const text = hasOwnLimit(row) ? usedOfText(used, row.limit, row.unit) : numberText(used, row.unit)
      return `${row.title} ${text}${stale ? ' (stale)' : ''}`
    })
    .join(', ')
}

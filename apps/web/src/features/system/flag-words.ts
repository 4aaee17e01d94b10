import { catalogued } from '@headroom/shared/metrics.ts'
import type { FlagView } from '@headroom/shared/model/flag.ts'
import { numberText } from '../../ui/format-number.ts'
import { conditionText, lowerFirst } from '../../ui/line-words.ts'

/** What a flag is about, as it is said within a sentence. */
export function flagSubject(flag: FlagView): string {
  return lowerFirst(catalogued(flag.metric)?.title ?? flag.metric)
}

/** A flag's line in words, by its kind. */
export function flagLineText(flag: FlagView): string {
  const subject = flagSubject(flag)
  if (flag.unit === 'bool') return `${subject}: no`
  if (flag.line === null) return `${subject}: the limit is not known yet`
  switch (flag.kind) {
    case 'threshold':
    case 'share':
      return conditionText(subject, flag.compare, flag.line, flag.unit)
    case 'count':
      return `${subject}: ${flag.line <= 1 ? 'any' : `${numberText(flag.line, 'count')} or more`}`
    case 'change':
      return flag.line <= 1 ? `${subject} went down` : `${subject} went down ${numberText(flag.line, 'count')} times`
    case 'leak':
      return `${subject} grows more than ${numberText(flag.line, flag.unit)} an hour and never comes back`
    case 'missing':
      return `${numberText(flag.line, flag.unit)} or more of ${subject} missing`
    case 'absent':
      return `${subject}: nothing for 3 intervals`
  }
}

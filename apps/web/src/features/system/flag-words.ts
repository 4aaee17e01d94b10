import { catalogued } from '@headroom/shared/metrics.ts'
import type { FlagView } from '@headroom/shared/model/flag.ts'
import { isUpward } from '@headroom/shared/rules/compare.ts'
import { numberText } from '../../ui/format-number.ts'
import { conditionText, lowerFirst } from '../../ui/line-words.ts'

/** What the collector writes as the source of a flag of one's own. */
export const OWN_DOCUMENT = 'headroom.yaml'

/** Whose figure a line is: the document's, Headroom's own, or that of the configuration, as limits are called. */
export function lineFrom({ why }: FlagView): 'documented' | 'ours' | 'configured' {
  if (why.document === OWN_DOCUMENT) return 'configured'
  return why.ours ? 'ours' : 'documented'
}

/** What a flag is about, as it is said within a sentence. */
export function flagSubject(flag: FlagView): string {
  const subject = lowerFirst(catalogued(flag.metric)?.title ?? flag.metric)
  const labels = Object.values(flag.labels)
  return labels.length === 0 ? subject : `${subject} (${labels.join(', ')})`
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
      return `${subject} grows more than ${leakText(flag.line, flag.unit)} and never comes back`
    case 'missing':
      return `${numberText(flag.line, flag.unit)} or more of ${subject} missing`
    case 'absent':
      return `${subject}: nothing for 3 intervals`
  }
}

/** The unit of a leak is the metric's an hour. */
function leakText(line: number, unit: string): string {
  return `${numberText(line, unit.replace(/_per_hour$/, ''))} an hour`
}

/** `held for 30 s before it fires`, `clears at 76 % or less`; nothing for a flag that fires at once and clears at its line. */
export function flagHoldWords(flag: FlagView): string[] {
  const level = flag.kind === 'threshold' || flag.kind === 'share'
  const inside = level && flag.clear !== null && flag.clear !== flag.line && flag.unit !== 'bool'
  return [
    ...(flag.holdSeconds > 0 ? [`held for ${numberText(flag.holdSeconds, 'seconds')} before it fires`] : []),
    ...(inside && flag.clear !== null
      ? [`clears at ${numberText(flag.clear, flag.unit)} or ${isUpward(flag.compare) ? 'less' : 'more'}`]
      : []),
    ...(flag.conditional ? ['only under the conditions of its sentence'] : []),
  ]
}

/** Everything of a flag that somebody may search for, in lower case. */
function flagHay(flag: FlagView): string {
  const { id, title, metric, severity, why, steps, say = '' } = flag
  return [id, title, metric, flagSubject(flag), severity, why.text, why.document, why.section ?? '', say, ...steps]
    .join('\n')
    .toLowerCase()
}

/** Whether a flag holds every word that is searched for. */
export function matchesFlag(flag: FlagView, search: string): boolean {
  const hay = flagHay(flag)
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => hay.includes(word))
}

import type { Compare } from '@headroom/shared/model/flag.ts'
import { conditionText } from './line-words.ts'

/** `> 90 %`: a line without what it is about. */
export function lineText(compare: Compare, line: number, unit: string): string {
  return conditionText('', compare, line, unit).trim()
}

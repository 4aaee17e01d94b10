import type { HeadroomView } from '@headroom/shared/model/system.ts'
import { lowerFirst } from '../../ui/line-words.ts'

type Row = Pick<HeadroomView, 'title' | 'limit' | 'limitFrom' | 'unit'>

const ORIGINS = { config: 'configured', reported: 'reported', preset: 'from the document' } as const

/**
 * Where the limits of some resources come from: `Limits configured`. Where they differ, those that most share are not
 * named: `Limits from the document, sessions configured`.
 */
export function limitWords(rows: readonly Row[]): string {
  const limited = rows.filter(hasOwnLimit)
  const groups = [...Map.groupBy(limited, (row) => ORIGINS[row.limitFrom])].toSorted(
    ([, a], [, b]) => b.length - a.length,
  )
  const [most, ...others] = groups
  if (most === undefined) return ''
  const exceptions = others.map(([origin, own]) => `, ${joined(own.map((row) => lowerFirst(row.title)))} ${origin}`)
  return `${limited.length === 1 ? 'Limit' : 'Limits'} ${most[0]}${exceptions.join('')}`
}

/** A percent carries its limit of 100 in itself, and no limit is no limit: neither comes from anywhere. */
export function hasOwnLimit({ unit, limit }: Pick<Row, 'unit' | 'limit'>): boolean {
  return limit > 0 && !(unit === 'percent' && limit === 100)
}

function joined(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
}

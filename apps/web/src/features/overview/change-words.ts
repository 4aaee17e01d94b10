import type { Change } from './card-order.ts'

/** `now critical, moved up`; `ok again`. */
export function changeWords({ word, moved }: Pick<Change, 'word' | 'moved'>): string {
  const state = word === 'ok' ? 'ok again' : `now ${word}`
  return moved === 'not' ? state : `${state}, moved ${moved}`
}

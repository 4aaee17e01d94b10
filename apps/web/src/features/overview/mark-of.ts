import type { StateWord } from '../../data/system-words.ts'
import type { Mark } from '../../ui/mark.ts'

/** The shape of a state's word: a system that is down has the shape of critical. */
export function markOf(word: StateWord): Mark {
  return word === 'down' ? 'critical' : word
}

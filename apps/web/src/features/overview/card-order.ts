import type { SystemView } from '@headroom/shared/model/system.ts'
import { stateRank, stateWord } from '../../data/system-words.ts'

/** Worst first; within a state in the order of the configuration. Values never move a card, only a change of state does. */
export function cardOrder(systems: readonly SystemView[]): SystemView[] {
  return systems.toSorted((a, b) => stateRank(stateWord(a)) - stateRank(stateWord(b)))
}

import type { SystemView } from '@headroom/shared/model/system.ts'
import { stateWord, worstState } from '../data/system-words.ts'
import type { StateWord } from '../data/system-words.ts'

type Seen = {
  systems: readonly Pick<SystemView, 'state' | 'down'>[]
  lost: boolean
  demo: boolean
  /** The name of the screen, where it is not the overview. */
  screen: string | undefined
}

/** `(2) critical · Caption workshop · Headroom`: how many need somebody and how badly, then where one is. */
export function pageTitle({ systems, lost, demo, screen }: Seen): string {
  const words = systems.map(stateWord)
  // Whatever is down is critical too: the number counts both, under the word that is true of all of them.
  const worst = words.includes('critical') ? 'critical' : worstState(systems)
  const alike: readonly (StateWord | undefined)[] = worst === 'critical' ? ['critical', 'down'] : [worst]
  const count = words.filter((word) => alike.includes(word)).length
  const state = lost ? 'not connected' : worst === undefined || worst === 'ok' ? undefined : `(${count}) ${worst}`
  return [state, screen, demo ? 'Headroom (demo)' : 'Headroom'].filter((part) => part !== undefined).join(' · ')
}

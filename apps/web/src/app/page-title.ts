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
  const worst = worstState(systems)
  // Down is critical too: the number counts both, the word says the worse.
  const alike: readonly (StateWord | undefined)[] = worst === 'down' ? ['down', 'critical'] : [worst]
  const count = systems.filter((system) => alike.includes(stateWord(system))).length
  const state = lost ? 'not connected' : worst === undefined || worst === 'ok' ? undefined : `(${count}) ${worst}`
  return [state, screen, demo ? 'Headroom (demo)' : 'Headroom'].filter((part) => part !== undefined).join(' · ')
}

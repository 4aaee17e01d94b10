import type { SystemView } from '@headroom/shared/model/system.ts'
import { stateWord } from '../data/system-words.ts'
import type { StateWord } from '../data/system-words.ts'

export type Words = ReadonlyMap<string, StateWord>

export function wordsOf(systems: readonly SystemView[]): Words {
  return new Map(systems.map((system) => [system.id, stateWord(system)]))
}

const MOST = 4

/** What changed between two looks, in a sentence to be read aloud; nothing where nothing changed. */
export function transitionText(before: Words, systems: readonly SystemView[]): string {
  const changed = systems.flatMap((system) => {
    const was = before.get(system.id)
    const is = stateWord(system)
    return was === undefined || was === is ? [] : [`${system.name} is ${is === 'ok' ? 'ok again' : is}`]
  })
  const rest = changed.length - MOST
  return rest > 0 ? `${changed.slice(0, MOST).join('. ')}. And ${rest} more.` : changed.join('. ')
}

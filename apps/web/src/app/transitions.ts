import type { SystemView } from '@headroom/shared/model/system.ts'
import { stateWord } from '../data/system-words.ts'
import type { StateWord } from '../data/system-words.ts'

export type Words = ReadonlyMap<string, StateWord>

export function wordsOf(systems: readonly SystemView[]): Words {
  return new Map(systems.map((system) => [system.id, stateWord(system)]))
}

/** What is to be read aloud: what is urgent interrupts, the rest waits its turn. Empty where nothing changed. */
export type Transitions = { urgent: string; calm: string }

const MOST = 4

/** What changed between two looks. A system that is newly critical or down is urgent; one that was either already is not. */
export function transitionsOf(before: Words, systems: readonly SystemView[]): Transitions {
  const changed = systems.flatMap((system) => {
    const was = before.get(system.id)
    const is = stateWord(system)
    return was === undefined || was === is
      ? []
      : [{ text: `${system.name} is ${is === 'ok' ? 'ok again' : is}`, was, is }]
  })
  const urgent = changed.filter(({ was, is }) => isGrave(is) && !isGrave(was))
  return {
    urgent: sentence(urgent.map(({ text }) => text)),
    calm: sentence(changed.filter((each) => !urgent.includes(each)).map(({ text }) => text)),
  }
}

function isGrave(word: StateWord): boolean {
  return word === 'critical' || word === 'down'
}

function sentence(texts: readonly string[]): string {
  if (texts.length === 0) return ''
  const rest = texts.length - MOST
  return `${texts.slice(0, MOST).join('. ')}.${rest > 0 ? ` And ${rest} more.` : ''}`
}

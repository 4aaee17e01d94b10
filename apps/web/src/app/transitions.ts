import type { SystemView } from '@headroom/shared/model/system.ts'
import { stateWord } from '../data/system-words.ts'
import type { StateWord } from '../data/system-words.ts'

/** `new`: nothing has been heard of it yet. */
type Word = StateWord | 'new'
export type Words = ReadonlyMap<string, Word>

/** What each system is. One that is not heard of yet, as the collector began anew, is what it was before. */
export function wordsOf(systems: readonly SystemView[], before: Words = new Map()): Words {
  return new Map(
    systems.map((system) => [system.id, isNew(system) ? (before.get(system.id) ?? 'new') : stateWord(system)]),
  )
}

function isNew({ state, down, sources }: SystemView): boolean {
  return state === 'unknown' && !down && sources.every(({ lastOkAt }) => lastOkAt === null)
}

/** What is to be read aloud: what is urgent interrupts, the rest waits its turn. Empty where nothing changed. */
export type Transitions = { urgent: string; calm: string }

const MOST = 4

/** What changed between two looks. A system that is newly critical or down is urgent; one that was either already is not. */
export function transitionsOf(before: Words, systems: readonly SystemView[]): Transitions {
  const words = wordsOf(systems, before)
  const changed = systems.flatMap((system) => {
    const was = before.get(system.id)
    const is = words.get(system.id)
    // That it answers at all, and is well, is what everybody expected.
    const isNews = was !== undefined && is !== undefined && was !== is && !(was === 'new' && is === 'ok')
    return !isNews ? [] : [{ text: `${system.name} is ${is === 'ok' ? 'ok again' : is}`, was, is }]
  })
  const urgent = changed.filter(({ was, is }) => isGrave(is) && !isGrave(was))
  return {
    urgent: sentence(urgent.map(({ text }) => text)),
    calm: sentence(changed.filter((each) => !urgent.includes(each)).map(({ text }) => text)),
  }
}

function isGrave(word: Word): boolean {
  return word === 'critical' || word === 'down'
}

function sentence(texts: readonly string[]): string {
  if (texts.length === 0) return ''
  const rest = texts.length - MOST
  return `${texts.slice(0, MOST).join('. ')}.${rest > 0 ? ` And ${rest} more.` : ''}`
}

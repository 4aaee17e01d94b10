import type { JSX } from 'react'
import type { StateWord } from '../../data/system-words.ts'
import { PlugMark } from '../../ui/PlugMark.tsx'
import { StateMark } from '../../ui/StateMark.tsx'
import type { Mark } from '../../ui/mark.ts'
import type { Standing } from './standing.ts'

/** The shape of a standing: a cut line where the collector is gone, else that of the state. */
export function StandingMark({ standing, size }: { standing: Standing; size: number }): JSX.Element {
  switch (standing.kind) {
    case 'lost':
      return <PlugMark size={size} />
    case 'down':
      return <StateMark mark="critical" size={size} />
    case 'known':
      return <StateMark mark={markOf(standing.word)} size={size} />
    default:
      return <StateMark mark="unknown" size={size} />
  }
}

function markOf(word: StateWord): Mark {
  return word === 'down' ? 'critical' : word
}

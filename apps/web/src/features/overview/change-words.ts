import type { Change } from './card-order.ts'

const ARROWS = { up: '↑', down: '↓', not: '' } as const

/** What a change is called on its card: `now critical ↑`, said as `now critical, moved up`. */
export function changeWords({ word, moved }: Pick<Change, 'word' | 'moved'>): {
  text: string
  arrow: string
  moved: string
} {
  return {
    text: word === 'ok' ? 'ok again' : `now ${word}`,
    arrow: ARROWS[moved],
    moved: moved === 'not' ? '' : `moved ${moved}`,
  }
}

/** Where a card stands in the grid, in pixels. */
export type Place = { left: number; top: number }

export type CardKey = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown' | 'Home' | 'End'

const KEYS: readonly string[] = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End']

export function isCardKey(key: string): key is CardKey {
  return KEYS.includes(key)
}

/** The card that a key leads to: left and right in order, up and down to the nearest of the next row. The edge keeps it. */
export function nextCard(places: readonly Place[], from: number, key: CardKey): number {
  const last = places.length - 1
  switch (key) {
    case 'Home':
      return 0
    case 'End':
      return last
    case 'ArrowLeft':
      return Math.max(0, from - 1)
    case 'ArrowRight':
      return Math.min(last, from + 1)
    case 'ArrowUp':
    case 'ArrowDown':
      return inNextRow(places, from, key === 'ArrowDown')
  }
}

function inNextRow(places: readonly Place[], from: number, down: boolean): number {
  const here = places[from]
  if (here === undefined) return from
  const beyond = places.filter(({ top }) => (down ? top > here.top : top < here.top)).map(({ top }) => top)
  if (beyond.length === 0) return from
  const row = down ? Math.min(...beyond) : Math.max(...beyond)
  const distance = (place: Place): number => (place.top === row ? Math.abs(place.left - here.left) : Infinity)
  return places.reduce((best, place, index) => (distance(place) < distance(places[best] ?? here) ? index : best), from)
}

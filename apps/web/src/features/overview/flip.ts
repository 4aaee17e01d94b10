type Spot = { left: number; top: number }
export type Spots = ReadonlyMap<string, Spot>

const MOVE_MS = 150
const CARD = '[data-system]'

/** Where every card of a grid stands, by its system; measured against the grid, so that scrolling is no move. */
export function spotsOf(grid: HTMLElement): Spots {
  return new Map(
    cardsOf(grid).map((card) => [card.dataset['system'] ?? '', { left: card.offsetLeft, top: card.offsetTop }]),
  )
}

/** Lets each card that stands elsewhere now come from where it stood; at once for those who want no motion. */
export function playFrom(grid: HTMLElement, before: Spots): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
  for (const card of cardsOf(grid)) {
    const spot = before.get(card.dataset['system'] ?? '')
    if (spot === undefined) continue
    const dx = spot.left - card.offsetLeft
    const dy = spot.top - card.offsetTop
    if ((dx === 0 && dy === 0) || !isOnScreen(card, dy)) continue
    card.animate([{ transform: `translate(${dx}px, ${dy}px)` }, { transform: 'none' }], {
      duration: MOVE_MS,
      easing: 'ease-out',
    })
  }
}

function cardsOf(grid: HTMLElement): HTMLElement[] {
  return [...grid.querySelectorAll<HTMLElement>(CARD)]
}

/** Whether a card is seen where it is, or was seen where it comes from. */
function isOnScreen(card: HTMLElement, dy: number): boolean {
  const { top, bottom } = card.getBoundingClientRect()
  const height = window.innerHeight
  return (bottom > 0 && top < height) || (bottom + dy > 0 && top + dy < height)
}

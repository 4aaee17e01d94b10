import { useMemo, useRef } from 'react'
import { flushSync } from 'react-dom'
import type { JSX, KeyboardEvent, ReactNode } from 'react'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { useShortcut } from '../../data/shortcuts.ts'
import { waitingCount } from './card-order.ts'
import { isCardKey, nextCard } from './next-card.ts'
import type { CardKey } from './next-card.ts'
import { FlipGrid } from './FlipGrid.tsx'
import { SystemCard } from './SystemCard.tsx'
import { useCardOrder } from './use-card-order.ts'
import { useLooking } from './use-looking.ts'
import classes from './overview.module.css'

type Props = {
  all: readonly SystemView[]
  matching: readonly SystemView[]
  /** Names the filter that `matching` passed. */
  filterKey: string
  firing: ReadonlyMap<string, readonly Alert[]>
  whenNone: ReactNode
}

const NONE: readonly never[] = []
/** Up to so many cards share the whole width. */
const FEW = 3

/** The cards, worst first. While somebody looks at them their order is held. */
export function CardGrid({ all, matching, filterKey, firing, whenNone }: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  const { looking, letGo, handlers } = useLooking()
  const placement = useCardOrder({ all, matching, key: filterKey, held: looking })
  const byId = useMemo(() => new Map(all.map((system) => [system.id, system])), [all])
  const step = (key: CardKey): void => focusCard(box.current, key)
  useShortcut('next-card', () => step('ArrowRight'))
  useShortcut('previous-card', () => step('ArrowLeft'))
  const sort = (byKey: boolean): void => {
    flushSync(letGo)
    // The button is gone with its reason: who came to it by key goes on at the worst card.
    if (byKey) focusCard(box.current, 'Home')
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isCardKey(event.key) || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    step(event.key)
  }
  const waiting = looking ? waitingCount(placement, matching) : 0
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it only hears what the links in it are told
    <div ref={box} role="group" aria-label="Cards" className={classes.looked} {...handlers} onKeyDown={onKeyDown}>
      {placement.shown.length === 0 && whenNone}
      <FlipGrid
        order={placement.shown.join(' ')}
        list={placement.key}
        className={classes.cards}
        few={all.length <= FEW ? all.length : undefined}
      >
        {placement.shown.map((id) => {
          const system = byId.get(id)
          if (system === undefined) return null
          return (
            <SystemCard key={id} system={system} alerts={firing.get(id) ?? NONE} change={placement.changes.get(id)} />
          )
        })}
      </FlipGrid>
      <div role="status" className={classes.held}>
        {waiting > 0 && (
          <p>
            <span>Order held, {waiting} changed</span>{' '}
            <button type="button" className={classes.again} onClick={(event) => sort(event.detail === 0)}>
              Sort now
            </button>
          </p>
        )}
      </div>
    </div>
  )
}

/** Moves the focus from card to card; from elsewhere to the first. */
function focusCard(box: HTMLElement | null, key: CardKey): void {
  const cards = [...(box?.querySelectorAll<HTMLElement>('[data-system]') ?? [])]
  const from = cards.findIndex((card) => card.contains(document.activeElement))
  const places = cards.map((card) => ({ left: card.offsetLeft, top: card.offsetTop }))
  const card = cards[from === -1 ? 0 : nextCard(places, from, key)]
  card?.querySelector('a')?.focus()
  card?.scrollIntoView({ block: 'nearest' })
}

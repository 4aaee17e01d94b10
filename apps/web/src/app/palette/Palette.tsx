import { useMemo, useState } from 'react'
import type { JSX } from 'react'
import { closeOverlay, typedAhead } from '../overlay-store.ts'
import { useModal } from '../use-modal.ts'
import type { Item } from './item.ts'
import { offeredItems } from './offered-items.ts'
import { Options } from './Options.tsx'
import { recentItems, rememberItem } from './recent-items.ts'
import { searchItems } from './search-items.ts'
import { useItems } from './use-items.ts'
import { useListbox } from './use-listbox.ts'
import classes from './palette.module.css'

const MOST = 40
const LIST = 'palette-list'

/** Finds a system, a chart, a flag, a screen, or something to do, by a few letters; the keyboard is all it takes. */
export function Palette(): JSX.Element {
  const dialog = useModal(closeOverlay)
  const [typed, setTyped] = useState(typedAhead)
  const [recent] = useState(recentItems)
  const items = useItems()
  const search = useMemo(() => searchItems(items, recent), [items, recent])
  const groups = useMemo(
    () =>
      typed.trim() === ''
        ? offeredItems(items, recent)
        : [{ title: '', items: search(typed, MOST) }].filter((group) => group.items.length > 0),
    [typed, items, recent, search],
  )
  const shown = groups.flatMap((group) => group.items)
  const choose = (item: Item | undefined): void => {
    if (item === undefined) return
    rememberItem(item.id)
    // Closed first: what is done may open something else, or give the focus away.
    closeOverlay()
    queueMicrotask(item.run)
  }
  const list = useListbox(shown.length, (index) => choose(shown[index]))
  const nothing = shown.length === 0
  return (
    <dialog ref={dialog} className={classes.palette} aria-label="Find and do">
      <div className={classes.body}>
        <input
          // The dialog gives it the focus, as it is the first thing in it.
          className={classes.input}
          role="combobox"
          aria-label="Find a system, chart, flag or screen, or something to do"
          aria-expanded={!nothing}
          aria-controls={LIST}
          aria-autocomplete="list"
          aria-activedescendant={nothing ? undefined : `${LIST}-${list.active}`}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder="Find a system, chart, flag, screen, or what to do"
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            list.move(0)
          }}
          onKeyDown={list.onKeyDown}
        />
        <Options id={LIST} groups={groups} active={list.active} onMove={list.move} onChoose={choose} />
        {nothing && (
          <p className={classes.nothing}>
            Nothing is called “{typed.trim()}”. Try the name of a system, of what is measured, or “dark”.
          </p>
        )}
        <p role="status" className="visually-hidden">
          {typed === '' ? '' : shown.length === 1 ? '1 found' : `${shown.length} found`}
        </p>
      </div>
    </dialog>
  )
}

import { useEffect, useId, useRef, useState } from 'react'
import type { JSX, KeyboardEvent, ReactNode } from 'react'
import classes from './ActionMenu.module.css'

type Action = { name: string; act: () => void }
type ActionGroup = { key: string; actions: readonly Action[] }
type Props = {
  /** What the button is called. */
  label: string
  icon: ReactNode
  /** Actions that belong together are a group; a hairline stands between two. */
  groups: readonly ActionGroup[]
}

/** A button with a small menu of actions. Only what is open is there: a page may have a hundred of them. */
export function ActionMenu({ label, icon, groups }: Props): JSX.Element {
  const [opened, setOpened] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  const close = (): void => {
    setOpened(false)
    button.current?.focus()
  }
  return (
    <div className={classes.box}>
      <button
        type="button"
        ref={button}
        className={classes.button}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={opened}
        aria-controls={opened ? id : undefined}
        onClick={() => setOpened(!opened)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          setOpened(true)
        }}
      >
        {icon}
      </button>
      {opened && <Items id={id} label={label} groups={groups} close={close} leave={() => setOpened(false)} />}
    </div>
  )
}

type ItemsProps = Pick<Props, 'label' | 'groups'> & { id: string; close: () => void; leave: () => void }

function Items({ id, label, groups, close, leave }: ItemsProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null)
  const items = (): HTMLElement[] => [...(list.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])]
  useEffect(() => items()[0]?.focus(), [])
  const onKeyDown = (event: KeyboardEvent): void => {
    const all = items()
    const here = all.findIndex((item) => item === document.activeElement)
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1 }[event.key]
    if (event.key === 'Escape') close()
    else if (event.key === 'Tab') leave()
    else if (to !== undefined) all.at(to % all.length)?.focus()
    if (event.key !== 'Tab') event.stopPropagation()
    if (event.key === 'Escape' || to !== undefined) event.preventDefault()
  }
  return (
    <div
      ref={list}
      id={id}
      role="menu"
      tabIndex={-1}
      aria-label={label}
      className={classes.menu}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        if (event.relatedTarget === null || !event.currentTarget.parentElement?.contains(event.relatedTarget)) leave()
      }}
    >
      {groups.map(({ key, actions }) => (
        <div key={key} role="group" className={classes.group}>
          {actions.map(({ name, act }) => (
            <button
              type="button"
              key={name}
              role="menuitem"
              tabIndex={-1}
              className={classes.item}
              onClick={() => {
                close()
                act()
              }}
            >
              {name}
            </button>
          ))}
        </div>
      ))}
    </div>
  )
}

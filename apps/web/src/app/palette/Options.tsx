import { Kbd } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { JSX } from 'react'
import { StateMark } from '../../ui/StateMark.tsx'
import { keyLabel } from '../key-label.ts'
import type { Item } from './item.ts'
import type { Offered } from './offered-items.ts'
import classes from './palette.module.css'

/** The groups whose title says what each of their items is. */
const OF_A_KIND: Partial<Record<Item['kind'], string>> = {
  System: 'Systems',
  Screen: 'Screens',
  Do: 'Do',
  Setting: 'Settings',
}

type Props = {
  id: string
  groups: readonly Offered[]
  active: number
  onMove: (to: number) => void
  onChoose: (item: Item) => void
}

/** What can be chosen, in groups; the active one is kept in view. */
export function Options({ id, groups, active, onMove, onChoose }: Props): JSX.Element {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [active, groups])
  return (
    <div ref={list} id={id} role="listbox" aria-label="What was found" className={classes.list}>
      {groups.map((group, place) => {
        const first = groups.slice(0, place).reduce((sum, { items }) => sum + items.length, 0)
        const options = group.items.map((item, index) => (
          <Option
            key={item.id}
            id={`${id}-${first + index}`}
            item={item}
            active={first + index === active}
            titled={group.title === OF_A_KIND[item.kind]}
            onMove={() => onMove(first + index)}
            onChoose={() => onChoose(item)}
          />
        ))
        if (group.title === '') return options
        return (
          <div key={group.title} role="group" aria-label={group.title}>
            <div className={classes.group} aria-hidden="true">
              {group.title}
            </div>
            {options}
          </div>
        )
      })}
    </div>
  )
}

/** The keyboard reaches it through the field: the pointer is only another way. */
function Option({
  id,
  item,
  active,
  titled,
  onMove,
  onChoose,
}: {
  id: string
  item: Item
  active: boolean
  /** True where the group says already of what kind it is. */
  titled: boolean
  onMove: () => void
  onChoose: () => void
}): JSX.Element {
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field has the focus and the keys
    <div
      id={id}
      role="option"
      aria-selected={active}
      className={classes.option}
      data-item={item.id}
      onPointerMove={active ? undefined : onMove}
      onClick={onChoose}
    >
      <span className={classes.mark}>{item.mark !== undefined && <StateMark mark={item.mark} size={14} />}</span>
      <span className={classes.name}>{item.name}</span>
      {item.where !== undefined && <span className={classes.where}>{item.where}</span>}
      {item.chosen === true && <span className={classes.where}>now</span>}
      <span className={classes.kind}>
        {item.key !== undefined && <Kbd size="xs">{keyLabel(item.key)}</Kbd>}
        {item.key === undefined && !titled && item.kind}
      </span>
    </div>
  )
}

import type { JSX } from 'react'
import classes from './lanes.module.css'

type LaneProps<T> = {
  name: string
  empty: string
  items: { from: number; to: number; row: number; item: T }[]
  at: (t: number) => number
  draw: (item: T) => JSX.Element
}

/** One row of spans on the time axis, in as many lines as they need. */
export function Lane<T extends { id: string }>({ name, empty, items, at, draw }: LaneProps<T>): JSX.Element {
  const rows = Math.max(1, ...items.map((each) => each.row + 1))
  return (
    <div className={classes.lane}>
      <h3>{name}</h3>
      {items.length === 0 ? (
        <p>{empty}</p>
      ) : (
        <ul style={{ height: rows * 22 }}>
          {items.map(({ from, to, row, item }) => (
            <li key={item.id} style={{ left: `${at(from)}%`, width: `${at(to) - at(from)}%`, top: row * 22 }}>
              {draw(item)}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

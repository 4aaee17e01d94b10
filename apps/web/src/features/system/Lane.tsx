import type { JSX } from 'react'
import type { Gap } from './use-spanned.ts'
import type { LaneMark } from './pack-lanes.ts'
import classes from './lanes.module.css'

const ROW_PX = 20

type LaneProps<T> = {
  name: string
  empty: string
  gap: Gap
  marks: readonly LaneMark<T>[]
  /** How wide the lane is that the marks were placed in, px. */
  width: number
  draw: (mark: LaneMark<T>) => JSX.Element
}

/** One lane of marks on the time axis, in as many rows as they need. */
export function Lane<T extends { id: string }>({ name, empty, gap, marks, width, draw }: LaneProps<T>): JSX.Element {
  const rows = Math.max(1, ...marks.map((mark) => mark.row + 1))
  return (
    <div className={classes.lane}>
      <h3>{name}</h3>
      {marks.length === 0 && gap.kind === 'none' && <p>{empty}</p>}
      {gap.kind === 'reading' && marks.length === 0 && <p className={classes.reading}>reading…</p>}
      {marks.length > 0 && (
        <ul style={{ height: rows * ROW_PX }}>
          {marks.map((mark) => (
            <li
              key={`${mark.items[0]?.id ?? ''} ${mark.items.length}`}
              style={{ left: shareOf(mark.left, width), width: shareOf(mark.width, width), top: mark.row * ROW_PX }}
            >
              {draw(mark)}
            </li>
          ))}
        </ul>
      )}
      {gap.kind === 'failed' && (
        <p className={classes.failed}>
          Those of this window could not be had: {gap.error.message}{' '}
          <button type="button" className={classes.again} onClick={gap.retry}>
            Try again
          </button>
        </p>
      )}
    </div>
  )
}

/** A length as a share of a width: paper is of another width, and nothing is placed anew for it. */
export function shareOf(length: number, width: number): string {
  return `${(100 * length) / Math.max(1, width)}%`
}

/** A span of time that stands in a lane. Spans of one `group` share a row; a lower `rank` stands higher. */
export type LaneSpan<T> = { from: number; to: number; group: string; rank?: number; name: string; item: T }

/** What is drawn: one mark for one span, or for several that lie too close to tell apart. Left and width in pixels. */
export type LaneMark<T> = {
  items: T[]
  row: number
  left: number
  width: number
  name: string
  /** Where its name fits: in it, beside it, or nowhere. */
  side: 'in' | 'right' | 'left' | 'none'
  /** How wide the name may be. */
  room: number
}

type View = { from: number; to: number; width: number }
type Placed<T> = LaneSpan<T> & { left: number; right: number }
type Held<T> = { items: T[]; row: number; left: number; right: number; names: string[] }

/** The narrowest a mark may be, which is its shape; and what a figure of its name needs. */
const MARK_PX = 20
const GAP_PX = 2
const FIGURE_PX = 7
const NAME_PAD_PX = 26
/** A long name may be cut, but not below this. */
const NAME_PX = 120
/** Up to so many groups have a row each. */
const OWN_ROWS = 6
const MOST_ROWS = 12
const MOST_NAMES = 3

/**
 * Spans as marks in rows that never lie on each other. A group stays in one row; few groups have a row each, many
 * share rows where they do not meet, and marks that would still lie on each other become one. A name stands only
 * where it fits.
 */
export function packLanes<T>(spans: readonly LaneSpan<T>[], view: View): LaneMark<T>[] {
  const groups = [
    ...Map.groupBy(
      spans.toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || a.from - b.from),
      (span) => span.group,
    ).values(),
  ].map((own) => own.map((span) => ({ ...span, ...place(span, view) })))
  const rows: Placed<T>[][] = []
  for (const own of groups) {
    const free = groups.length <= OWN_ROWS ? rows.length : rowFor(own, rows)
    rows[free] = [...(rows[free] ?? []), ...own]
  }
  return rows.flatMap((own, row) => named(merged(own, row), view.width))
}

/** The first row where nothing meets; else a new one; else where the fewest do. */
function rowFor<T>(own: readonly Placed<T>[], rows: readonly (readonly Placed<T>[])[]): number {
  const meetings = rows.map((row) =>
    own.reduce(
      (sum, span) =>
        sum + row.filter((each) => each.left < span.right + GAP_PX && span.left < each.right + GAP_PX).length,
      0,
    ),
  )
  const free = meetings.indexOf(0)
  if (free >= 0) return free
  return rows.length < MOST_ROWS ? rows.length : meetings.indexOf(Math.min(...meetings))
}

/** What would lie on each other becomes one mark. */
function merged<T>(spans: readonly Placed<T>[], row: number): Held<T>[] {
  const held: Held<T>[] = []
  for (const span of spans.toSorted((a, b) => a.left - b.left)) {
    const before = held.at(-1)
    if (before === undefined || before.right + GAP_PX <= span.left)
      held.push({ items: [span.item], row, left: span.left, right: span.right, names: [span.name] })
    else {
      before.items.push(span.item)
      before.right = Math.max(before.right, span.right)
      if (!before.names.includes(span.name)) before.names.push(span.name)
    }
  }
  return held
}

/** In pixels, at least as wide as a mark, and whole within the lane. */
function place(span: { from: number; to: number }, view: View): { left: number; right: number } {
  const x = (t: number): number =>
    (view.width * (Math.min(Math.max(t, view.from), view.to) - view.from)) / Math.max(1, view.to - view.from)
  const left = Math.max(0, Math.min(x(span.from), view.width - MARK_PX))
  return { left, right: Math.max(x(span.to), left + MARK_PX) }
}

/** Gives each mark of a row its name, from left to right: whole if it can be, else cut, else none. */
function named<T>(row: readonly Held<T>[], width: number): LaneMark<T>[] {
  let taken = 0
  return row.map((mark, index) => {
    const name = nameOf(mark)
    const whole = name.length * FIGURE_PX + NAME_PAD_PX
    const rooms = {
      in: mark.right - mark.left,
      right: (row[index + 1]?.left ?? width) - mark.right,
      left: mark.left - taken,
    }
    const side = sideFor(rooms, whole) ?? sideFor(rooms, NAME_PX) ?? 'none'
    taken = side === 'right' ? mark.right + Math.min(rooms.right, whole) : mark.right
    return {
      items: mark.items,
      row: mark.row,
      left: mark.left,
      width: mark.right - mark.left,
      name,
      side,
      room: side === 'none' ? 0 : rooms[side],
    }
  })
}

/** Of many, the first two and how many more: a list of all would be cut before it says that. */
function nameOf({ names, items }: Pick<Held<unknown>, 'names' | 'items'>): string {
  if (names.length > MOST_NAMES) return `${names.slice(0, 2).join(', ')} and ${items.length - 2} more`
  return `${names.join(', ')}${items.length > 1 ? ` ×${items.length}` : ''}`
}

function sideFor(rooms: Record<'in' | 'right' | 'left', number>, needs: number): 'in' | 'right' | 'left' | undefined {
  return (['in', 'right', 'left'] as const).find((side) => rooms[side] >= needs)
}

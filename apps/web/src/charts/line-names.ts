import type { Mark } from '../ui/mark.ts'
import { spreadApart } from './scale.ts'

export type NamedLine = { key: string; y: number; words: string; mark: Mark | 'limit' }
export type LineName = { key: string; y: number; words: string; mark: Mark | 'limit'; end: 'right' | 'left' }

/** A name needs so much above its line; lines closer than that share one name. */
const NAME_ROOM = 17
/** More than so many lines in one place are counted, not named. */
const MOST_NAMED = 3
const RANK: Record<NamedLine['mark'], number> = { critical: 0, warning: 1, limit: 2, unknown: 3, ok: 3, info: 4 }

/** The room for names: between two heights, between two sides, and what is drawn there already. */
type Room = { low: number; high: number; left: number; right: number; drawn: readonly { x: number; y: number }[] }

const FIGURE_PX = 5.7
const HALF_NAME = 10

/**
 * Where the names of lines stand: above their line, at its right end or, if the picture itself is there, at its left.
 * Lines that lie close together are named in one.
 */
export function lineNames(lines: readonly NamedLine[], room: Room): LineName[] {
  const groups: NamedLine[][] = []
  for (const line of lines.toSorted((a, b) => a.y - b.y)) {
    const near = groups.at(-1)
    const above = near?.at(-1)
    if (near !== undefined && above !== undefined && line.y - above.y < NAME_ROOM) near.push(line)
    else groups.push([line])
  }
  const names = groups.map((group) => ({
    key: group.map((line) => line.key).join(' '),
    y: Math.min(...group.map((line) => line.y)) - 8,
    words: joined(
      group
        .toReversed()
        .toSorted(limitLast)
        .map((line) => line.words),
    ),
    mark: group.toSorted((a, b) => RANK[a.mark] - RANK[b.mark])[0]?.mark ?? 'info',
  }))
  const ys = spreadApart(
    names.map((name) => name.y),
    13,
    room.low,
    room.high,
  )
  return names.map((name, index) => {
    const y = ys[index] ?? name.y
    return { ...name, y, end: freerEnd(y, name.words.length * FIGURE_PX, room) }
  })
}

function freerEnd(y: number, width: number, { left, right, drawn }: Room): 'right' | 'left' {
  const near = drawn.filter((point) => Math.abs(point.y - y) < HALF_NAME)
  const atRight = near.filter((point) => point.x > right - width).length
  const atLeft = near.filter((point) => point.x < left + width).length
  return atLeft < atRight ? 'left' : 'right'
}

/** The limit stands after the lines that lead to it. */
function limitLast(a: NamedLine, b: NamedLine): number {
  return Number(a.mark === 'limit') - Number(b.mark === 'limit')
}

/** `memory > 80 %, ours · > 90 %, documented`: what the first has said already is not said again. */
function joined(all: readonly string[]): string {
  const names = [...new Set(all)]
  const more = names.length - MOST_NAMED
  if (more > 1) return `${joined(names.slice(0, MOST_NAMED))} · and ${more} more lines`
  const [first = '', ...rest] = names
  const subject = /^(.*?) [<>≤≥] /.exec(first)?.[1]
  const short = rest.map((words) =>
    subject !== undefined && words.startsWith(`${subject} `) ? words.slice(subject.length + 1) : words,
  )
  return [first, ...short].join(' · ')
}

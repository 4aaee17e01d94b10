import type { SystemView } from '@headroom/shared/model/system.ts'
import { stateRank, stateWord } from '../../data/system-words.ts'
import type { StateWord } from '../../data/system-words.ts'

/** A change of state that somebody should notice; `moved` tells where it took its card. */
export type Change = { word: StateWord; was: StateWord; moved: 'up' | 'down' | 'not'; at: number }

/** `new`: unknown because nothing has been heard of it yet, so that its first word is no news. */
type Seen = StateWord | 'new'

/** The cards in the order they are shown, and what is needed to say which of them should move. */
export type Placement = {
  /** The filter that the order was made for: under another one it is another list, which nobody has looked at yet. */
  key: string
  shown: readonly string[]
  /** What each card was when it was given its place. */
  placedAs: ReadonlyMap<string, Seen>
  seen: ReadonlyMap<string, Seen>
  changes: ReadonlyMap<string, Change>
}

export type Look = {
  all: readonly SystemView[]
  matching: readonly SystemView[]
  key: string
  held: boolean
  now: number
}

/** How long the mark of a change stays on its card. */
export const CHANGE_SHOWN_MS = 60_000

/** Worst first; within a state in the order of the configuration. Values never move a card, only a change of state does. */
export function cardOrder(systems: readonly SystemView[]): SystemView[] {
  return systems.toSorted((a, b) => rankOf(a) - rankOf(b))
}

/** One that is only just being asked stands where it will stand if all is well: a start must not shuffle the cards. */
function rankOf(system: SystemView): number {
  const starting = system.state === 'unknown' && system.sources.every((source) => source.state === 'pending')
  return stateRank(starting ? 'ok' : stateWord(system))
}

/**
 * What is shown after another look at the systems; the same object while nothing changed. While the order is held,
 * every card keeps its place, even one that no longer passes the filter; a new one is put at the end.
 */
export function nextPlacement(before: Placement | undefined, look: Look): Placement {
  const seen = new Map(look.all.map((system) => [system.id, seenAs(system)]))
  const held = before !== undefined && look.held && before.key === look.key
  const shown = held ? keptOrder(before.shown, look) : cardOrder(look.matching).map((system) => system.id)
  const placedAs = new Map(
    shown.map((id) => [id, (held ? before.placedAs.get(id) : undefined) ?? seen.get(id) ?? 'new']),
  )
  const fresh = { key: look.key, shown, placedAs, seen, changes: new Map<string, Change>() }
  if (before === undefined) return fresh
  return isSame(before, fresh) ? before : { ...fresh, changes: changesOf(before, fresh, look.now) }
}

/** How many cards changed while the order was held; none where letting go would move nothing. */
export function waitingCount({ shown, placedAs, seen }: Placement, matching: readonly SystemView[]): number {
  const wanted = cardOrder(matching)
  if (wanted.length === shown.length && wanted.every(({ id }, index) => id === shown[index])) return 0
  return shown.filter((id) => placedAs.get(id) !== seen.get(id)).length
}

function seenAs(system: SystemView): Seen {
  const word = stateWord(system)
  return word === 'unknown' && system.sources.every((source) => source.lastOkAt === null) ? 'new' : word
}

function keptOrder(shown: readonly string[], { all, matching }: Look): string[] {
  const there = new Set(all.map((system) => system.id))
  const kept = shown.filter((id) => there.has(id))
  const known = new Set(kept)
  return [...kept, ...cardOrder(matching).flatMap(({ id }) => (known.has(id) ? [] : [id]))]
}

function changesOf(before: Placement, after: Placement, now: number): ReadonlyMap<string, Change> {
  const changes = new Map([...before.changes].filter(([, change]) => now - change.at < CHANGE_SHOWN_MS))
  const places = before.key === after.key ? before.shown : []
  for (const [id, word] of after.seen) {
    const was = before.seen.get(id) ?? 'new'
    if (word !== was && word !== 'new' && was !== 'new') changes.set(id, { word, was, moved: 'not', at: now })
  }
  for (const [place, id] of after.shown.entries()) {
    const word = after.placedAs.get(id) ?? 'new'
    const was = before.placedAs.get(id) ?? 'new'
    const from = places.indexOf(id)
    if (word === was || word === 'new' || was === 'new' || from === -1 || from === place) continue
    changes.set(id, { word, was, moved: stateRank(word) < stateRank(was) ? 'up' : 'down', at: now })
  }
  return changes
}

function isSame(a: Placement, b: Placement): boolean {
  return (
    a.key === b.key &&
    a.shown.length === b.shown.length &&
    a.shown.every((id, index) => id === b.shown[index]) &&
    sameEntries(a.seen, b.seen) &&
    sameEntries(a.placedAs, b.placedAs)
  )
}

function sameEntries<T>(a: ReadonlyMap<string, T>, b: ReadonlyMap<string, T>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value)
}

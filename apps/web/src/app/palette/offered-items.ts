import type { Item } from './item.ts'

export type Offered = { title: string; items: readonly Item[] }

const MOST_RECENT = 5
const MOST_SYSTEMS = 6

/** What is offered before anything is typed: what was used lately, the systems that need somebody first, and the screens. */
export function offeredItems(items: readonly Item[], recent: readonly string[]): Offered[] {
  const used = recent.flatMap((id) => items.find((item) => item.id === id) ?? []).slice(0, MOST_RECENT)
  const rest = items.filter((item) => !used.includes(item))
  const groups: Offered[] = [
    { title: 'Used lately', items: used },
    { title: 'Systems', items: rest.filter(({ kind }) => kind === 'System').slice(0, MOST_SYSTEMS) },
    { title: 'Screens', items: rest.filter(({ kind }) => kind === 'Screen') },
    { title: 'Do', items: rest.filter(({ kind }) => kind === 'Do') },
    { title: 'Settings', items: rest.filter(({ kind }) => kind === 'Setting') },
  ]
  return groups.filter((group) => group.items.length > 0)
}

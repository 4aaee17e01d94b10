import { World } from '@headroom/shared/world/world.ts'
import type { Store } from './store/types.ts'

/** A series silent for this long is not part of a moment any more. */
const ACTIVE_MS = 24 * 3_600_000

const KINDS = ['definition', 'config', 'source', 'system', 'limit', 'note', 'text'] as const

/** The world as it was at a past moment, folded from what the store kept. */
export async function worldAt(store: Store, at: number): Promise<World> {
  const world = new World()
  for (const kind of KINDS) world.applyAll(await store.stateAt(kind, at))
  world.applyAll(await store.openAlerts(at))
  for (const series of await store.series()) world.know(series)
  for (const sample of await store.newest({ at, notBefore: at - ACTIVE_MS }))
    world.observe(sample.series, sample.at, sample.value)
  world.rank(at)
  world.markSilent(at)
  return world
}

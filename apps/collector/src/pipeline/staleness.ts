import type { EventBody } from '@headroom/shared/model/event.ts'
import type { RuleSample } from '@headroom/shared/rules/types.ts'
import { isStale } from '@headroom/shared/staleness.ts'
import type { World } from '@headroom/shared/world/world.ts'

/**
 * Finds what has fallen silent since it was last looked at: sources without a good answer for three intervals,
 * and series that their source gives no more. Each is reported once; the next value makes it live again.
 */
export function findStale(
  world: World,
  startedAt: number,
  now: number,
): { events: EventBody[]; samples: RuleSample[] } {
  const events: EventBody[] = []
  for (const definition of world.definitions.values()) {
    for (const source of definition.sources) {
      const record = world.source(definition.id, source.id)
      const lastOkAt = world.lastOkAt(definition.id, source.id)
      // A source that never answered is given its three intervals from when it began to be asked.
      const since = Math.max(startedAt, world.watchedSince(definition.id, source.id))
      if (record.stale || !isStale(lastOkAt ?? since, source.everyMs, source.lagMs, now)) continue
      events.push({
        kind: 'source',
        system: definition.id,
        source: source.id,
        state: record.state,
        stale: true,
        lastOkAt,
        leftOut: record.leftOut,
        ...(record.error === undefined ? {} : { error: record.error }),
      })
    }
  }
  return { events, samples: world.markSilent(now).map((series) => ({ series: series.id, at: now, value: null })) }
}

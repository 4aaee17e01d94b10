import { staleAfterMs } from '@headroom/shared/staleness.ts'
import type { SourceView, SystemView } from '@headroom/shared/model/system.ts'

/** How far what a source said can still be taken for now. `at` is its last good answer. */
export type Freshness =
  | { kind: 'fresh'; at: number }
  | { kind: 'stale'; at: number }
  | { kind: 'never' }
  | { kind: 'pending' }

export function sourceFreshness(source: SourceView, answeredAt: number | null, now: number): Freshness {
  const at = Math.max(source.lastOkAt ?? 0, answeredAt ?? 0)
  if (at === 0) return source.state === 'pending' ? { kind: 'pending' } : { kind: 'never' }
  const late = now - at > staleAfterMs(source.everySeconds * 1000, source.lagSeconds * 1000)
  return { kind: late ? 'stale' : 'fresh', at }
}

/** A system is as fresh as its primary source, the first listed. */
export function systemFreshness(
  system: SystemView,
  answeredAt: (source: string) => number | null,
  now: number,
): Freshness {
  const primary = system.sources[0]
  return primary === undefined ? { kind: 'never' } : sourceFreshness(primary, answeredAt(primary.id), now)
}

/** Whether even the source that speaks most often is late: then nothing on the page is of now. */
export function newestIsLate(systems: readonly Pick<SystemView, 'sources'>[], newestAt: number, now: number): boolean {
  const waits = systems.flatMap((system) =>
    system.sources.map((source) => staleAfterMs(source.everySeconds * 1000, source.lagSeconds * 1000)),
  )
  return waits.length > 0 && now - newestAt > Math.min(...waits)
}

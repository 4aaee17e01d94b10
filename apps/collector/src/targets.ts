import { createHash } from 'node:crypto'
import type { Guide } from './config/compile.ts'
import { openSource, type SourceConfig, type SourceTable } from './config/source-schema.ts'
import type { SystemConfig } from './config/schema.ts'
import type { Clock } from './lib/clock.ts'
import type { Memories } from './memories.ts'
import type { ScrapeTarget } from './scrape/scraper.ts'
import type { Logger } from './telemetry/logger.ts'

/** The sources of all systems, as the scraper asks them. A source whose options did not change keeps its key. */
export function scrapeTargets(
  systems: readonly SystemConfig[],
  guides: Readonly<Record<string, Guide>>,
  table: SourceTable,
  { clock, log, memories }: { clock: Clock; log: Logger; memories: Memories },
): ScrapeTarget[] {
  return systems.flatMap((system) =>
    system.sources.map((source) => {
      const { everyMs, timeoutMs, maxSeries, labels, lagMs } = source
      const guide = table[source.type]?.guided === true ? guides[system.id] : undefined
      const context = {
        clock,
        log: log.with({ system: system.id, source: source.id }),
        memory: memories.of(system.id, source.id),
        ...(guide === undefined ? {} : { guide }),
      }
      const open = (): ReturnType<ScrapeTarget['open']> => openSource(table, source, context)
      return {
        key: keyOf(system.id, source, guide),
        system: system.id,
        source: source.id,
        type: source.type,
        pushed: table[source.type]?.pushed === true,
        everyMs,
        timeoutMs,
        maxSeries,
        labels,
        lagMs,
        open,
      }
    }),
  )
}

/** Options may hold tokens, so the key is a digest. */
function keyOf(system: string, source: SourceConfig, guide: Guide | undefined): string {
  const { runbook: _, ...watched } = guide ?? { runbook: [] }
  const digest = createHash('sha256')
    .update(JSON.stringify(guide === undefined ? source : [source, watched]))
    .digest('hex')
    .slice(0, 16)
  return `${system}/${source.id}/${digest}`
}

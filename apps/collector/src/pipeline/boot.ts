import type { EventBody } from '@headroom/shared/model/event.ts'
import type { RuleEngine, RuleSample } from '@headroom/shared/rules/types.ts'
import type { World } from '@headroom/shared/world/world.ts'
import { z } from 'zod'
import type { Store } from '../store/types.ts'
import type { Logger } from '../telemetry/logger.ts'
import { RULE_MEMORY } from './rule-memory.ts'

const RuleMemory = z.object({ asOf: z.number(), memory: z.string() })
/** The engine's memory is at most a minute old; more than this to judge again means that the clock or the disk was odd. */
const MAX_REPLAY_MS = 15 * 60_000
/** Answers may come this long after their slot: what arrived after the memory was written may lie before it. */
const OVERLAP_MS = 60_000
const PAGE = 50_000

/**
 * Brings the rule engine to where it was when the collector stopped: its memory as last written, then every sample
 * recorded since (the engine passes over those it has judged). What it says of them was said, and recorded, before
 * the stop.
 */
export async function restoreRules(
  store: Store,
  engine: RuleEngine,
  world: World,
  now: number,
  log: Logger,
): Promise<void> {
  const text = await store.document(RULE_MEMORY)
  if (text === null) return
  const parsed = RuleMemory.safeParse(parseJson(text))
  if (!parsed.success) {
    log.log('warn', 'the memory of the flags could not be read; they start afresh')
    return
  }
  engine.restore(parsed.data.memory)
  const ids = [...world.allSeries()].filter((series) => series.at !== null).map((series) => series.id)
  let from: number | null = Math.max(parsed.data.asOf - OVERLAP_MS, now - MAX_REPLAY_MS)
  while (from !== null && ids.length > 0) {
    const page = await store.raw({ series: ids, from, to: now + 1, limit: PAGE })
    const samples: RuleSample[] = page.series.flatMap((series) =>
      series.t.map((at, index) => ({ series: series.id, at, value: series.v[index] ?? null })),
    )
    samples.sort((a, b) => a.at - b.at)
    for (const sample of samples) engine.step([sample], sample.at)
    from = page.next
  }
}

/** Alerts that stood open when the collector stopped and that the flags of today know nothing of: closed. */
export function orphanedAlerts(world: World, engine: RuleEngine, now: number): EventBody[] {
  const known = new Set(engine.open().map((alert) => alert.id))
  return [...world.alerts.values()]
    .filter((alert) => !known.has(alert.id))
    .map((alert) => ({ kind: 'alert' as const, alert: { ...alert, state: 'resolved' as const, resolvedAt: now } }))
}

/** Alerts that judging again found open and nobody was told of: those of a flag that is new or was changed meanwhile. */
export function untoldAlerts(world: World, engine: RuleEngine): EventBody[] {
  return engine
    .open()
    .filter((alert) => world.alerts.get(alert.id)?.state !== alert.state)
    .map((alert) => ({ kind: 'alert' as const, alert }))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

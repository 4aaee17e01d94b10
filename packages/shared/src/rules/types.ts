import type { Alert } from '../model/alert.ts'
import type { Flag } from '../model/flag.ts'
import type { Labels } from '../model/labels.ts'

/** A series as the rule engine sees it: a number and where it belongs. `everyMs` 0: its source is no longer configured. */
export type RuleSeries = {
  id: number
  system: string
  source: string
  primary: boolean
  metric: string
  labels: Labels
  unit: string
  spread: boolean
  everyMs: number
  lagMs: number
}

/** A new value, or null where the series has just become stale. */
export type RuleSample = { series: number; at: number; value: number | null }

/** What is true around the samples: the series there are, the limits, the deploys. Values and times only; no I/O. */
export type RuleWorld = {
  series(id: number): RuleSeries | undefined
  /** All series of a system giving a metric, any source. */
  seriesOf(system: string, metric: string): readonly RuleSeries[]
  /** The limit of a resource of a system, or undefined while nobody knows it. */
  limit(system: string, resource: string): number | undefined
  tested(system: string, resource: string): number | undefined
  /** Times of deploy notes of a system, newest last. */
  deploys(system: string): readonly number[]
  /** When the newest event of a system that is over at `at` ended; what `event.ended_seconds` counts from. */
  eventEnd?(system: string, at: number): number | undefined
}

/** The newest value the engine was given of a series; null while it is stale. `at` is the newest real value's time. */
export type Latest = { at: number; value: number | null }

/**
 * One step of the engine: `(state, input, now)` to the next state and the alerts that changed.
 * Same inputs, same outputs; grouping samples into steps differently changes nothing but when `absent` is noticed
 * (`SPEC.md` RU22 says how a reading that comes in parts is put together).
 */
export type RuleEngine = {
  /** Judges new samples (ascending in time per series) and the passing of time. Returns the alerts that changed, whole. */
  step(samples: readonly RuleSample[], now: number): Alert[]
  /** Alerts that are pending or firing. */
  open(): Alert[]
  /** The engine's whole memory as JSON text; `restore` of it on an engine with the same flags continues where it left. */
  snapshot(): string
  /** Text that is not a memory of this version is ignored: everything starts afresh. */
  restore(text: string): void
  /** The configuration changed: keeps the memory of flags that are the same, resolves alerts of flags that are gone (returned). */
  replaceFlags(flags: readonly Flag[], now: number): Alert[]
}

import type { Reading } from '@headroom/shared/model/reading.ts'
import type { ZodType } from 'zod'
import type { Clock } from '../lib/clock.ts'
import type { Logger } from '../telemetry/logger.ts'

/** Options every source takes, beside its own; durations in ms. */
export type CommonOptions = {
  id: string
  everyMs: number
  timeoutMs: number
  maxSeries: number
  /** Added to every series of this source. */
  labels: Record<string, string>
}

export type SourceContext = {
  clock: Clock
  log: Logger
  /** Why this IP address may not be connected to, or null. Absent: any may, as for everything that stands in the file. */
  refuseAddress?: (address: string) => string | null
}

/** A source that is asked. One at a time; `poll` must settle soon after the signal aborts, and never throws for a bad answer. */
export type PollSource = AsyncDisposable & {
  poll(signal: AbortSignal): Promise<Reading>
}

/**
 * One kind of source: a folder, and a line in `sources/index.ts`. Schema, documentation, the list on the Set-up
 * screen and `check` are derived from it.
 */
export type SourceModule<Own> = {
  kind: string
  title: string
  /** One sentence: what it watches. */
  about: string
  /** Its own options, beside the common ones. */
  schema: ZodType<Own>
  defaults: { everyMs: number; timeoutMs: number; maxSeries: number; lagMs: number }
  /** Where it looks, without any secret; for logs and `check`. */
  describe(options: Own): string
  open(options: Own & CommonOptions, context: SourceContext): PollSource
}

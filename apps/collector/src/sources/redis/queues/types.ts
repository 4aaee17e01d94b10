import type { SourceProblem } from '@headroom/shared/model/system.ts'
import type { Ask } from '../probes/probe.ts'
import type { Abilities } from '../session.ts'

/** What one queue is known to hold. */
export type QueueState = { name: string; path: string; length: number; oldestSeconds: number | undefined }

/** A job that ended; for the median of how long jobs take. */
export type Ended = { at: number; seconds: number }

/** What one family of queues says. What it does not know is absent, never zero. */
export type FamilyReading = {
  title: string
  /** All queues that are followed; not each of them has had its turn yet. */
  names: readonly string[]
  queues: QueueState[]
  /** Tasks that workers have taken and not yet acknowledged, where that is all there is to know. */
  reserved?: number | undefined
  running?: number | undefined
  longestSeconds?: number | undefined
  /** Since this source began to look. */
  finished?: number | undefined
  failed?: number | undefined
  ended: readonly Ended[]
  workers?: { total: number; busy?: number; dead?: number } | undefined
  /** The first thing that could not be asked. */
  problem?: SourceProblem | undefined
}

/** What a look has to work with. */
export type Look = {
  ask: Ask
  now: number
  /** So many commands it may send. */
  budget: number
  /** How many clients are connected under each name; undefined where they cannot be listed. */
  clients: ReadonlyMap<string, number> | undefined
}

/** A kind of job queue that keeps its jobs in Redis. It remembers from look to look. */
export type QueueFamily = {
  readonly title: string
  /** It looks for its queues among all keys, and has not seen each of them. */
  readonly searching: boolean
  /** Undefined while there is nothing of it here. */
  look(look: Look): Promise<FamilyReading | undefined>
  /** A new connection: what was learnt of this server and its clients may not hold any more. */
  reconnected(): void
}

export type FamilyOptions = {
  /** Asked for by name, so that its absence is worth saying. */
  wanted: boolean
  /** Queues looked at beside those that are found. */
  names: readonly string[]
  prefix: string | undefined
  abilities: () => Abilities
}

/** More queues than this are not followed. */
export const MAX_QUEUES = 90

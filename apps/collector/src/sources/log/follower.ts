import type { SourceProblem } from '@headroom/shared/model/system.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { RefuseAddress } from '../http-client/guard-connector.ts'
import type { SourceMemory } from '../types.ts'
import type { Standing, Tally } from './tally.ts'

/** What a way of reading a log is given. */
export type FollowerParts = {
  tally: Tally
  clock: Clock
  log: Logger
  timeoutMs: number
  refuseAddress?: RefuseAddress | undefined
  memory?: SourceMemory | undefined
}

/** One way of reading a log; what it reads goes into the tally. */
export type Follower = AsyncDisposable & {
  /** Begins to follow; called once. What goes wrong is its own to try again. */
  begin(): void
  /** Brings in what is there by now, and says whether all of it could be read since it was last asked. */
  catchUp(signal: AbortSignal): Promise<Standing>
  /** Looks once, without having begun: for `check`, and for trying a source. */
  look(signal: AbortSignal): Promise<Look>
}

export type Look =
  /** The newest of the log, whole lines, and what it is in words: "the last 1.0 MiB". */
  | { kind: 'sample'; bytes: Buffer; what: string }
  /** There is nothing to look at before somebody sends something. */
  | { kind: 'waits'; forWhat: string }
  | { kind: 'problem'; problem: SourceProblem }

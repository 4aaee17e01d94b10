import type { SourceProblem } from '@headroom/shared/model/system.ts'
import type { Row, Session } from '../session.ts'
import { SessionError } from '../session.ts'
import type { Sheet } from '../../measures/sheet.ts'
import { numberIn } from '../number-in.ts'
import type { ConnectionStates } from './connection-states.ts'
import { lookText, REPLICATION, SIZE } from './statements.ts'

/** The size of a database grows slowly, and costs a look at all its files. */
const SIZE_EVERY_MS = 5 * 60_000

export type Said = { lines: string[]; problem?: SourceProblem | undefined }

/** What is remembered from look to look of one server. */
export class ServerLook {
  readonly #states: ConnectionStates
  readonly #timeoutMs: number
  #size: { bytes: number | undefined; at: number } | undefined
  #replication = true

  constructor(states: ConnectionStates, timeoutMs: number) {
    this.#states = states
    this.#timeoutMs = timeoutMs
  }

  /** Another server may answer behind a new connection. */
  reconnected(): void {
    this.#replication = true
    this.#size = undefined
  }

  async say(sheet: Sheet, session: Session, atMs: number, signal: AbortSignal): Promise<Said> {
    const [, , [settings] = [], activity = [], [database] = []] = await session.ask(lookText(this.#timeoutMs), signal)
    const seesAll = settings?.['sees_all'] === 't'
    this.#connections(sheet, settings, activity, { atMs, blind: !seesAll })
    this.#activity(sheet, activity, seesAll)
    sheet.counter('pg_stat_database deadlocks', 'db.deadlocks_per_minute', numberIn(database, 'deadlocks'))
    sheet.counter(
      'pg_stat_database xact_commit + xact_rollback',
      'db.transactions_per_minute',
      numberIn(database, 'transactions'),
    )
    sheet.gauge('pg_postmaster_start_time', 'db.uptime_seconds', numberIn(settings, 'uptime'))
    const replicas = await this.#lag(sheet, session, settings?.['standby'] === 't', seesAll, signal)
    sheet.gauge('pg_database_size', 'db.size_bytes', await this.#sizeOf(session, atMs, signal))
    return {
      lines: [serverLine(settings, replicas)],
      problem: seesAll ? undefined : blind(settings?.['who'] ?? 'its user'),
    }
  }

  #connections(
    sheet: Sheet,
    settings: Row | undefined,
    activity: readonly Row[],
    how: { atMs: number; blind: boolean },
  ): void {
    const most = numberIn(settings, 'max_connections')
    const kept = (numberIn(settings, 'superuser_reserved') ?? 0) + (numberIn(settings, 'reserved') ?? 0)
    const counts = new Map(activity.map((row) => [row['state'] ?? 'unknown', numberIn(row, 'connections') ?? 0]))
    this.#states.say(sheet, counts, most === undefined ? undefined : Math.max(1, most - kept), how)
  }

  /** Who does not see what others do knows nothing of their transactions: that nothing is no nought. */
  #activity(sheet: Sheet, activity: readonly Row[], seesAll: boolean): void {
    if (!seesAll) return
    const most = (column: string): number => Math.max(0, ...activity.map((row) => numberIn(row, column) ?? 0))
    const waiting = activity.reduce((sum, row) => sum + (numberIn(row, 'waiting') ?? 0), 0)
    sheet.gauge('pg_stat_activity xact_start', 'db.transaction.longest_seconds', most('longest_transaction'))
    sheet.gauge('pg_stat_activity idle in transaction', 'db.transaction.idle_seconds', most('longest_idle'))
    sheet.gauge('pg_stat_activity wait_event_type = Lock', 'db.locks.waiting', waiting)
    sheet.gauge('pg_stat_activity waiting longest', 'db.locks.longest_seconds', most('longest_wait'))
  }

  /** Gives how many replicas there are. */
  async #lag(sheet: Sheet, session: Session, standby: boolean, seesAll: boolean, signal: AbortSignal): Promise<number> {
    if (!this.#replication) return 0
    const answer = await unlessRefused(session.ask(REPLICATION, signal))
    if (answer === undefined) {
      this.#replication = false
      return 0
    }
    const [, [sent] = [], [received] = []] = answer
    const replicas = numberIn(sent, 'replicas') ?? 0
    if (standby) sheet.gauge('pg_last_xact_replay_timestamp', 'db.replication.lag_seconds', numberIn(received, 'lag'))
    // A replica that has nothing left to do says no lag.
    else if (replicas > 0 && seesAll)
      sheet.gauge('pg_stat_replication replay_lag', 'db.replication.lag_seconds', numberIn(sent, 'lag') ?? 0)
    return replicas
  }

  async #sizeOf(session: Session, atMs: number, signal: AbortSignal): Promise<number | undefined> {
    if (this.#size !== undefined && atMs - this.#size.at < SIZE_EVERY_MS) return this.#size.bytes
    const answer = await unlessRefused(session.ask(SIZE, signal))
    this.#size = { bytes: numberIn(answer?.[2]?.[0], 'bytes') ?? this.#size?.bytes, at: atMs }
    return this.#size.bytes
  }
}

/** What a service may lack, or be too slow for, is left out. */
async function unlessRefused(answer: Promise<Row[][]>): Promise<Row[][] | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof SessionError && !error.lost) return undefined
    throw error
  }
}

function serverLine(settings: Row | undefined, replicas: number): string {
  const version = settings?.['version']?.split(' ', 1)[0] ?? ''
  const part =
    settings?.['standby'] === 't'
      ? 'a replica'
      : `primary${replicas === 0 ? '' : ` with ${replicas} replica${replicas === 1 ? '' : 's'}`}`
  return `PostgreSQL ${version}, ${part}`
}

/** It sees that others are connected, and neither what they do nor for how long. */
function blind(who: string): SourceProblem {
  const name = /^[a-z_][a-z0-9_]*$/.test(who) ? who : `"${who.replaceAll('"', '""')}"`
  return {
    code: 'no_permission',
    message: `its user sees nothing of what others do, so states, transactions and waits are unknown; run GRANT pg_monitor TO ${name}`,
  }
}

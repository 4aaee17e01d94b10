import type { Reading } from '@headroom/shared/model/reading.ts'
import type { SourceProblem } from '@headroom/shared/model/system.ts'
import type { CommonOptions, PollSource, SourceContext } from '../types.ts'
import { parseAddress, type PostgresAddress } from './address.ts'
import { failureIn, POOLER_FULL, SERVER_FULL, type Failure } from './failure.ts'
import { sayPools } from './pgbouncer/pgbouncer-look.ts'
import type { PostgresOptions } from './schema.ts'
import { ConnectionStates } from './server/connection-states.ts'
import { ServerLook, type Said } from './server/server-look.ts'
import { Session, SessionError, type Dialling } from './session.ts'
import { Sheet } from '../measures/sheet.ts'

const CONSOLE = 'pgbouncer'

/** Opens a PostgreSQL or a PgBouncer. Each poll is a few statements over one connection that stays; whatever comes is a reading. */
export function openPostgres(options: PostgresOptions & CommonOptions, context: SourceContext): PollSource {
  return new PostgresSource(options, context)
}

class PostgresSource implements PollSource {
  readonly #options: PostgresOptions & CommonOptions
  readonly #clock: SourceContext['clock']
  readonly #dialling: Dialling
  readonly #pgbouncer: boolean
  readonly #states: ConnectionStates
  readonly #server: ServerLook
  #session: Session | undefined

  constructor(options: PostgresOptions & CommonOptions, { clock, log, refuseAddress }: SourceContext) {
    this.#options = options
    this.#clock = clock
    const address = addressOf(options)
    this.#pgbouncer = options.pgbouncer || address.database === CONSOLE
    this.#dialling = {
      address: this.#pgbouncer ? { ...address, database: CONSOLE } : address,
      insecure: options.insecure,
      refuse: refuseAddress,
    }
    this.#states = new ConnectionStates(options.everyMs)
    this.#server = new ServerLook(this.#states, options.timeoutMs)
    if (options.insecure) log.log('warn', 'certificates are not checked for this source (insecure: true)')
  }

  async poll(signal: AbortSignal): Promise<Reading> {
    const began = this.#clock.monotonic()
    const kept = this.#session?.gone === false
    try {
      return await this.#look(signal, began)
    } catch (error) {
      if (!(error instanceof SessionError)) throw error
      // A server, or a pooler before it, ends idle connections when it likes: on one that was kept, once more on a new one.
      if (!kept || !error.lost || signal.aborted) return this.#failed(error, signal)
      return this.#look(signal, began).catch((again: unknown) => {
        if (again instanceof SessionError) return this.#failed(again, signal)
        throw again
      })
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#session?.close()
    this.#session = undefined
    return Promise.resolve()
  }

  async #look(signal: AbortSignal, began: number): Promise<Reading> {
    const session = await this.#connected(signal)
    const sheet = new Sheet()
    const said = await this.#say(sheet, session, signal)
    const tookSeconds = (this.#clock.monotonic() - began) / 1_000
    return { ...whole(sheet, 1, said), tookSeconds }
  }

  async #say(sheet: Sheet, session: Session, signal: AbortSignal): Promise<Said> {
    if (this.#pgbouncer) return { lines: await sayPools(sheet, session, signal) }
    // PgBouncer's console lets in whoever may look, full or not: that says nothing.
    sheet.gauge('connections refused', 'db.connections.refused_per_minute', 0)
    return this.#server.say(sheet, session, this.#clock.monotonic(), signal)
  }

  async #connected(signal: AbortSignal): Promise<Session> {
    if (this.#session !== undefined && !this.#session.gone) return this.#session
    this.#session = await Session.open(this.#dialling, signal)
    this.#server.reconnected()
    return this.#session
  }

  #failed(error: SessionError, signal: AbortSignal): Reading {
    const { timeoutMs } = this.#options
    const asked = {
      timeoutMs,
      late: signal.aborted,
      pgbouncer: this.#pgbouncer,
      password: this.#dialling.address.password !== undefined,
      database: this.#dialling.address.database !== undefined,
    }
    const failure = failureIn(error, asked)
    if (error.lost) {
      this.#session?.close()
      this.#session = undefined
    }
    return this.#full(failure)
  }

  /** A server that lets nobody in has all the connections it may have. */
  #full({ up, problem }: Failure): Reading {
    const sheet = new Sheet()
    if (problem.code === SERVER_FULL) this.#states.sayFull(sheet, this.#clock.monotonic())
    if (problem.code === SERVER_FULL || problem.code === POOLER_FULL) {
      // Every look was one connection refused.
      sheet.gauge('connections refused', 'db.connections.refused_per_minute', 60_000 / this.#options.everyMs)
    }
    return whole(sheet, up, { lines: [], problem })
  }
}

function addressOf({ url, username, password }: PostgresOptions): PostgresAddress {
  const parsed = parseAddress(url)
  if (parsed.kind === 'problem') throw new Error('the schema lets no such address through')
  return {
    ...parsed.address,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
  }
}

function whole({ points, mapped }: Sheet, up: Reading['up'], { lines, problem }: Said): Reading {
  const error: { error?: SourceProblem } = problem === undefined ? {} : { error: problem }
  return { up, points, texts: lines.length === 0 ? [] : [{ path: 'server', lines }], mapped, leftOut: 0, ...error }
}

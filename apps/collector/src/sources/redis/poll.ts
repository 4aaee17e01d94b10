import type { Reading } from '@headroom/shared/model/reading.ts'
import type { CommonOptions, PollSource, SourceContext } from '../types.ts'
import { parseAddress, type RedisAddress } from './address.ts'
import { brokenFailure, isPartial, lateFailure, refusal, SENTINEL, type Failure } from './failure.ts'
import { NO_KNOWN_QUEUE, queueLines, queuePoints } from './queues/queue-points.ts'
import { createQueueWatch, problemIn, type QueueWatch } from './queues/queue-watch.ts'
import type { Ask } from './probes/probe.ts'
import type { RedisOptions } from './schema.ts'
import { clientNames } from './server/clients.ts'
import { infoNumber, parseInfo, type Info } from './server/info.ts'
import { loadingWords, serverLines, serverPoints } from './server/server-points.ts'
import { openSession, type Abilities, type Opened, type Session } from './session.ts'
import { Sheet } from '../measures/sheet.ts'
import { BrokenConnection, type Dialling } from './wire/connection.ts'
import { asList, asNumber, asText, isErrorReply } from './wire/resp.ts'

/** What one look may cost Redis, whatever lies in it. */
const MAX_COMMANDS = 20
/** CLIENT LIST takes time for each of them. */
const MAX_LISTED_CLIENTS = 1_000
const NO_ABILITIES: Abilities = { sort: false, clientList: false, configGet: false }

/** Opens a Redis. Each poll is a few small questions over one connection that stays; whatever comes is a reading. */
export function openRedis(options: RedisOptions & CommonOptions, context: SourceContext): PollSource {
  return new RedisSource(options, context)
}

class RedisSource implements PollSource {
  readonly #options: RedisOptions & CommonOptions
  readonly #clock: SourceContext['clock']
  readonly #dialling: Dialling
  readonly #queues: QueueWatch
  #session: Session | undefined
  /** As INFO or CONFIG said it last; a server that lets nobody in any more has just so many. */
  #maxClients: number | undefined

  constructor(options: RedisOptions & CommonOptions, { clock, log, refuseAddress }: SourceContext) {
    this.#options = options
    this.#clock = clock
    const { insecure, caFile, certFile, keyFile } = options
    const files = { caFile, certFile, keyFile }
    this.#dialling = { address: addressOf(options), insecure, files, refuse: refuseAddress }
    this.#queues = createQueueWatch(options, () => this.#session?.abilities ?? NO_ABILITIES)
    if (options.insecure && this.#dialling.address.tls)
      log.log('warn', 'certificates are not checked for this source (insecure: true)')
  }

  async poll(signal: AbortSignal): Promise<Reading> {
    const began = this.#clock.monotonic()
    const kept = this.#session?.connection.closed === false
    try {
      return await this.#look(signal, began)
    } catch (error) {
      if (!(error instanceof BrokenConnection)) throw error
      // A server closes idle connections when it likes: on one that was kept, once more on a new one.
      if (!kept || error.began || signal.aborted) return this.#broken(error, signal)
      return this.#look(signal, began).catch((again: unknown) => {
        if (again instanceof BrokenConnection) return this.#broken(again, signal)
        throw again
      })
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#session?.connection.close()
    this.#session = undefined
    return Promise.resolve()
  }

  #broken(error: BrokenConnection, signal: AbortSignal): Reading {
    const { timeoutMs } = this.#options
    return failed(signal.aborted ? lateFailure(error, timeoutMs) : brokenFailure(error, this.#dialling.address.tls))
  }

  async #look(signal: AbortSignal, began: number): Promise<Reading> {
    const opened = await this.#connected(signal)
    if (opened.kind === 'refused') return this.#refusedReading(opened.failure)
    const { connection, abilities, problem: wrongDatabase } = opened.session
    const most = MAX_COMMANDS + opened.sentBefore
    const ask: Ask = (commands) => connection.send(commands, signal)

    const pingAt = this.#clock.monotonic()
    const [pong] = await ask([['PING']])
    const tookSeconds = (this.#clock.monotonic() - pingAt) / 1_000
    const [said] = await ask([['INFO']])
    const info = parseInfo(asText(said) ?? '')
    const unanswered = isErrorReply(pong) ? refusedPing(pong.error, info) : undefined
    const refused = info.get('redis_mode') === 'sentinel' ? SENTINEL : unanswered
    if (refused !== undefined && (!isPartial(refused) || isErrorReply(said))) {
      connection.close()
      return this.#refusedReading(refused)
    }
    this.#maxClients = infoNumber(info, 'maxclients') ?? (await this.#configured(abilities, ask))
    const clients = this.#options.queues === 'none' ? undefined : await listClients(info, abilities, ask)
    const now = this.#clock.now()
    const queues = { ask, now, budget: most - connection.sent, clients }
    const families = wrongDatabase === undefined ? await this.#queues.look(queues) : []
    // Where some were found, those of other kinds are not waited for.
    const searching = wrongDatabase === undefined && families.length === 0 ? this.#queues.searching() : []
    const unknown = searching.length === 0 && families.length === 0 && this.#isUnknown(info)
    const unsaid = isErrorReply(said) ? refusal(said.error, ['INFO']) : unanswered
    const problem = wrongDatabase ?? unsaid?.problem ?? problemIn(families)
    // Signing in again may find the database.
    if (wrongDatabase !== undefined) connection.close()

    const sheet = new Sheet()
    const pingSeconds = unanswered === undefined ? tookSeconds : undefined
    serverPoints(sheet, { info, pingSeconds, maxClients: this.#maxClients, pool: this.#options.pool })
    queuePoints(sheet, families, now)
    const reading = {
      ...whole(sheet, texts(info, unknown ? [NO_KNOWN_QUEUE] : queueLines(families, searching))),
      tookSeconds: (this.#clock.monotonic() - began) / 1_000,
    }
    return problem === undefined ? reading : { ...reading, error: problem }
  }

  /** There are keys in our database, and whatever they are for, nobody said that they hold no queue. */
  #isUnknown(info: Info): boolean {
    return this.#options.queues === 'auto' && info.has(`db${this.#dialling.address.db ?? 0}`)
  }

  /** Signing in is part of the look that begins with it. */
  async #connected(signal: AbortSignal): Promise<Opened & { sentBefore: number }> {
    if (this.#session !== undefined && !this.#session.connection.closed)
      return { kind: 'open', session: this.#session, sentBefore: this.#session.connection.sent }
    this.#session = undefined
    const opened = await openSession(this.#dialling, signal)
    if (opened.kind === 'open') {
      this.#session = opened.session
      this.#queues.reconnected()
    }
    return { ...opened, sentBefore: 0 }
  }

  /** Before Redis 7 only CONFIG knows the limit; it is asked once a connection, where that is allowed. */
  async #configured(abilities: Abilities, ask: Ask): Promise<number | undefined> {
    if (!abilities.configGet) return this.#maxClients
    abilities.configGet = false
    const [reply] = await ask([['CONFIG', 'GET', 'maxclients']])
    return asNumber(asList(reply)[1])
  }

  /** A server that lets nobody in has as many clients as it may have: that is a reading. */
  #refusedReading(failure: Failure): Reading {
    if (failure.problem.code !== 'max_clients') return failed(failure)
    const sheet = new Sheet()
    sheet.gauge('max number of clients reached', 'redis.clients', this.#maxClients)
    sheet.gauge('as last known', 'redis.clients.limit', this.#maxClients)
    return { ...whole(sheet, []), up: failure.up, error: failure.problem }
  }
}

function addressOf({ url, username, password }: RedisOptions): RedisAddress {
  const parsed = parseAddress(url)
  if (parsed.kind === 'problem') throw new Error('the schema lets no such address through')
  return {
    ...parsed.address,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
  }
}

function refusedPing(error: string, info: Info): Failure {
  const failure = refusal(error, ['PING'])
  if (failure.problem.code !== 'loading') return failure
  return { ...failure, problem: { ...failure.problem, message: loadingWords(info) } }
}

/** Who is connected, by the names that clients give themselves; undefined where that cannot be asked, or costs too much. */
async function listClients(info: Info, abilities: Abilities, ask: Ask): Promise<Map<string, number> | undefined> {
  if (!abilities.clientList || (infoNumber(info, 'connected_clients') ?? 0) > MAX_LISTED_CLIENTS) return undefined
  const [reply] = await ask([['CLIENT', 'LIST']])
  if (typeof reply === 'string') return clientNames(reply)
  abilities.clientList = false
  return undefined
}

function texts(info: Info, queues: string[]): Reading['texts'] {
  const lines = [
    { path: 'server', lines: serverLines(info) },
    { path: 'queues', lines: queues },
  ]
  return lines.filter((text) => text.lines.length > 0)
}

function whole({ points, mapped }: Sheet, said: Reading['texts']): Reading {
  return { up: 1, points, texts: said, mapped, leftOut: 0 }
}

function failed({ up, problem }: Failure): Reading {
  return { up, error: problem, points: [], texts: [], mapped: [], leftOut: 0 }
}

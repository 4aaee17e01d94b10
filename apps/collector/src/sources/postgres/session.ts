import { readFile } from 'node:fs/promises'
import { isIP, Socket } from 'node:net'
import type { ConnectionOptions } from 'node:tls'
import { Client, DatabaseError } from 'pg'
import { ForbiddenAddress, guardLookup, type RefuseAddress } from '../http-client/guard-connector.ts'
import type { PostgresAddress } from './address.ts'

/** How to connect. `refuse` says which addresses may not be connected to; then no file of this machine is touched either. */
export type Dialling = { address: PostgresAddress; insecure: boolean; refuse?: RefuseAddress | undefined }

/** A row as PostgreSQL gives it: every value is text. */
export type Row = Readonly<Record<string, string | null>>

/** No connection, no answer, or a refusal; the cause is what pg, or the network, said. `lost`: the connection is gone. */
export class SessionError extends Error {
  override name = 'SessionError'
  readonly phase: 'connecting' | 'asking'
  readonly lost: boolean
  /** How what came first begins, where it is none of what PostgreSQL says first. */
  readonly foreign: string | undefined

  constructor(phase: SessionError['phase'], cause: unknown, lost: boolean, foreign?: string) {
    super('the session failed', { cause })
    this.phase = phase
    this.lost = lost
    this.foreign = foreign
  }
}

const NO_TLS = 'The server does not support SSL connections'
/** Of what comes first a message is no longer. */
const MAX_FIRST_BYTES = 30_000
const FORBIDDEN_FILES =
  'a socket or a file of this machine is not read from the screen: if it is meant, write the source into headroom.yaml by hand'

/** One connection that stays, and speaks the simple protocol, which PgBouncer's console knows as well. */
export class Session {
  readonly #client: Client
  readonly #socket: Socket
  #gone = false

  private constructor(client: Client, socket: Socket) {
    this.#client = client
    this.#socket = socket
    // An idle connection that breaks says so here; the next question finds it gone.
    client.on('error', () => (this.#gone = true))
    client.on('end', () => (this.#gone = true))
  }

  /** Throws SessionError. With `sslmode=prefer` a server without TLS is asked without it. */
  static async open(dialling: Dialling, signal: AbortSignal): Promise<Session> {
    const { sslMode } = dialling.address
    const local = dialling.address.host.startsWith('/')
    if (local || sslMode === 'disable') return Session.#connect(dialling, false, signal)
    try {
      return await Session.#connect(dialling, true, signal)
    } catch (error) {
      const optional = sslMode === 'prefer' || sslMode === 'allow'
      const without = error instanceof SessionError && error.cause instanceof Error && error.cause.message === NO_TLS
      if (!optional || !without || signal.aborted) throw error
      return Session.#connect(dialling, false, signal)
    }
  }

  static async #connect(dialling: Dialling, tls: boolean, signal: AbortSignal): Promise<Session> {
    const { address, refuse } = dialling
    const forbidden = forbiddenPlace(dialling)
    if (forbidden !== undefined) throw new SessionError('connecting', new ForbiddenAddress(forbidden), true)
    const socket = new GuardedSocket(refuse)
    let foreign: string | undefined
    socket.once('data', (chunk: Buffer) => {
      if (isFirstWord(chunk)) return
      foreign = chunk.toString('latin1', 0, 24).replace(/[^\x20-\x7e].*$/s, '')
      socket.destroy()
    })
    const stop = (): void => void socket.destroy(abortion(signal))
    signal.addEventListener('abort', stop, { once: true })
    try {
      signal.throwIfAborted()
      const client = newClient(address, tls ? await tlsOptions(dialling) : false, socket)
      client.on('error', () => undefined)
      await client.connect()
      return new Session(client, socket)
    } catch (error) {
      socket.on('error', () => undefined)
      socket.destroy()
      throw new SessionError('connecting', error, true, foreign)
    } finally {
      signal.removeEventListener('abort', stop)
    }
  }

  get gone(): boolean {
    return this.#gone
  }

  /** Several statements in one message, and the rows of each. Where one fails the others count for nothing. */
  async ask(text: string, signal: AbortSignal): Promise<Row[][]> {
    const stop = (): void => this.#break(abortion(signal))
    signal.addEventListener('abort', stop, { once: true })
    try {
      signal.throwIfAborted()
      const answer: unknown = await this.#client.query({ text, types: AS_TEXT })
      return (Array.isArray(answer) ? answer : [answer]).map(rowsOf)
    } catch (error) {
      // An error that ends the session comes before its end does.
      const fatal = !(error instanceof DatabaseError) || error.severity !== 'ERROR'
      if (fatal) this.#gone = true
      throw new SessionError('asking', error, fatal)
    } finally {
      signal.removeEventListener('abort', stop)
    }
  }

  /** Says goodbye, and waits for no answer. */
  close(): void {
    this.#gone = true
    this.#client.end().catch(() => undefined)
    this.#socket.destroySoon()
  }

  #break(reason: Error): void {
    this.#gone = true
    this.#socket.destroy(reason)
  }
}

function newClient(address: PostgresAddress, ssl: ConnectionOptions | false, socket: Socket): Client {
  return new Client({
    host: address.host,
    port: address.port,
    user: address.username ?? 'postgres',
    database: address.database ?? address.username ?? 'postgres',
    // A function, so that no file and no variable of this machine is asked for one.
    password: () => address.password ?? '',
    ssl,
    application_name: 'headroom',
    ...(address.options === undefined ? {} : { options: address.options }),
    stream: () => socket,
    keepAlive: true,
  })
}

/** Whether a PostgreSQL begins so: one letter about TLS, or a message about signing in, or why not. */
function isFirstWord(chunk: Buffer): boolean {
  const type = String.fromCharCode(chunk[0] ?? 0)
  if (type === 'S' || type === 'N') return chunk.length === 1
  return 'RvE'.includes(type) && (chunk.length < 5 || chunk.readUInt32BE(1) <= MAX_FIRST_BYTES)
}

/** Every value as the text that came: a count of 64 bits is no JavaScript number, and there are few values. */
const AS_TEXT = { getTypeParser: () => (value: string) => value }

function rowsOf(result: unknown): Row[] {
  const rows: unknown = typeof result === 'object' && result !== null && 'rows' in result ? result.rows : []
  return Array.isArray(rows) ? rows.filter(isRow) : []
}

function isRow(row: unknown): row is Row {
  return (
    typeof row === 'object' &&
    row !== null &&
    Object.values(row).every((value) => value === null || typeof value === 'string')
  )
}

function abortion(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error('no longer asked')
}

function forbiddenPlace({ address, refuse }: Dialling): string | undefined {
  if (refuse === undefined) return undefined
  const { host, rootCertificate, certificate, privateKey } = address
  const files = [rootCertificate, certificate, privateKey].some((file) => file !== undefined)
  if (files || host.startsWith('/')) return FORBIDDEN_FILES
  return isIP(host) === 0 ? undefined : (refuse(host) ?? undefined)
}

/** `require` encrypts without asking who is there, unless authorities are named, as with libpq. */
async function tlsOptions({ address, insecure }: Dialling): Promise<ConnectionOptions> {
  const { sslMode, rootCertificate, certificate, privateKey } = address
  const ca =
    rootCertificate === undefined || rootCertificate === 'system' ? {} : { ca: await readFile(rootCertificate) }
  const own =
    certificate === undefined || privateKey === undefined
      ? {}
      : { cert: await readFile(certificate), key: await readFile(privateKey) }
  const checked =
    !insecure && (sslMode.startsWith('verify') || (sslMode === 'require' && rootCertificate !== undefined))
  const anyName = sslMode === 'verify-full' ? {} : { checkServerIdentity: () => undefined }
  return { rejectUnauthorized: checked, ...ca, ...own, ...anyName }
}

/** A socket whose name is looked up as we say: an address that may not be connected to is not. */
class GuardedSocket extends Socket {
  readonly #refuse: RefuseAddress | undefined

  constructor(refuse: RefuseAddress | undefined) {
    super()
    this.#refuse = refuse
  }

  override connect(...args: unknown[]): this {
    const [port, host] = args
    if (this.#refuse === undefined || typeof port !== 'number' || typeof host !== 'string')
      return typeof port === 'number' ? super.connect(port, String(host)) : super.connect(String(port))
    return super.connect({ port, host, lookup: guardLookup(this.#refuse) })
  }
}

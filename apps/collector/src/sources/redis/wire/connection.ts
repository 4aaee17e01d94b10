import { readFile } from 'node:fs/promises'
import { connect as connectPlain, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { ForbiddenAddress, guardLookup, type RefuseAddress } from '../../http-client/guard-connector.ts'
import type { RedisAddress } from '../address.ts'
import { encodeCommands, isErrorReply, ReplyReader, type Command, type Reply } from './resp.ts'

/** What may come for one batch of commands: a list of 1,000 clients takes about 400 kB. */
const MAX_REPLY_BYTES = 4 * 2 ** 20
const KEEP_ALIVE_MS = 30_000
const CLOSED = new Error('closed')

/** A file for TLS cannot be read. */
export class UnreadableFile extends Error {
  override name = 'UnreadableFile'
}

/**
 * The connection is gone, or the deadline came: while connecting, while agreeing on TLS, or while asking. `began`: something
 * of this batch's answer was there already.
 */
export class BrokenConnection extends Error {
  override name = 'BrokenConnection'
  readonly phase: 'connecting' | 'securing' | 'asking'
  readonly began: boolean

  constructor(phase: BrokenConnection['phase'], began: boolean, cause: unknown) {
    super('the connection broke', { cause })
    this.phase = phase
    this.began = began
  }
}

/** Files for TLS: authorities to trust, and a certificate of our own with its key. */
export type TlsFiles = { caFile?: string | undefined; certFile?: string | undefined; keyFile?: string | undefined }

/** How to connect. `refuse` says which addresses may not be connected to; then no file of this machine is touched either. */
export type Dialling = {
  address: RedisAddress
  insecure: boolean
  files?: TlsFiles
  refuse?: RefuseAddress | undefined
}

type Waiting = { replies: Reply[]; wanted: number; began: boolean; settle: PromiseWithResolvers<Reply[]> }

/**
 * One connection that speaks RESP2: batches of commands out, their replies in. Written here because a client library
 * costs 24 to 30 MB of memory (ioredis 6, node-redis 6) where this takes less than one, and hides what a server that is no
 * Redis says. It knows no reconnecting: whoever holds it opens another.
 */
export class Connection {
  readonly #socket: Socket
  readonly #reader = new ReplyReader(MAX_REPLY_BYTES)
  #waiting: Waiting | undefined
  /** Said before anything was asked: a server at its limit says so, and closes. */
  #unasked: Reply[] = []
  #gone: { cause: unknown } | undefined
  /** Commands so far. */
  sent = 0

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (chunk: Buffer) => this.#take(chunk))
    socket.on('error', (error) => this.#end(error))
    socket.on('close', () => this.#end(CLOSED))
  }

  /** Rejects with BrokenConnection, also when the signal aborts. */
  static async open(dialling: Dialling, signal: AbortSignal): Promise<Connection> {
    const forbidden = forbiddenPlace(dialling)
    if (forbidden !== undefined) throw new BrokenConnection('connecting', false, new ForbiddenAddress(forbidden))
    const secrets = await readFiles(dialling)
    const ready = Promise.withResolvers<void>()
    const socket = dial(dialling, secrets, ready.resolve)
    let phase: BrokenConnection['phase'] = 'connecting'
    const fail = (error: unknown): void => ready.reject(new BrokenConnection(phase, false, error))
    const stop = (): void => fail(signal.reason)
    socket.once('connect', () => (phase = 'securing'))
    socket.once('error', fail)
    socket.once('close', () => fail(CLOSED))
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    try {
      await ready.promise
      return new Connection(socket)
    } catch (error) {
      socket.on('error', () => undefined)
      socket.destroy()
      throw error
    } finally {
      signal.removeEventListener('abort', stop)
    }
  }

  get closed(): boolean {
    return this.#gone !== undefined
  }

  /**
   * Sends commands in one go. Where the server closes behind an error, the list ends with that error. Rejects with
   * BrokenConnection, also when the signal aborts; the connection is closed then, since replies are still on their way.
   */
  async send(commands: readonly Command[], signal: AbortSignal): Promise<Reply[]> {
    if (this.#unasked.length > 0) return this.#unasked.splice(0)
    if (this.#gone !== undefined) throw new BrokenConnection('asking', false, this.#gone.cause)
    if (this.#waiting !== undefined) throw new Error('one batch at a time')
    if (commands.length === 0) return []
    const waiting: Waiting = {
      replies: [],
      wanted: commands.length,
      began: false,
      settle: Promise.withResolvers<Reply[]>(),
    }
    this.#waiting = waiting
    this.sent += commands.length
    const stop = (): void => this.#end(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    else this.#socket.write(encodeCommands(commands))
    try {
      return await waiting.settle.promise
    } finally {
      signal.removeEventListener('abort', stop)
    }
  }

  close(): void {
    this.#end(CLOSED)
  }

  #take(chunk: Buffer): void {
    const waiting = this.#waiting
    if (waiting !== undefined) waiting.began = true
    try {
      const replies = this.#reader.push(chunk)
      if (waiting === undefined) return void this.#unasked.push(...replies)
      waiting.replies.push(...replies)
      if (waiting.replies.length < waiting.wanted) return
      this.#waiting = undefined
      waiting.settle.resolve(waiting.replies.slice(0, waiting.wanted))
    } catch (error) {
      this.#end(error)
    }
  }

  #end(cause: unknown): void {
    if (this.#gone !== undefined) return
    this.#gone = { cause }
    this.#socket.destroy()
    const waiting = this.#waiting
    this.#waiting = undefined
    if (waiting === undefined) return
    if (isErrorReply(waiting.replies.at(-1))) waiting.settle.resolve(waiting.replies)
    else waiting.settle.reject(new BrokenConnection('asking', waiting.began, cause))
  }
}

function forbiddenPlace({ address: { place }, files = {}, refuse }: Dialling): string | undefined {
  if (refuse === undefined) return undefined
  if (place.kind === 'unix' || Object.values(files).some((file) => file !== undefined))
    return 'a socket or a file of this machine is not read from the screen: if it is meant, write the source into headroom.yaml by hand'
  return isIP(place.host) === 0 ? undefined : (refuse(place.host) ?? undefined)
}

type Secrets = { ca?: Buffer; cert?: Buffer; key?: Buffer }

/** Read at each connecting, since certificates are renewed. */
async function readFiles({ address: { tls }, files = {} }: Dialling): Promise<Secrets> {
  if (!tls) return {}
  try {
    return {
      ...(files.caFile === undefined ? {} : { ca: await readFile(files.caFile) }),
      ...(files.certFile === undefined ? {} : { cert: await readFile(files.certFile) }),
      ...(files.keyFile === undefined ? {} : { key: await readFile(files.keyFile) }),
    }
  } catch (error) {
    throw new BrokenConnection('connecting', false, new UnreadableFile('unreadable', { cause: error }))
  }
}

function dial({ address: { tls, place }, insecure, refuse }: Dialling, secrets: Secrets, ready: () => void): Socket {
  const socket = place.kind === 'unix' ? connectPlain({ path: place.path }, ready) : dialHost(place)
  socket.setNoDelay(true)
  socket.setKeepAlive(true, KEEP_ALIVE_MS)
  return socket

  function dialHost({ host, port }: { host: string; port: number }): Socket {
    const where = { host, port, ...(refuse === undefined ? {} : { lookup: guardLookup(refuse) }) }
    if (!tls) return connectPlain(where, ready)
    const name = isIP(host) === 0 ? { servername: host } : {}
    return connectTls({ ...where, ...name, ...secrets, rejectUnauthorized: !insecure }, ready)
  }
}

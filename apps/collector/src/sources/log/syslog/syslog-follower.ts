import { createHash, timingSafeEqual } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { SourceProblem } from '@headroom/shared/model/system.ts'
import type { Follower, FollowerParts, Look } from '../follower.ts'
import { RetryDelay } from '../retry-delay.ts'
import type { Standing } from '../tally.ts'
import { type Frame, Frames } from './frames.ts'
import { readSyslog } from './syslog-message.ts'

export type SyslogOptions = {
  port: number
  host: string
  token?: string | undefined
  tls?: { cert: string; key: string } | undefined
}

const MAX_CONNECTIONS = 256
/** Who connects for each batch anew is there all the same, for so long. */
const LINGER_MS = 60_000
const LF = Buffer.from('\n')

/** Listens for what is sent in syslog over TCP, plain or in TLS. */
export class SyslogFollower implements Follower {
  readonly #options: SyslogOptions
  readonly #parts: FollowerParts
  readonly #retry: RetryDelay
  readonly #token: Buffer | undefined
  readonly #sockets = new Set<Socket>()
  #server: Server | undefined
  #problem: SourceProblem | undefined
  /** When somebody who may send was last connected; a moment of nobody since the last question. */
  #heardAt: number | undefined
  #senders = 0
  #gap = true
  #refused = 0
  #broken = 0
  #stopped = false
  #cancel: () => void = () => undefined

  constructor(options: SyslogOptions, parts: FollowerParts) {
    this.#options = options
    this.#parts = parts
    this.#retry = new RetryDelay(parts.clock)
    this.#token = options.token === undefined ? undefined : digest(options.token)
  }

  /** The port it listens on, once it does. */
  get port(): number | undefined {
    const address = this.#server?.address()
    return typeof address === 'object' ? address?.port : undefined
  }

  begin(): void {
    void this.#listen().catch((error: unknown) => this.#failed(error))
  }

  catchUp(): Promise<Standing> {
    return Promise.resolve(this.#standing())
  }

  look(): Promise<Look> {
    const { host, port } = this.#options
    return Promise.resolve({ kind: 'waits', forWhat: `senders at ${host}:${port}` })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true
    this.#cancel()
    for (const socket of this.#sockets) socket.destroy()
    const server = this.#server
    if (server?.listening === true) await new Promise((resolve) => server.close(resolve))
  }

  async #listen(): Promise<void> {
    const { tls, host, port } = this.#options
    const limits = { keepAlive: true }
    const server =
      tls === undefined
        ? createServer(limits, (socket) => this.#accept(socket))
        : createTlsServer({ ...limits, cert: await readFile(tls.cert), key: await readFile(tls.key) }, (socket) =>
            this.#accept(socket),
          )
    if (this.#stopped) return
    this.#server = server
    server.maxConnections = MAX_CONNECTIONS
    server.on('tlsClientError', () => void this.#broken++)
    server.once('error', (error) => this.#failed(error))
    server.listen({ host, port }, () => {
      this.#problem = undefined
    })
  }

  #failed(error: unknown): void {
    if (this.#stopped) return
    this.#problem = listenProblem(this.#options, error)
    this.#cancel = this.#parts.clock.after(this.#retry.next(), () => this.begin())
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket)
    const stream = this.#parts.tally.stream()
    let sends = false
    const frames = new Frames((frame) => {
      const text = this.#admitted(frame)
      if (text === undefined) return
      if (!sends) this.#senders++
      sends = true
      this.#heardAt = this.#parts.clock.monotonic()
      stream.take(Buffer.concat([text, LF]))
    })
    // Without a token whoever is connected may send; with one it has to be shown first.
    if (this.#token === undefined) {
      sends = true
      this.#senders++
    }
    socket.on('data', (piece: Buffer) => {
      if (frames.feed(piece)) return
      this.#broken++
      socket.destroy()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      this.#sockets.delete(socket)
      frames.end()
      stream.end()
      if (!sends) return
      this.#senders--
      this.#heardAt = this.#parts.clock.monotonic()
    })
  }

  /** What is looked at of a message, or undefined where its sender may not send. */
  #admitted({ bytes, length }: Frame): Buffer | undefined {
    const { app, text, values } = readSyslog(bytes)
    const wanted = this.#token
    if (wanted !== undefined && !values.some((value) => timingSafeEqual(digest(value), wanted))) {
      this.#refused++
      return undefined
    }
    const cut = length > bytes.length ? Buffer.from(` (${length} bytes, cut)`) : Buffer.alloc(0)
    return Buffer.concat([
      app === undefined ? cut : Buffer.from(`${app}: `, 'latin1'),
      text,
      app === undefined ? Buffer.alloc(0) : cut,
    ])
  }

  #standing(): Standing {
    const now = this.#parts.clock.monotonic()
    const { host, port } = this.#options
    const gap = this.#gap
    const heard = this.#senders > 0 || (this.#heardAt !== undefined && now - this.#heardAt < LINGER_MS)
    this.#gap = !heard
    const [refused, broken] = [this.#refused, this.#broken]
    this.#refused = 0
    this.#broken = 0
    if (this.#problem !== undefined) return { kind: 'nothing', problem: this.#problem }
    if (this.#server?.listening !== true)
      return { kind: 'nothing', problem: { code: 'starting', message: `port ${port} is just being opened` } }
    if (refused > 0) {
      const message = `${refused} messages came without the token, or with another, and were not read; check the token of the sender`
      return { kind: heard ? 'part' : 'nothing', problem: { code: 'wrong_token', message } }
    }
    if (heard) return { kind: gap ? 'part' : 'whole' }
    if (broken > 0) {
      const message = `${broken} connections to ${host}:${port} brought no syslog; check whether both sides use TLS, or neither`
      return { kind: 'nothing', problem: { code: 'not_syslog', message } }
    }
    const message = `nobody is connected to ${host}:${port}; send the log there in syslog over TCP`
    return { kind: 'nothing', problem: { code: 'nobody', message } }
  }
}

function listenProblem({ host, port }: SyslogOptions, error: unknown): SourceProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  switch (code) {
    case 'EADDRINUSE':
      return {
        code: 'port_in_use',
        message: `port ${port} is used by another program, or by another source; choose another`,
      }
    case 'EACCES':
      return {
        code: 'no_permission',
        message: `port ${port} may not be listened on by the user Headroom runs as; choose one above 1023`,
      }
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return { code: 'no_address', message: `${host} is no address of this machine; check \`syslog.host\`` }
    case 'ENOENT':
      return { code: 'no_certificate', message: 'a file of `syslog.tls` is not there; check `cert` and `key`' }
    default:
      return code.startsWith('ERR_OSSL') || code.startsWith('ERR_SSL')
        ? {
            code: 'bad_certificate',
            message: '`syslog.tls`: the certificate and the key are no PEM, or do not belong together',
          }
        : { code: 'not_listening', message: `port ${port} could not be listened on (${code})` }
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect, type Socket } from 'node:net'
import type { LiveFrame, ServerMessage } from '@headroom/shared/protocol.ts'
import { ServerMessage as ServerMessageSchema } from '@headroom/shared/protocol.ts'
import { WebSocket } from 'ws'
import type { Identity } from '../../http/types.ts'
import { FakeClock } from '../../lib/fake-clock.ts'
import { silentLogger } from '../../telemetry/logger.ts'
import { createHub } from '../hub.ts'
import type { LiveLimits } from '../limits.ts'
import type { LiveHub, Snapshot } from '../types.ts'

export type Hello = Extract<ServerMessage, { kind: 'hello' }>
export type Numbered = Extract<
  ServerMessage,
  { kind: 'tick' | 'series' | 'system' | 'systems' | 'alert' | 'note' | 'gap' }
>

/** A hub behind a real HTTP server, with a world of two systems `a` (series 1) and `b` (series 2), for tests. */
export type Rig = AsyncDisposable & {
  hub: LiveHub
  clock: FakeClock
  port: number
  /** The most bytes that wait in this process for any one client. */
  held(): number
  /** How often the hub asked for the state. */
  snapshots(): number
  /** Publishes a tick of these series and moves the snapshot along. */
  tick(seq: number, series?: number[], stored?: boolean): void
  publish(frame: LiveFrame): void
  client(options?: { protocol?: string; as?: Identity }): Promise<TestClient>
  /** A connection that has asked to be a WebSocket and reads nothing. */
  deaf(): Promise<Socket>
}

export async function startRig(
  limits: Partial<LiveLimits> = {},
  systems: Snapshot['systems'] = [system('a'), system('b')],
): Promise<Rig> {
  const clock = new FakeClock()
  let seq = 0
  let snapshots = 0
  const snapshot = (): Snapshot => (
    ++snapshots,
    { now: clock.now(), seq, stored: true, demo: false, systems, series: [view(1, 'a'), view(2, 'b')], alerts: [] }
  )
  const hub = createHub({ clock, log: silentLogger, snapshot, limits })
  const server = createServer()
  const identities = new Map<string, Identity>()
  const sockets: Socket[] = []
  server.on('connection', (socket) => sockets.push(socket))
  server.on('upgrade', (request, socket, head) =>
    hub.accept({ request, socket, head }, identities.get(request.url ?? '') ?? { name: 'local', role: 'admin' }),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const clients: TestClient[] = []
  const deafs: Socket[] = []
  const publish = (frame: LiveFrame, stored = true): void => {
    seq = frame.seq
    hub.publish([frame], stored)
  }
  return {
    hub,
    clock,
    port,
    publish,
    held: () => Math.max(0, ...sockets.map((socket) => socket.writableLength)),
    snapshots: () => snapshots,
    tick: (number, series = [1, 2], stored = true) =>
      publish(
        { kind: 'tick', seq: number, at: clock.now(), values: series.map((id) => [id, clock.now(), number]) },
        stored,
      ),
    async client({ protocol, as } = {}) {
      const path = `/${identities.size}`
      if (as !== undefined) identities.set(path, as)
      const client = new TestClient(
        new WebSocket(`ws://127.0.0.1:${port}${path}`, protocol === undefined ? [] : [protocol]),
      )
      clients.push(client)
      await client.opened
      return client
    },
    async deaf() {
      const socket = connect(port, '127.0.0.1')
      deafs.push(socket)
      await once(socket, 'connect')
      socket.write(
        'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
      )
      return socket
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.socket.terminate()
      for (const socket of deafs) socket.destroy()
      await hub[Symbol.asyncDispose]()
      server.close()
    },
  }
}

/** A client that keeps what it was told until it is asked for it. */
export class TestClient {
  readonly socket: WebSocket
  readonly opened: Promise<unknown>
  readonly closed: Promise<{ code: number; reason: string }>
  readonly #told: ServerMessage[] = []
  #waiting: ((message: ServerMessage) => void) | null = null

  constructor(socket: WebSocket) {
    this.socket = socket
    this.opened = once(socket, 'open')
    this.closed = new Promise((resolve) =>
      socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() })),
    )
    socket.on('error', () => undefined)
    socket.on('message', (data: Buffer) => {
      const message = ServerMessageSchema.parse(JSON.parse(data.toString()))
      if (this.#waiting === null) this.#told.push(message)
      else this.#waiting(message)
      this.#waiting = null
    })
  }

  next(): Promise<ServerMessage> {
    const told = this.#told.shift()
    if (told !== undefined) return Promise.resolve(told)
    return new Promise((resolve) => (this.#waiting = resolve))
  }

  async hello(): Promise<Hello> {
    const message = await this.next()
    if (message.kind !== 'hello') throw new Error(`expected hello, got ${message.kind}`)
    return message
  }

  /** The next so many frames, as `kind seq<prev`. */
  async frames(count: number): Promise<string[]> {
    const frames: string[] = []
    while (frames.length < count) {
      const message = await this.next()
      frames.push('prev' in message ? `${message.kind} ${message.seq}<${message.prev}` : message.kind)
    }
    return frames
  }

  say(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  }

  /** Resolves when everything said so far has been heard and answered. */
  async settled(): Promise<ServerMessage[]> {
    this.say({ kind: 'ping' })
    const before: ServerMessage[] = []
    for (;;) {
      const message = await this.next()
      if (message.kind === 'pong') return before
      before.push(message)
    }
  }
}

export function view(id: number, of: string): Snapshot['series'][number] {
  return {
    id,
    system: of,
    source: 'http-json',
    primary: true,
    metric: 'up',
    unit: 'bool',
    labels: {},
    at: null,
    value: null,
  }
}

export function system(id: string): Snapshot['systems'][number] {
  return {
    id,
    name: id,
    presets: [],
    state: 'ok',
    down: false,
    since: 0,
    sources: [],
    headroom: [],
    texts: [],
    alerts: { warning: 0, critical: 0 },
  }
}

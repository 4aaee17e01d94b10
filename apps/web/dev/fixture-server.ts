import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { extname, join, normalize } from 'node:path'
import { parseArgs } from 'node:util'
import { ClientMessage, PROTOCOL, SUBPROTOCOL } from '@headroom/shared/protocol.ts'
import type { ServerMessage } from '@headroom/shared/protocol.ts'
import { FixtureWorld, SCENARIOS } from './fixture-world.ts'
import type { Scenario } from './fixture-world.ts'
import { accept } from './websocket.ts'
import type { Peer } from './websocket.ts'

const DIST = join(import.meta.dirname, '../dist')
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
}
const POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; object-src 'none'"

export type Fixture = { url: string; hangUp: () => void; close: () => Promise<void> }

/** A collector that is not one: the same HTTP and WebSocket, made-up systems, for developing the page and for pictures of it. */
export async function startFixture(options: { scenario: Scenario; port: number }): Promise<Fixture> {
  const world = new FixtureWorld(options.scenario, Math.floor(Date.now() / 1000) * 1000)
  const live = new LiveFixture(world)
  const server = createServer((request, response) => void answer(world, live, request, response))
  server.on('upgrade', (request, socket) => {
    if (live.open) live.join(request, socket)
    else socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(options.port, '127.0.0.1', resolve))
  const ticking = setInterval(() => live.tick(), 1000)
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  return {
    url: `http://127.0.0.1:${port}`,
    hangUp: () => live.hangUp(),
    close: async () => {
      clearInterval(ticking)
      live.hangUp()
      await shut(server)
    },
  }
}

function shut(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

class LiveFixture {
  open = true
  readonly world: FixtureWorld
  #peers = new Map<Peer, number>()
  #seq = 1

  constructor(world: FixtureWorld) {
    this.world = world
  }

  get viewers(): number {
    return this.#peers.size
  }

  join(request: IncomingMessage, socket: Duplex): void {
    const peer = accept(request, socket, SUBPROTOCOL, {
      text: (text) => {
        const message = ClientMessage.parse(JSON.parse(text))
        if (message.kind === 'ping') this.#send(peer, { kind: 'pong', now: Date.now() })
      },
      closed: () => this.#peers.delete(peer),
    })
    const now = Date.now()
    const { scenario } = this.world
    const greet = (): void => {
      this.#peers.set(peer, this.#seq)
      this.#send(peer, {
        kind: 'hello',
        protocol: PROTOCOL,
        stream: String(this.world.start),
        now,
        seq: this.#seq,
        role: 'admin',
        stored: scenario !== 'not-recording',
        demo: scenario === 'fine',
        systems: this.world.views(now),
        series: this.world.series(now),
        alerts: this.world.alerts(true),
      })
    }
    if (scenario === 'slow') setTimeout(greet, 5000)
    else greet()
  }

  tick(): void {
    const values = this.world.tick(Date.now())
    if (values.length === 0) return
    this.#seq += 1
    for (const [peer, prev] of this.#peers) {
      this.#send(peer, {
        kind: 'tick',
        seq: this.#seq,
        prev,
        values,
        ...(this.world.scenario === 'not-recording' ? { stored: false } : {}),
      })
      this.#peers.set(peer, this.#seq)
    }
  }

  hangUp(): void {
    this.open = false
    for (const peer of this.#peers.keys()) peer.close()
  }

  #send(peer: Peer, message: ServerMessage): void {
    peer.send(JSON.stringify(message))
  }
}

async function answer(
  world: FixtureWorld,
  live: LiveFixture,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://fixture')
  response.setHeader('content-security-policy', POLICY)
  if (!url.pathname.startsWith('/api/v1/')) return page(url.pathname, response)
  const reply = route(world, live, url)
  const send = (): void => {
    response.writeHead(reply === undefined ? 500 : 200, { 'content-type': 'application/json' })
    response.end(
      JSON.stringify(
        reply ?? {
          error: {
            code: 'store_failed',
            message: 'The store could not be read: disk I/O error. See the collector’s log.',
          },
        },
      ),
    )
  }
  if (world.scenario === 'slow') setTimeout(send, 5000)
  else send()
}

function route(world: FixtureWorld, live: LiveFixture, url: URL): unknown {
  const now = Date.now()
  const system = url.searchParams.get('system') ?? undefined
  const number = (name: string, other: number): number => Number(url.searchParams.get(name) ?? other)
  switch (url.pathname.slice('/api/v1'.length)) {
    case '/status':
      return world.status(now, live.viewers)
    case '/systems':
      return world.views(now)
    case '/series':
      return world.series(now, system)
    case '/flags':
      return world.flags(system)
    case '/alerts':
      return world.alerts(url.searchParams.get('state') !== 'all', system)
    case '/notes':
      return world.notes(system)
    case '/definitions':
      return world.definitions()
    case '/mapping':
      return world.mapping(now, system)
    case '/range': {
      const ids = (url.searchParams.get('series') ?? '').split(',').map(Number)
      if (
        world.scenario === 'history-fails' &&
        world.held.some((held) => ids.includes(held.id) && held.made.metric.startsWith('memory'))
      )
        return undefined
      return world.range(ids, number('from', now - 900_000), number('to', now), number('points', 300))
    }
    default:
      return undefined
  }
}

async function page(path: string, response: ServerResponse): Promise<void> {
  const file = extname(path) === '' ? '/index.html' : normalize(path)
  try {
    const body = await readFile(join(DIST, file))
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
    response.end(body)
  } catch {
    response.writeHead(404).end()
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { scenario: { type: 'string', default: 'states' }, port: { type: 'string', default: '4600' } },
  })
  const scenario = SCENARIOS.find((name) => name === values.scenario)
  if (scenario === undefined) throw new Error(`--scenario must be one of ${SCENARIOS.join(', ')}`)
  const fixture = await startFixture({ scenario, port: Number(values.port) })
  console.log(`fixture "${scenario}" at ${fixture.url}`)
}

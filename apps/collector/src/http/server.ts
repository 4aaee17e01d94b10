import type { Server } from 'node:http'
import type { Clock } from '../lib/clock.ts'
import type { LiveHub } from '../live/types.ts'
import type { Logger } from '../telemetry/logger.ts'
import { type AppParts, createApp } from './app.ts'
import { createGuard } from './guard.ts'
import { createAdmit } from './identity.ts'
import { listen } from './listen.ts'
import type { Authorize, Identify } from './types.ts'
import { createUpgrade } from './upgrade.ts'

/** Not imported: an import asks node:http for its WebSocket too, and Node loads all of its own undici to answer. */
const { createServer } = process.getBuiltinModule('node:http')

/** How long requests under way may take once the server is told to stop. */
const DRAIN_MS = 2_000

export type HttpParts = Omit<AppParts, 'guard' | 'admit'> & {
  host: string
  /** 0 takes any free port. */
  port: number
  /** The address people use, where a proxy stands in front: `access.publicUrl`. */
  publicUrl?: string
  identify: Identify
  authorize: Authorize
  live: Pick<LiveHub, 'accept' | 'poll'>
  clock: Clock
  log: Logger
}

/** Disposing stops listening at once and ends what is under way; live sockets are the hub's to end. */
export type Http = AsyncDisposable & { readonly url: string; readonly port: number }

/** Listens; rejects with a `ListenError` where that is not possible. */
export async function createHttp(parts: HttpParts): Promise<Http> {
  const { host, identify, authorize, live, clock, log } = parts
  const guard = createGuard({ publicUrl: parts.publicUrl, listenHost: host })
  const admit = createAdmit(identify, authorize)
  const app = createApp({ ...parts, guard, admit })
  // Only what asks for a WebSocket: `curl --http2` offers h2c on ordinary requests.
  const server = createServer(
    { shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket' },
    app,
  )
  server.on('upgrade', createUpgrade({ guard, admit, live, log }))
  const drained = drain(server, clock)
  const port = await listen(server, host, parts.port)
  server.on('error', (error) => log.log('error', `the HTTP server failed: ${error.message}`))
  return { url: `http://${shownHost(host)}:${port}`, port, [Symbol.asyncDispose]: drained }
}

/**
 * What stops a server: it listens no more at once, and resolves when the requests under way are answered, or late.
 * The server's own `close` would wait for the live sockets too, which the hub ends.
 */
function drain(server: Server, clock: Clock): () => Promise<void> {
  let underWay = 0
  let idle: (() => void) | null = null
  server.on('request', (_request, response) => {
    underWay += 1
    response.on('close', () => {
      underWay -= 1
      if (underWay === 0) idle?.()
    })
  })
  return async () => {
    server.close()
    server.closeIdleConnections()
    if (underWay > 0) {
      let cancel = (): void => undefined
      const late = new Promise<void>((resolve) => (cancel = clock.after(DRAIN_MS, resolve)))
      await Promise.race([late, new Promise<void>((resolve) => (idle = resolve))])
      cancel()
    }
    server.closeAllConnections()
  }
}

/** An address to click on: that of all interfaces is none. */
function shownHost(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host === '') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'

export type Served = AsyncDisposable & { url: string; port: number; connections(): number }

/** A real server on loopback for as long as a test needs it; with a key and certificate it speaks TLS. */
export async function serve(listener: RequestListener, secure?: { key: string; cert: string }): Promise<Served> {
  const server: Server = secure === undefined ? createServer(listener) : createSecureServer(secure, listener)
  let connections = 0
  server.on('connection', () => connections++)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `${secure === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

import type { Server } from 'node:http'

/** The server could not listen; the message says why and what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError'
  readonly code: 'port_taken' | 'port_refused' | 'address_unavailable'
  readonly port: number

  constructor(code: ListenError['code'], port: number, message: string) {
    super(message)
    this.code = code
    this.port = port
  }
}

/** Resolves with the port when the server listens (0 asks for any free one). */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => reject(listenError(error, host, port) ?? error)
    server.once('error', failed)
    server.listen({ host, port }, () => {
      server.off('error', failed)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): ListenError | null {
  switch (error.code) {
    case 'EADDRINUSE':
      return new ListenError(
        'port_taken',
        port,
        `Port ${port} is taken: perhaps Headroom runs already. Stop what listens there, or choose another port: --port ${port === 65_535 ? port - 1 : port + 1}`,
      )
    case 'EACCES':
      return new ListenError(
        'port_refused',
        port,
        `This user may not listen on port ${port}: choose one above 1023, for example --port 4600`,
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ListenError(
        'address_unavailable',
        port,
        `This machine has no address ${host}: choose one it has, for example --host 127.0.0.1`,
      )
    default:
      return null
  }
}

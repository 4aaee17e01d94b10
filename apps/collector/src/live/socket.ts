import { MAX_CLIENT_BYTES, SUBPROTOCOL } from '@headroom/shared/live-socket.ts'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import type { Logger } from '../telemetry/logger.ts'
import type { Upgrade } from './types.ts'

/** The close codes that are used: https://www.iana.org/assignments/websocket */
export const CLOSE = { goingAway: 1001, policy: 1008, tryAgainLater: 1013 } as const
export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE]

/** One client's connection, without the library behind it. */
export type LiveSocket = {
  readonly address: string
  /** Sends one text message; `flushed` is called when it has left this process. */
  send(message: Buffer, flushed: () => void): void
  /** Bytes that wait in this process for the client to read. */
  bufferedBytes(): number
  ping(): void
  close(code: CloseCode, reason: string): void
  terminate(): void
}

/** What a connection says. Text only: a binary message is null. `closed` is called once, last. */
export type SocketEvents = {
  message(text: string | null): void
  pong(): void
  closed(): void
}

export type Acceptor = { accept(upgrade: Upgrade, opened: (socket: LiveSocket) => SocketEvents): void }

/** Turns upgrades into connections; the only file that knows `ws`. No compression: it costs 7 to 13 times the CPU. */
export function createAcceptor(log: Logger): Acceptor {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MAX_CLIENT_BYTES,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  })
  return {
    accept({ request, socket, head }, opened) {
      const address = request.socket.remoteAddress ?? ''
      server.handleUpgrade(request, socket, head, (webSocket) => {
        // A protocol error (too large, bad frame) is closed by the library with its own code; `close` follows.
        webSocket.on('error', (error) => log.log('debug', `live socket: ${error.message}`, { address }))
        const events = opened(adapt(webSocket, address))
        webSocket.on('message', (data, isBinary) => events.message(isBinary ? null : textOf(data)))
        webSocket.on('pong', () => events.pong())
        webSocket.on('close', () => events.closed())
      })
    },
  }
}

const TEXT = { binary: false, compress: false }

function adapt(webSocket: WebSocket, address: string): LiveSocket {
  const isOpen = (): boolean => webSocket.readyState === webSocket.OPEN
  return {
    address,
    send(message, flushed) {
      if (isOpen()) webSocket.send(message, TEXT, flushed)
    },
    bufferedBytes: () => webSocket.bufferedAmount,
    ping() {
      if (isOpen()) webSocket.ping()
    },
    close: (code, reason) => webSocket.close(code, reason),
    terminate: () => webSocket.terminate(),
  }
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString()
  return Buffer.isBuffer(data) ? data.toString() : Buffer.from(data).toString()
}

import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { LiveHub } from '../live/types.ts'
import type { Logger } from '../telemetry/logger.ts'
import { API } from './api.ts'
import { ApiError, mapError } from './errors.ts'
import type { Guard } from './guard.ts'
import type { Admit } from './identity.ts'

export type UpgradeParts = { guard: Guard; admit: Admit; live: Pick<LiveHub, 'accept'>; log: Logger }

/** Lets WebSockets in by the same questions as every other request, and hands them to the hub. */
export function createUpgrade({
  guard,
  admit,
  live,
  log,
}: UpgradeParts): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  return (request, socket, head) => {
    socket.on('error', (error) => log.log('debug', `a connection broke: ${error.message}`))
    try {
      const { host, origin } = request.headers
      const refusal = guard.host(host) ?? guard.origin(origin, host) ?? missed(request.url)
      if (refusal !== null) throw refusal
      live.accept({ request, socket, head }, admit(request, { role: 'viewer' }))
    } catch (error) {
      refuse(socket, mapError(error, log))
    }
  }
}

function missed(url: string | undefined): ApiError | null {
  const path = (url ?? '').split('?')[0]
  return path === `${API}/live`
    ? null
    : new ApiError(404, 'unknown_path', `There is no socket at ${path}: the live socket is ${API}/live.`)
}

function refuse(socket: Duplex, { status, body }: ReturnType<typeof mapError>): void {
  const text = JSON.stringify(body)
  const head = [
    `HTTP/1.1 ${status} ${REASONS[status] ?? 'Refused'}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`, () => socket.destroy())
}

const REASONS: Record<number, string> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  421: 'Misdirected Request',
  500: 'Internal Server Error',
}

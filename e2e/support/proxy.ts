import { type IncomingMessage, type Server, type ServerResponse, createServer, request as ask } from 'node:http'
import { type AddressInfo, type Socket, connect } from 'node:net'
import type { Duplex } from 'node:stream'

/** What becomes of WebSockets: `hold` lets the handshake through, and keeps everything after it. */
export type SocketRule = 'pass' | 'refuse' | 'hold' | { closeAfterMs: number }

/** What becomes of a request: an answer of the proxy's own, half of the true one, the true one changed, or that one as it is. */
export type HttpRule = (path: string) => 'pass' | 'half' | 'never' | Answer | ((body: string) => string)
type Answer = { status: number; type?: string; body?: string }

/** A proxy between a page and a collector, as bad as the ones that stand there in life. Its rules can change meanwhile. */
export class Proxy implements AsyncDisposable {
  readonly #server: Server
  readonly #target: { host: string; port: number }
  readonly #open = new Set<Duplex>()
  /** When a live socket was asked for, epoch ms. */
  readonly socketsAt: number[] = []
  /** The paths that were asked for over HTTP, with their queries. */
  readonly asked: string[] = []
  sockets: SocketRule = 'pass'
  http: HttpRule = () => 'pass'

  private constructor(target: string) {
    const { hostname, port } = new URL(target)
    this.#target = { host: hostname, port: Number(port) }
    this.#server = createServer((request, response) => this.#answer(request, response))
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head))
    this.#server.on('connection', (socket) => this.#keep(socket))
  }

  static async before(target: string): Promise<Proxy> {
    const proxy = new Proxy(target)
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Breaks every connection there is; new ones are taken. */
  breakAll(): void {
    for (const socket of this.#open) socket.destroy()
  }

  /** Lets every connection there is fall silent, without telling anybody; new ones are taken. */
  forgetAll(): void {
    for (const socket of this.#open) {
      socket.unpipe()
      socket.removeAllListeners('data')
      socket.pause()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.breakAll()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '/'
    this.asked.push(path)
    const rule = this.http(path)
    if (rule === 'never') return
    if (typeof rule === 'object') {
      response.writeHead(rule.status, { 'content-type': rule.type ?? 'text/plain' }).end(rule.body ?? '')
      return
    }
    const headers = { ...request.headers, 'accept-encoding': 'identity' }
    const onward = ask({ ...this.#target, path, method: request.method, headers }, (answer) => {
      if (rule === 'pass') {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
        return
      }
      void this.#rewrite(answer, response, rule)
    })
    onward.on('error', () => response.destroy())
    response.on('close', () => onward.destroy())
    request.pipe(onward)
  }

  async #rewrite(
    answer: IncomingMessage,
    response: ServerResponse,
    rule: 'half' | ((body: string) => string),
  ): Promise<void> {
    const body = Buffer.concat((await answer.toArray()) as Buffer[]).toString()
    if (rule === 'half') {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      response.write(body.slice(0, Math.floor(body.length / 2)), () => response.destroy())
      return
    }
    const changed = Buffer.from(rule(body))
    response.writeHead(answer.statusCode ?? 502, { ...answer.headers, 'content-length': changed.length })
    response.end(changed)
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.socketsAt.push(Date.now())
    const rule = this.sockets
    if (rule === 'refuse') {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
      return
    }
    const onward = connect(this.#target, () => {
      const lines = [`${request.method} ${request.url} HTTP/1.1`]
      for (let at = 0; at < request.rawHeaders.length; at += 2)
        lines.push(`${request.rawHeaders[at]}: ${request.rawHeaders[at + 1]}`)
      onward.write(`${lines.join('\r\n')}\r\n\r\n`)
      onward.write(head)
      socket.pipe(onward)
    })
    this.#keep(onward)
    if (rule === 'hold') handshakeOnly(onward, socket)
    else onward.pipe(socket)
    if (typeof rule === 'object') setTimeout(() => onward.destroy(), rule.closeAfterMs)
    for (const [one, other] of [
      [onward, socket],
      [socket, onward],
    ] as const) {
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
    }
  }

  #keep(socket: Socket): void {
    this.#open.add(socket)
    socket.on('close', () => this.#open.delete(socket))
  }
}

function handshakeOnly(from: Socket, to: Duplex): void {
  let held = ''
  from.on('data', (chunk: Buffer) => {
    if (held.includes('\r\n\r\n')) return
    held += chunk.toString('latin1')
    const end = held.indexOf('\r\n\r\n')
    if (end !== -1) to.write(Buffer.from(held.slice(0, end + 4), 'latin1'))
  })
}

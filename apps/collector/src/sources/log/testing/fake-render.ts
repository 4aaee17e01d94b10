import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

type Line = { id: string; message: string; timestamp: string; labels: { name: string; value: string }[] }
type Refusal = { status: number; message?: string; retryAfter?: number }

const OWNER = 'tea-1'

/** Render's interface for logs as it is documented: services, pages of logs, and the subscription over WebSocket. */
export class FakeRender implements AsyncDisposable {
  readonly #server = createServer((request, response) => this.#answer(request, response))
  readonly #sockets = new WebSocketServer({ noServer: true })
  readonly #lines: Line[] = []
  readonly requests: string[] = []
  /** How questions are refused while it is set. */
  refusal: Refusal | undefined
  /** Subscriptions stand, and say nothing: not even that they are alive. */
  dead = false
  pageSize = 100
  readonly #key: string
  readonly #service: string
  #count = 0
  #port = 0

  private constructor(key: string, service: string) {
    this.#key = key
    this.#service = service
  }

  /** With this key, and this one service. */
  static async start({ key = 'rnd_key', service = 'srv-1' } = {}): Promise<FakeRender> {
    const render = new FakeRender(key, service)
    render.#server.on('upgrade', (request, socket, head) => {
      render.requests.push(request.url ?? '')
      const refusal = render.#refusalOf(request)
      if (refusal === undefined)
        return render.#sockets.handleUpgrade(request, socket, head, (client) =>
          render.#sockets.emit('connection', client),
        )
      const body = JSON.stringify({ message: refusal.message })
      const wait = refusal.retryAfter === undefined ? '' : `Retry-After: ${refusal.retryAfter}\r\n`
      socket.end(`HTTP/1.1 ${refusal.status} No\r\n${wait}Content-Length: ${body.length}\r\n\r\n${body}`)
    })
    await new Promise<void>((resolve) => render.#server.listen(0, '127.0.0.1', resolve))
    render.#port = (render.#server.address() as AddressInfo).port
    return render
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/v1`
  }

  get subscribers(): number {
    return this.#sockets.clients.size
  }

  /** A line is written at a moment; told to those who are subscribed, except where it gets lost on the way. */
  write(message: string, at: number, { lost = false, copies = 1 } = {}): void {
    const timestamp = new Date(at).toISOString()
    const line = { id: `log-${++this.#count}`, message, timestamp, labels: [{ name: 'type', value: 'app' }] }
    this.#lines.push(line)
    if (lost || this.dead) return
    for (const client of this.#sockets.clients)
      for (let copy = 0; copy < copies; copy++) client.send(JSON.stringify(line))
  }

  say(text: string): void {
    for (const client of this.#sockets.clients) client.send(text)
  }

  /** Every subscription breaks, without a word. */
  cut(): void {
    for (const client of this.#sockets.clients) client.terminate()
  }

  /** Subscriptions no longer answer, though they stand. */
  freeze(): void {
    this.dead = true
    for (const client of this.#sockets.clients) pause(client)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut()
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #refusalOf({ headers, url = '' }: IncomingMessage): Refusal | undefined {
    if (this.refusal !== undefined) return this.refusal
    if (headers.authorization !== `Bearer ${this.#key}`) return { status: 401, message: 'Unauthorized' }
    const { pathname, searchParams } = new URL(url, this.url)
    if (!pathname.startsWith('/v1/logs')) return undefined
    if (searchParams.get('ownerId') !== OWNER || searchParams.getAll('resource').length === 0)
      return { status: 400, message: 'ownerId and resource are required' }
    return undefined
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    this.requests.push(request.url ?? '')
    const refusal = this.#refusalOf(request)
    if (refusal !== undefined) {
      const wait = refusal.retryAfter === undefined ? {} : { 'retry-after': String(refusal.retryAfter) }
      response.writeHead(refusal.status, { 'content-type': 'application/json', ...wait })
      return void response.end(JSON.stringify({ message: refusal.message }))
    }
    const { pathname, searchParams } = new URL(request.url ?? '', this.url)
    const body = pathname === '/v1/logs' ? this.#page(searchParams) : this.#describe(pathname)
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body ?? { message: 'not found' }))
  }

  #describe(pathname: string): unknown {
    return pathname === `/v1/services/${this.#service}` ? { id: this.#service, ownerId: OWNER } : undefined
  }

  #page(parameters: URLSearchParams): unknown {
    const [from, to] = [parameters.get('startTime') ?? '', parameters.get('endTime') ?? '9999']
    const limit = Math.min(this.pageSize, Number(parameters.get('limit') ?? 20))
    const inside = this.#lines.filter(({ timestamp }) => timestamp >= from && timestamp <= to)
    const forward = parameters.get('direction') === 'forward'
    const logs = forward ? inside.slice(0, limit) : inside.toReversed().slice(0, limit)
    const last = logs.at(-1)?.timestamp
    return {
      hasMore: inside.length > limit,
      nextStartTime: forward ? (last ?? from) : from,
      nextEndTime: forward ? to : (last ?? to),
      logs,
    }
  }
}

function pause(client: WebSocket): void {
  client.pause()
}

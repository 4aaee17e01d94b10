import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'

/** How an endpoint treats a request. */
export type Behaviour = (response: ServerResponse, request: IncomingMessage) => void

/** Answers this document as JSON; a function is called for each request. */
export function json(document: unknown, status = 200): Behaviour {
  return (response) => {
    const said: unknown = typeof document === 'function' ? document() : document
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said))
  }
}

/** Answers these very bytes. */
export function raw(body: string | Buffer, type = 'application/json', status = 200): Behaviour {
  return (response) => void response.writeHead(status, { 'content-type': type }).end(body)
}

/** Answers each time as the next of these, over and over, as processes behind a balancer do. */
export function inTurn(...behaviours: Behaviour[]): Behaviour {
  let turn = 0
  return (response, request) => behaviours[turn++ % behaviours.length]?.(response, request)
}

/** Cuts the connection, as a process that dies does. */
export const hangUp: Behaviour = (response) => void response.destroy()

/** Never says anything. */
export const silence: Behaviour = () => undefined

/** Begins a body, and goes on with it for ever. */
export const forEver: Behaviour = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).write('{"values": [')
  const more = setInterval(() => response.write('1,'), 20)
  response.on('close', () => clearInterval(more))
}

/** A system made for a test: how its one address behaves can be changed while it is being watched. */
export class Endpoint implements AsyncDisposable {
  behaviour: Behaviour
  /** What it was asked. */
  readonly requests: { url: string; headers: IncomingMessage['headers'] }[] = []
  readonly #server: Server
  readonly #scheme: 'http' | 'https'
  #port = 0

  private constructor(behaviour: Behaviour, secure?: { key: string; cert: string }) {
    this.behaviour = behaviour
    this.#scheme = secure === undefined ? 'http' : 'https'
    const answer = (request: IncomingMessage, response: ServerResponse): void => {
      this.requests.push({ url: request.url ?? '', headers: request.headers })
      this.behaviour(response, request)
    }
    this.#server = secure === undefined ? createHttpServer(answer) : createHttpsServer(secure, answer)
  }

  static async open(behaviour: Behaviour, secure?: { key: string; cert: string }): Promise<Endpoint> {
    const endpoint = new Endpoint(behaviour, secure)
    await endpoint.listen()
    return endpoint
  }

  get url(): string {
    return `${this.#scheme}://127.0.0.1:${this.#port}/health`
  }

  /** Listens, on the port it had before if it had one. */
  async listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(this.#port, '127.0.0.1', resolve)
    })
    this.#port = (this.#server.address() as AddressInfo).port
  }

  /** Refuses connections from now on, as a killed process does. */
  async refuse(): Promise<void> {
    this.#server.closeAllConnections()
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.refuse()
  }
}

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A system made for a test: what its one endpoint answers can be changed while it is being watched. */
export class Endpoint implements AsyncDisposable {
  #server: Server
  #document: unknown = { status: 'healthy' }
  #status = 200
  /** When each request was answered, epoch ms. */
  readonly answeredAt: number[] = []

  private constructor() {
    this.#server = createServer((_request, response) => {
      const document = typeof this.#document === 'function' ? (this.#document as () => unknown)() : this.#document
      response.writeHead(this.#status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(document))
      this.answeredAt.push(Date.now())
    })
  }

  static async open(port = 0): Promise<Endpoint> {
    const endpoint = new Endpoint()
    await new Promise<void>((resolve) => endpoint.#server.listen(port, '127.0.0.1', resolve))
    return endpoint
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/health`
  }

  /** What is answered from now on: a document, or a function that makes one for each request. */
  answer(document: unknown, status = 200): void {
    this.#document = document
    this.#status = status
  }

  /** Stops listening at once, as a killed process does. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve))
  }
}

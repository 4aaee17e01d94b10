import { SUBPROTOCOL } from '@headroom/shared/live-socket.ts'
import { ServerMessage } from '@headroom/shared/protocol.ts'
import { until } from './until.ts'

export type Hello = Extract<ServerMessage, { kind: 'hello' }>

/** A dashboard's end of the live socket. Keeps every frame, parsed, and the bytes it came as. */
export class LiveClient implements Disposable {
  readonly frames: ServerMessage[] = []
  readonly texts: string[] = []
  /** How the other side closed it. */
  closed: { code: number; reason: string } | undefined
  readonly #socket: WebSocket

  constructor(url: string) {
    this.#socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/live`, SUBPROTOCOL)
    this.#socket.addEventListener('message', ({ data }) => {
      this.texts.push(String(data))
      this.frames.push(ServerMessage.parse(JSON.parse(String(data))))
    })
    this.#socket.addEventListener('close', ({ code, reason }) => (this.closed = { code, reason }))
  }

  /** Connects, and waits for the hello. */
  static async open(url: string): Promise<LiveClient> {
    const client = new LiveClient(url)
    await until(
      () => client.frames.length,
      (frames) => frames > 0,
    )
    return client
  }

  get hello(): Hello {
    const [first] = this.frames
    if (first?.kind !== 'hello') throw new Error(`expected hello, got ${first?.kind}`)
    return first
  }

  of<Kind extends ServerMessage['kind']>(kind: Kind): Extract<ServerMessage, { kind: Kind }>[] {
    return this.frames.filter((frame): frame is Extract<ServerMessage, { kind: Kind }> => frame.kind === kind)
  }

  say(text: string | Uint8Array<ArrayBuffer>): void {
    this.#socket.send(text)
  }

  /** Waits for as many further ticks. */
  async ticks(count: number): Promise<void> {
    const before = this.of('tick').length
    await until(
      () => this.of('tick').length,
      (ticks) => ticks >= before + count,
    )
  }

  /** Waits to be closed. */
  async end(): Promise<{ code: number; reason: string } | undefined> {
    return until(
      () => this.closed,
      (closed) => closed !== undefined,
    )
  }

  [Symbol.dispose](): void {
    this.#socket.close()
  }
}

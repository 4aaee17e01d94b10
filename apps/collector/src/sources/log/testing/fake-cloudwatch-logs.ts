import type { IncomingMessage, ServerResponse } from 'node:http'
import { serve, type Served } from '../../testing/serve.ts'

type Event = { eventId: string; logStreamName: string; timestamp: number; ingestionTime: number; message: string }
type Question = {
  logGroupName?: string
  logGroupIdentifier?: string
  logStreamNamePrefix?: string
  startTime?: number
  endTime?: number
  nextToken?: string
}

/** FilterLogEvents of CloudWatch Logs as its JSON protocol has it: pages with tokens, empty pages among them, and errors. */
export class FakeCloudWatchLogs implements AsyncDisposable {
  readonly #events: Event[] = []
  readonly questions: Question[] = []
  #served: Served | undefined
  #count = 0
  pageSize = 10_000
  /** Every other page is empty, and has a token all the same. */
  emptyPages = false
  /** The type of the error that is answered while it is set. */
  error: string | undefined
  /** The page, counted from 1, at which it fails. */
  failAt: number | undefined

  readonly #group: string

  private constructor(group: string) {
    this.#group = group
  }

  /** With this one group. */
  static async start(group = '/ecs/ide'): Promise<FakeCloudWatchLogs> {
    const logs = new FakeCloudWatchLogs(group)
    logs.#served = await serve((request, response) => void logs.#answer(request, response))
    return logs
  }

  get url(): string {
    return this.#served?.url ?? ''
  }

  /** A line that is written at a moment, and can be read from now on. */
  write(message: string, timestamp: number, stream = 'web/1'): void {
    const event = {
      eventId: String(++this.#count),
      logStreamName: stream,
      timestamp,
      ingestionTime: timestamp,
      message,
    }
    this.#events.push(event)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#served?.[Symbol.asyncDispose]()
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = []
    for await (const piece of request) if (Buffer.isBuffer(piece)) pieces.push(piece)
    const question = JSON.parse(Buffer.concat(pieces).toString()) as Question
    this.questions.push(question)
    const type = this.#errorOf(request, question)
    const body =
      type === undefined ? this.#page(question) : { __type: type, message: `arn:aws:iam::123456789012:user/x: ${type}` }
    response.writeHead(type === undefined ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' })
    response.end(JSON.stringify(body))
  }

  #errorOf({ headers }: IncomingMessage, question: Question): string | undefined {
    if (headers['x-amz-target'] !== 'Logs_20140328.FilterLogEvents') return 'UnknownOperationException'
    if (headers.authorization?.includes('/logs/aws4_request') !== true) return 'MissingAuthenticationTokenException'
    if (this.failAt !== undefined && this.questions.length === this.failAt) return 'ServiceUnavailableException'
    if (this.error !== undefined) return this.error
    const group = question.logGroupName ?? question.logGroupIdentifier?.split(':').at(-1)
    return group === this.#group ? undefined : 'ResourceNotFoundException'
  }

  #page({ startTime = 0, endTime = Infinity, logStreamNamePrefix = '', nextToken }: Question): unknown {
    const inside = this.#events
      .filter(
        ({ timestamp, logStreamName }) =>
          timestamp >= startTime && timestamp <= endTime && logStreamName.startsWith(logStreamNamePrefix),
      )
      .toSorted((a, b) => a.timestamp - b.timestamp)
    const [from = 0, empty = 0] = (nextToken ?? '0/0').split('/').map(Number)
    if (this.emptyPages && empty === 0) return { events: [], searchedLogStreams: [], nextToken: `${from}/1` }
    const events = inside.slice(from, from + this.pageSize)
    const next = from + events.length
    return { events, searchedLogStreams: [], ...(next < inside.length ? { nextToken: `${next}/0` } : {}) }
  }
}

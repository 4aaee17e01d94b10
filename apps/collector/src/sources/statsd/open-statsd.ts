import { createSocket, type Socket } from 'node:dgram'
import { catalogued } from '@headroom/shared/metrics.ts'
import type { Mapped, Reading } from '@headroom/shared/model/reading.ts'
import type { SourceProblem } from '@headroom/shared/model/system.ts'
import type { CommonOptions, PushSource, SourceContext } from '../types.ts'
import { readDatagram } from './read-datagram.ts'
import type { StatsdOptions } from './schema.ts'
import { StatsdTable } from './statsd-table.ts'

/** So many datagrams a second are read; those beyond are counted, and said. */
export const MAX_PER_SECOND = 20_000
const RETRY_MS = 5_000
const MAX_UNREAD_BYTES = 256 * 1024
const RECEIVE_BYTES = 2 ** 21
const MAX_INTERVALS = 3
const EMPTY = { points: [], texts: [], mapped: [], leftOut: 0 }

export type StatsdSource = PushSource & {
  poll(signal: AbortSignal): Promise<Reading>
  /** The port it listens on, once it does. */
  readonly port: number | undefined
}

export function openStatsd(options: StatsdOptions & CommonOptions, context: SourceContext): StatsdSource {
  return new OpenStatsd(options, context)
}

class OpenStatsd implements StatsdSource {
  readonly #options: StatsdOptions & CommonOptions
  readonly #clock: SourceContext['clock']
  readonly #table: StatsdTable
  #socket: Socket | undefined
  #bound = false
  #problem: SourceProblem | undefined
  #begun = false
  #closed = false
  #cancel: () => void = () => undefined
  #heard = false
  #strangers = 0
  #broken = 0
  #dropped = 0
  #second = { at: -Infinity, count: 0 }
  #askedAt: number | undefined
  /** What came since, to be understood all at once: one by one each would find the processor's caches empty. */
  #unread: string[] = []
  #unreadBytes = 0

  constructor(options: StatsdOptions & CommonOptions, { clock }: SourceContext) {
    this.#options = options
    this.#clock = clock
    this.#table = new StatsdTable(options.maxSeries, options.prefix)
  }

  get port(): number | undefined {
    return this.#bound ? this.#socket?.address().port : undefined
  }

  listen(): void {
    this.#begun = true
    const { host, port } = this.#options
    const socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4' })
    this.#socket = socket
    socket.on('message', (data) => this.#take(data))
    socket.once('error', (error) => this.#failed(error))
    socket.bind({ port, address: host, exclusive: true }, () => {
      this.#bound = true
      this.#problem = undefined
      try {
        socket.setRecvBufferSize(RECEIVE_BYTES)
      } catch {
        // The system allows no more than it has.
      }
    })
  }

  poll(): Promise<Reading> {
    if (!this.#begun)
      return Promise.resolve({
        ...EMPTY,
        up: 1,
        mapped: awaited(),
        texts: [{ path: 'statsd', lines: [this.#howToSend()] }],
      })
    if (this.#problem !== undefined) return Promise.resolve({ ...EMPTY, up: null, error: this.#problem })
    return Promise.resolve(this.#reading())
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    this.#cancel()
    const socket = this.#socket
    this.#socket = undefined
    if (socket !== undefined && this.#bound) await new Promise<void>((resolve) => void socket.close(() => resolve()))
    this.#bound = false
  }

  #reading(): Reading {
    this.#read()
    const now = this.#clock.monotonic()
    const { everyMs } = this.#options
    const elapsed = Math.min(MAX_INTERVALS * everyMs, Math.max(1, now - (this.#askedAt ?? now - everyMs)))
    this.#askedAt = now
    const { points, mapped } = this.#table.points(now, elapsed)
    const error = this.#complaint()
    if (this.#heard)
      points.push({
        metric: 'statsd.malformed_per_minute',
        unit: 'per_minute',
        labels: {},
        value: (this.#broken * 60_000) / elapsed,
        kind: 'gauge',
      })
    this.#broken = 0
    this.#dropped = 0
    this.#strangers = 0
    return {
      up: this.#heard ? 1 : null,
      ...(error === undefined ? {} : { error }),
      points,
      texts: [],
      mapped,
      leftOut: this.#table.leftOut,
    }
  }

  #complaint(): SourceProblem | undefined {
    if (this.#dropped > 0) {
      const message = `more than ${MAX_PER_SECOND} datagrams a second: ${this.#dropped} were not read, so the counts are the least there were; let the sender sample (StatsD's @rate)`
      return { code: 'too_fast', message }
    }
    if (this.#heard) return undefined
    if (this.#broken > 0)
      return {
        code: 'not_statsd',
        message: `what comes at ${this.#place()} is no StatsD (${this.#broken} lines); look at what sends there`,
      }
    if (this.#strangers > 0) {
      const message = `what comes begins with something else than ${this.#options.prefix}; check \`prefix\`, and gunicorn's --statsd-prefix`
      return { code: 'other_prefix', message }
    }
    return { code: 'silent', message: `nothing has come yet: ${this.#howToSend()}` }
  }

  #howToSend(): string {
    const prefix = this.#options.prefix === '' ? '' : ` --statsd-prefix=${this.#options.prefix}`
    return `waits for StatsD at ${this.#place()}; start gunicorn with --statsd-host=${this.#place()}${prefix}`
  }

  #place(): string {
    return `${this.#options.host}:${this.#options.port}`
  }

  #take(data: Buffer): void {
    const now = this.#clock.monotonic()
    if (now - this.#second.at >= 1_000) this.#second = { at: now, count: 0 }
    if (++this.#second.count > MAX_PER_SECOND) return void this.#dropped++
    this.#unread.push(data.toString('utf8'))
    this.#unreadBytes += data.length
    if (this.#unreadBytes >= MAX_UNREAD_BYTES) this.#read()
  }

  #read(): void {
    const texts = this.#unread
    this.#unread = []
    this.#unreadBytes = 0
    for (const text of texts) {
      const { metrics, broken } = readDatagram(text)
      this.#broken += broken
      for (const metric of metrics) {
        if (this.#table.take(metric)) this.#heard = true
        else this.#strangers++
      }
    }
  }

  #failed(error: Error): void {
    const code = 'code' in error ? String(error.code) : 'unknown'
    const { host, port } = this.#options
    this.#problem =
      code === 'EADDRINUSE'
        ? {
            code: 'port_in_use',
            message: `UDP port ${port} is used by another program, or by another source; choose another`,
          }
        : code === 'EACCES'
          ? {
              code: 'no_permission',
              message: `UDP port ${port} may not be listened on by the user Headroom runs as; choose one above 1023`,
            }
          : { code: 'not_listening', message: `${host}:${port} could not be listened on (${code}); check \`host\`` }
    const socket = this.#socket
    if (this.#bound) socket?.close()
    this.#bound = false
    if (!this.#closed) this.#cancel = this.#clock.after(RETRY_MS, () => this.listen())
  }
}

/** What gunicorn would be taken for, for `check`. */
function awaited(): Mapped[] {
  const metrics = [
    'requests.per_minute',
    'responses.per_minute',
    'errors.percent',
    'latency.p95_seconds',
    'workers.total',
  ]
  return metrics.map((metric) => ({
    path: 'gunicorn',
    metric,
    unit: catalogued(metric)?.unit ?? 'none',
    labels: {},
    value: 'waits',
    how: 'known',
  }))
}

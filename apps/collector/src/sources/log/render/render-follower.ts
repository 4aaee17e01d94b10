import type { SourceProblem } from '@headroom/shared/model/system.ts'
import type { Follower, FollowerParts, Look } from '../follower.ts'
import { RetryDelay } from '../retry-delay.ts'
import { SeenIds } from '../seen-ids.ts'
import type { LineStream, Standing } from '../tally.ts'
import { type Failed, readLine, refused, RenderApi, type RenderLine, type RenderOptions } from './render-api.ts'
import { subscribe } from './subscription.ts'

/** Lines come a little out of order, and two clocks differ: what is asked for begins so long before the break. */
const OVERLAP_MS = 60_000
/** More than this is not caught up with after a break: it is said instead. */
const MAX_PAGES = 50
const MAX_GAP_MS = 3_600_000
const REMEMBERED = 50_000
const MAX_LINE = 64 * 1024

/**
 * Follows the log stream of services on Render. After a break what was missed is asked for, from a little before it broke
 * off, and what was read already is known by its id: nothing is lost, and nothing counted twice.
 */
export class RenderFollower implements Follower {
  readonly #options: RenderOptions
  readonly #parts: FollowerParts
  readonly #api: RenderApi
  readonly #retry: RetryDelay
  readonly #seen = new SeenIds(REMEMBERED)
  readonly #stream: LineStream
  readonly #stop = new AbortController()
  #endSubscription: () => void = () => undefined
  #cancel: () => void = () => undefined
  #state:
    | { kind: 'connecting' }
    | { kind: 'catching up' }
    | { kind: 'live' }
    | { kind: 'failed'; problem: SourceProblem } = {
    kind: 'connecting',
  }
  /** When the stream last gave a sign of life: all before was read. Undefined before the first connection. */
  #readTo: number | undefined
  /** Something was missed for good since the last question. */
  #lost: SourceProblem | undefined
  #gap = true
  #work: Promise<void> = Promise.resolve()

  constructor(options: RenderOptions, parts: FollowerParts) {
    this.#options = options
    this.#parts = parts
    this.#api = new RenderApi(options, parts.timeoutMs, parts.refuseAddress)
    this.#retry = new RetryDelay(parts.clock)
    this.#stream = parts.tally.stream()
  }

  begin(): void {
    this.#work = this.#connect()
  }

  catchUp(): Promise<Standing> {
    const [gap, lost] = [this.#gap, this.#lost]
    this.#gap = this.#state.kind !== 'live'
    this.#lost = undefined
    if (this.#state.kind === 'failed') return Promise.resolve({ kind: 'nothing', problem: this.#state.problem })
    if (lost !== undefined) return Promise.resolve({ kind: 'part', problem: lost })
    return Promise.resolve({ kind: gap || this.#gap ? 'part' : 'whole' })
  }

  async look(signal: AbortSignal): Promise<Look> {
    const found = await this.#api.newest(signal)
    if ('problem' in found) return { kind: 'problem', problem: found.problem }
    const bytes = Buffer.from(found.logs.map(({ message }) => `${oneLine(message)}\n`).join(''))
    return { kind: 'sample', bytes, what: 'the newest of the last hour' }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    this.#cancel()
    this.#endSubscription()
    await this.#work
    await this.#api[Symbol.asyncDispose]()
  }

  async #connect(): Promise<void> {
    const parameters = await this.#api.parameters(this.#deadline())
    if (this.#stop.signal.aborted) return
    if ('problem' in parameters) return this.#failed(parameters)
    const url = `${this.#options.url.replace(/^http/, 'ws').replace(/\/$/, '')}/logs/subscribe?${parameters.toString()}`
    this.#endSubscription = subscribe(
      {
        url,
        headers: this.#api.headers,
        clock: this.#parts.clock,
        refusedWith: (status, said, retryAfter) => refused(status, said, retryAfter, this.#options),
      },
      {
        open: () => {
          this.#retry.began()
          this.#work = this.#fillIn()
        },
        alive: () => {
          // While what was missed is being asked for, a break would have to begin there again.
          if (this.#state.kind === 'live') this.#readTo = this.#parts.clock.now()
        },
        line: (text) => {
          const line = readLine(text)
          if (line !== undefined) this.#take(line)
        },
        ended: (failed) => this.#failed(failed),
      },
    )
  }

  /** What was written while nobody listened. What comes meanwhile comes beside it, and is known by its id. */
  async #fillIn(): Promise<void> {
    const { clock } = this.#parts
    const now = clock.now()
    const readTo = this.#readTo
    if (readTo === undefined) {
      this.#readTo = now
      this.#state = { kind: 'live' }
      return
    }
    this.#state = { kind: 'catching up' }
    const oldest = Math.max(readTo - OVERLAP_MS, now - MAX_GAP_MS)
    if (oldest > readTo) this.#missed('Render could not be reached for more than an hour')
    // A little ahead, for a clock of ours that is behind Render's.
    let [from, to] = [new Date(oldest).toISOString(), new Date(now + OVERLAP_MS).toISOString()]
    for (let pages = 0; ; pages++) {
      const page = await this.#api.page(from, to, this.#deadline())
      if (this.#stop.signal.aborted) return
      if ('problem' in page) {
        this.#endSubscription()
        return this.#failed(page)
      }
      for (const line of page.logs) this.#take(line)
      if (!page.hasMore || page.nextStartTime === undefined) break
      if (pages >= MAX_PAGES) {
        this.#missed(`more than ${MAX_PAGES * 100} lines were written while the stream was broken`)
        break
      }
      from = page.nextStartTime
      to = page.nextEndTime ?? to
    }
    this.#readTo = now
    this.#state = { kind: 'live' }
  }

  #take({ id, message }: RenderLine): void {
    if (!this.#seen.isNew(id)) return
    this.#stream.take(Buffer.from(`${oneLine(message).slice(0, MAX_LINE)}\n`))
  }

  #missed(why: string): void {
    this.#lost = { code: 'missed', message: `${why}: some lines were missed, so the counts are the least there were` }
  }

  #failed({ problem, retryAfterMs = 0 }: Failed): void {
    if (this.#stop.signal.aborted) return
    this.#state = { kind: 'failed', problem }
    this.#gap = true
    this.#parts.log.log('warn', `the log stream is interrupted: ${problem.message}`)
    this.#cancel = this.#parts.clock.after(Math.max(retryAfterMs, this.#retry.next()), () => {
      if (!this.#stop.signal.aborted) this.#work = this.#connect()
    })
  }

  #deadline(): AbortSignal {
    return AbortSignal.any([this.#stop.signal, AbortSignal.timeout(this.#parts.timeoutMs)])
  }
}

function oneLine(message: string): string {
  return message.replaceAll('\n', ' ')
}

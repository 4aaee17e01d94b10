import type * as Sdk from '@aws-sdk/client-cloudwatch-logs'
import type { SourceProblem } from '@headroom/shared/model/system.ts'
import type { Follower, FollowerParts, Look } from '../follower.ts'
import { SeenIds } from '../seen-ids.ts'
import type { LineStream, Standing } from '../tally.ts'
import { awsProblem } from './aws-problem.ts'

export type CloudWatchOptions = {
  group: string
  stream?: string | undefined
  region?: string | undefined
  profile?: string | undefined
  endpoint?: string | undefined
}

/** Lines appear late, and of several streams out of order: each question begins so long before where the last one ended. */
const OVERLAP_MS = 30_000
/** After a break longer than this reading goes on near now, and that is said. */
const MAX_GAP_MS = 3_600_000
const LOOK_MS = 600_000
/** A page is up to 10,000 lines or 1 MB. */
const MAX_PAGES = 20
const REMEMBERED = 200_000
const MAX_LINE = 256 * 1024

/** The SDK is loaded with the first question. */
type Loaded = { client: Sdk.CloudWatchLogsClient; sdk: typeof Sdk }

/** Asks a log group for what is new, at each question; what was read already is known by its id. */
export class CloudWatchFollower implements Follower {
  readonly #options: CloudWatchOptions
  readonly #parts: FollowerParts
  readonly #seen = new SeenIds(REMEMBERED)
  readonly #stream: LineStream
  readonly #beganAt: number
  #loaded: Promise<Loaded> | undefined
  /** Up to when all was read, by our clock. */
  #readTo: number
  /** Where a question with very many pages goes on. */
  #more: { token: string; from: number; to: number } | undefined

  constructor(options: CloudWatchOptions, parts: FollowerParts) {
    this.#options = options
    this.#parts = parts
    this.#stream = parts.tally.stream()
    this.#beganAt = parts.clock.now()
    this.#readTo = this.#beganAt
  }

  begin(): void {
    // It is asked with each question, and needs no beginning.
  }

  async catchUp(signal: AbortSignal): Promise<Standing> {
    const now = this.#parts.clock.now()
    // A clock that was set back must not keep us waiting for it.
    this.#readTo = Math.min(this.#readTo, now)
    const missed = now - this.#readTo > MAX_GAP_MS
    const { from, to } = this.#more ?? {
      // What was written before it began to be watched is not counted.
      from: Math.max(this.#readTo - OVERLAP_MS, this.#beganAt, now - MAX_GAP_MS),
      to: now,
    }
    const problem = await this.#read(from, to, signal)
    if (problem !== undefined) return { kind: 'nothing', problem }
    if (missed) return { kind: 'part', problem: MISSED }
    return { kind: this.#more === undefined ? 'whole' : 'part' }
  }

  async look(signal: AbortSignal): Promise<Look> {
    const now = this.#parts.clock.now()
    // Whoever is asked is shown this machine's session token.
    if (this.#parts.refuseAddress !== undefined && this.#options.endpoint !== undefined)
      return { kind: 'problem', problem: FORBIDDEN }
    try {
      const page = await this.#page(now - LOOK_MS, now, undefined, signal)
      const bytes = Buffer.from(page.events.map(({ message = '' }) => `${oneLine(message)}\n`).join(''))
      return { kind: 'sample', bytes, what: `the last ${LOOK_MS / 60_000} minutes` }
    } catch (error) {
      return { kind: 'problem', problem: awsProblem(error, this.#options.group) }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const loaded = await this.#loaded?.catch(() => undefined)
    loaded?.client.destroy()
  }

  async #read(from: number, to: number, signal: AbortSignal): Promise<SourceProblem | undefined> {
    let token = this.#more?.token
    try {
      for (let pages = 0; pages < MAX_PAGES; pages++) {
        const page = await this.#page(from, to, token, signal)
        for (const event of page.events) this.#take(event)
        token = page.token
        if (token === undefined) {
          this.#more = undefined
          this.#readTo = to
          return undefined
        }
        // The next question goes on here, should this one be stopped.
        this.#more = { token, from, to }
      }
      return undefined
    } catch (error) {
      // A token may have grown too old; the same span is asked for anew, and what was read is known.
      this.#more = undefined
      return awsProblem(signal.aborted ? signal.reason : error, this.#options.group)
    }
  }

  async #page(
    startTime: number,
    endTime: number,
    nextToken: string | undefined,
    abortSignal: AbortSignal,
  ): Promise<{ events: readonly Sdk.FilteredLogEvent[]; token: string | undefined }> {
    const { group, stream } = this.#options
    const { client, sdk } = await (this.#loaded ??= this.#load())
    const command = new sdk.FilterLogEventsCommand({
      ...(group.startsWith('arn:') ? { logGroupIdentifier: group.replace(/:\*$/, '') } : { logGroupName: group }),
      ...(stream === undefined ? {} : { logStreamNamePrefix: stream }),
      ...(nextToken === undefined ? {} : { nextToken }),
      startTime,
      endTime,
    })
    const { events = [], nextToken: token } = await client.send(command, { abortSignal })
    return { events, token }
  }

  async #load(): Promise<Loaded> {
    const sdk = await import('@aws-sdk/client-cloudwatch-logs')
    const { region, profile, endpoint } = this.#options
    const client = new sdk.CloudWatchLogsClient({
      ...(region === undefined ? {} : { region }),
      ...(profile === undefined ? {} : { profile }),
      ...(endpoint === undefined ? {} : { endpoint }),
      // The next question comes soon enough.
      maxAttempts: 2,
    })
    return { client, sdk }
  }

  #take({ eventId, message = '' }: Sdk.FilteredLogEvent): void {
    if (eventId !== undefined && !this.#seen.isNew(eventId)) return
    this.#stream.take(Buffer.from(`${oneLine(message).slice(0, MAX_LINE)}\n`))
  }
}

const FORBIDDEN: SourceProblem = {
  code: 'forbidden',
  message:
    'another `endpoint` is not asked from the screen: if it is meant, write the source into headroom.yaml by hand',
}
const MISSED: SourceProblem = {
  code: 'missed',
  message: 'CloudWatch Logs could not be read for more than an hour: what was written before that is not counted',
}

function oneLine(message: string): string {
  return message.trimEnd().replaceAll('\n', ' ')
}

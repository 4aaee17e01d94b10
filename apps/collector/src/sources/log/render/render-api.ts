import type { SourceProblem } from '@headroom/shared/model/system.ts'
import { z } from 'zod'
import type { RefuseAddress } from '../../http-client/guard-connector.ts'
import { type HttpClient, openHttpClient } from '../../http-client/http-client.ts'

export type RenderOptions = {
  apiKey: string
  service: readonly string[]
  owner?: string | undefined
  type?: readonly string[] | undefined
  url: string
}

const Line = z.object({ id: z.string(), message: z.string(), timestamp: z.string() })
export type RenderLine = z.infer<typeof Line>

const Page = z.object({
  hasMore: z.boolean().default(false),
  nextStartTime: z.string().optional(),
  nextEndTime: z.string().optional(),
  logs: z.array(Line).default([]),
})
type Page = z.infer<typeof Page>
const Owned = z.object({ ownerId: z.string() }).or(z.object({ owner: z.object({ id: z.string() }) }))
const Problem = z.object({ message: z.string().optional() })

const MAX_BYTES = 8 * 2 ** 20
/** The most lines of one answer. */
const PAGE_LINES = 100

export type Failed = { problem: SourceProblem; retryAfterMs?: number }

/** Render's interface for logs, as far as it is asked over HTTP. */
export class RenderApi implements AsyncDisposable {
  readonly #options: RenderOptions
  readonly #client: HttpClient
  readonly #timeoutMs: number
  #owner: string | undefined

  constructor(options: RenderOptions, timeoutMs: number, refuseAddress: RefuseAddress | undefined) {
    this.#options = options
    this.#timeoutMs = timeoutMs
    this.#owner = options.owner
    this.#client = openHttpClient(refuseAddress === undefined ? {} : { refuseAddress })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client[Symbol.asyncDispose]()
  }

  get headers(): Record<string, string> {
    return { authorization: `Bearer ${this.#options.apiKey}`, 'user-agent': 'headroom' }
  }

  /** The parameters of both ways of asking for logs; the workspace is looked up the first time. */
  async parameters(signal: AbortSignal): Promise<URLSearchParams | Failed> {
    if (this.#owner === undefined) {
      const found = await this.#findOwner(signal)
      if (typeof found !== 'string') return found
      this.#owner = found
    }
    const parameters = new URLSearchParams({ ownerId: this.#owner })
    for (const id of this.#options.service) parameters.append('resource', id)
    for (const type of this.#options.type ?? ['app', 'request']) parameters.append('type', type)
    return parameters
  }

  /** A page of lines between two moments, the earliest first. */
  async page(from: string, to: string, signal: AbortSignal): Promise<Page | Failed> {
    const parameters = await this.parameters(signal)
    if ('problem' in parameters) return parameters
    parameters.set('startTime', from)
    parameters.set('endTime', to)
    parameters.set('direction', 'forward')
    parameters.set('limit', String(PAGE_LINES))
    return this.#get(`/logs?${parameters.toString()}`, Page, signal)
  }

  /** The newest lines, the newest first. */
  async newest(signal: AbortSignal): Promise<Page | Failed> {
    const parameters = await this.parameters(signal)
    if ('problem' in parameters) return parameters
    parameters.set('direction', 'backward')
    parameters.set('limit', String(PAGE_LINES))
    return this.#get(`/logs?${parameters.toString()}`, Page, signal)
  }

  async #findOwner(signal: AbortSignal): Promise<string | Failed> {
    const [id = ''] = this.#options.service
    const kind = id.startsWith('dpg-') ? 'postgres' : id.startsWith('red-') ? 'key-value' : 'services'
    const found = await this.#get(`/${kind}/${encodeURIComponent(id)}`, Owned, signal)
    if ('problem' in found) return found
    return 'ownerId' in found ? found.ownerId : found.owner.id
  }

  async #get<Out>(path: string, schema: z.ZodType<Out>, signal: AbortSignal): Promise<Out | Failed> {
    const url = new URL(`${this.#options.url.replace(/\/$/, '')}${path}`)
    const headers = { ...this.headers, accept: 'application/json' }
    const request = { url, headers, maxBytes: MAX_BYTES, timeoutMs: this.#timeoutMs, insecure: false }
    const answer = await this.#client.get(request, signal)
    if (answer.kind === 'failure') return { problem: { code: answer.code, message: `Render: ${answer.message}` } }
    const { status, body } = answer
    const said = readJson(body)
    if (status < 200 || status >= 300) return refused(status, said, answer.headers['retry-after'], this.#options)
    const parsed = schema.safeParse(said)
    if (parsed.success) return parsed.data
    return {
      problem: {
        code: 'unreadable',
        message: 'Render answered with something that is no list of log lines; check `url`',
      },
    }
  }
}

/** What a refusal of Render means; the same words for an answer and for a subscription that is not granted. */
export function refused(
  status: number,
  said: unknown,
  retryAfter: string | undefined,
  { service }: Pick<RenderOptions, 'service'>,
): Failed {
  const words = Problem.safeParse(said).data?.message?.slice(0, 200)
  const quoted = words === undefined ? '' : ` (it says: ${words})`
  const seconds = Number(retryAfter)
  const wait = Number.isFinite(seconds) && seconds > 0 ? { retryAfterMs: Math.min(seconds, 600) * 1_000 } : {}
  const problem = (code: string, message: string): Failed => ({
    problem: { code, message: `Render ${message}${quoted}` },
    ...wait,
  })
  const ids = service.join(', ')
  switch (status) {
    case 401:
      return problem(
        'wrong_key',
        'does not accept the key; make one under Account Settings, API Keys, and give it as `apiKey`',
      )
    case 402:
    case 403:
      return problem(
        'no_permission',
        `does not let this key read the logs of ${ids}; use a key of a member of its workspace`,
      )
    case 404:
    case 410:
      return problem('unknown_service', `knows no ${ids} in this workspace; check \`service\` and \`owner\``)
    case 400:
      return problem(
        'bad_request',
        `does not take the question; all of \`service\` must be of one workspace and one region`,
      )
    case 429:
      return problem('throttled', 'is asked too often with this key; what else uses it?')
    default:
      return problem(
        'http_status',
        `answers HTTP ${status}${status >= 500 ? '; it is in trouble itself, and is asked again' : ''}`,
      )
  }
}

export function readLine(text: string): RenderLine | undefined {
  return Line.safeParse(readJson(Buffer.from(text))).data
}

export function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8')) as unknown
  } catch {
    return undefined
  }
}

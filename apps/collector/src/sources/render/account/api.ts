import { type Clock, sleep } from '../../../lib/clock.ts'
import type { HttpClient } from '../../http-client/http-client.ts'
import { type Budget } from './budget.ts'
import { notRender, refusalOf, throttled, type Refusal } from './failure.ts'

/** A parameter given several times is repeated. */
export type Query = Readonly<Record<string, string | readonly string[]>>
export type Answered = { kind: 'answer'; json: unknown }

/** Asks Render's API, within what the key may. Never throws for what the other side does. */
export type RenderApi = {
  get(path: string, query: Query, what: string, signal: AbortSignal): Promise<Answered | Refusal>
  /** The time as Render has it, epoch ms. */
  now(): number
  /** How far this machine's clock is ahead of Render's, in ms. */
  readonly aheadMs: number
}

export type RenderApiParts = {
  url: string
  apiKey: string
  client: HttpClient
  budget: Budget
  clock: Clock
  timeoutMs: number
}

const MAX_BODY_BYTES = 16 * 2 ** 20
/** A question waits so long for its turn; longer, and it is given up as throttled. */
const PATIENCE_MS = 5_000
/** The `Date` of an answer has whole seconds, and was some time under way: less is no difference. */
const SKEW_MS = 5_000

export function createRenderApi({ url, apiKey, client, budget, clock, timeoutMs }: RenderApiParts): RenderApi {
  const base = url.replace(/\/+$/, '')
  const headers = { accept: 'application/json', 'user-agent': 'headroom', authorization: `Bearer ${apiKey}` }
  let aheadMs = 0

  return {
    get aheadMs() {
      return aheadMs
    },
    now: () => clock.now() - aheadMs,
    async get(path, query, what, signal) {
      const turn = await waitForTurn(budget, clock, signal)
      if (turn !== undefined) return turn
      const address = addressOf(`${base}${path}`, query)
      const request = { url: address, headers, timeoutMs, insecure: false, maxBytes: MAX_BODY_BYTES }
      const answer = await client.get(request, signal)
      if (answer.kind === 'failure')
        return {
          kind: 'refusal',
          problem: { code: answer.code, message: `Render's API: ${answer.message}` },
          whole: answer.code !== 'too_large',
        }
      budget.note(answer.status, answer.headers)
      const date = Date.parse(answer.headers.date ?? '')
      if (!Number.isNaN(date)) aheadMs = Math.abs(clock.now() - date) > SKEW_MS ? clock.now() - date : 0
      const json = parseJson(answer.body)
      if (answer.status < 200 || answer.status > 299) return refusalOf(answer.status, json, what)
      return json === undefined ? notRender(what) : { kind: 'answer', json }
    },
  }
}

async function waitForTurn(budget: Budget, clock: Clock, signal: AbortSignal): Promise<Refusal | undefined> {
  let waited = 0
  for (let wait = budget.take(); wait > 0; wait = budget.take()) {
    waited += wait
    if (waited > PATIENCE_MS) return throttled(wait)
    try {
      await sleep(clock, wait, signal)
    } catch {
      return throttled(wait)
    }
  }
  return undefined
}

function addressOf(address: string, query: Query): URL {
  const url = new URL(address)
  for (const [name, given] of Object.entries(query))
    for (const value of typeof given === 'string' ? [given] : given) url.searchParams.append(name, value)
  return url
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return undefined
  }
}

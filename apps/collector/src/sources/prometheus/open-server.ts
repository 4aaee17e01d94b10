import type { Reading } from '@headroom/shared/model/reading.ts'
import { openHttpClient, type HttpClient } from '../http-client/http-client.ts'
import { prepareRequest } from '../http-client/request-options.ts'
import type { CommonOptions, PollSource, SourceContext } from '../types.ts'
import { readQueryAnswer, type QueryAnswer } from './query-answer.ts'
import { type Asked, readingOfQueries } from './query-reading.ts'
import type { PrometheusOptions, Query } from './schema.ts'

const MAX_BODY_BYTES = 8 * 2 ** 20
/** So many queries are under way at once. */
const WIDTH = 4
/** The share of our own timeout that a query may take. */
const PATIENCE = 0.8

type Options = PrometheusOptions & CommonOptions & { server: string; queries: Record<string, Query> }

/** Opens a Prometheus server, or one that answers like it. Each poll asks every query once, as it is now. */
export function openServer(options: Options, context: SourceContext): PollSource {
  const { clock, log } = context
  const client = openHttpClient(context)
  if (options.insecure)
    log.log('warn', 'certificates are not checked for this source (insecure: true)', {
      host: new URL(options.server).host,
    })
  return {
    async poll(signal): Promise<Reading> {
      const began = clock.monotonic()
      const asked = await askAll(client, options, signal)
      const tookSeconds = (clock.monotonic() - began) / 1_000
      return { ...readingOfQueries(asked, options.maxSeries), tookSeconds }
    },
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  }
}

async function askAll(client: HttpClient, options: Options, signal: AbortSignal): Promise<Asked[]> {
  const asked: Asked[] = []
  const queue = Object.entries(options.queries).entries()
  const work = async (): Promise<void> => {
    for (const [index, [metric, query]] of queue)
      asked[index] = { metric, query, answer: await ask(client, options, query, signal) }
  }
  await Promise.all(Array.from({ length: WIDTH }, work))
  return asked
}

async function ask(client: HttpClient, options: Options, { query }: Query, signal: AbortSignal): Promise<QueryAnswer> {
  const { server, timeoutMs, insecure } = options
  // Prometheus gives a slow query up before we do, and says so: then it is the query that failed, and not the server.
  const parameters = { ...options.query, query, timeout: `${Math.ceil(timeoutMs * PATIENCE)}ms` }
  const address = `${server.replace(/\/+$/, '')}/api/v1/query`
  const { url, headers } = prepareRequest(address, { ...options, query: parameters }, 'application/json')
  const answer = await client.get({ url, headers, timeoutMs, insecure, maxBytes: MAX_BODY_BYTES }, signal)
  if (answer.kind === 'failure')
    return { up: answer.up, problem: { code: answer.code, message: answer.message }, warnings: [] }
  return readQueryAnswer(answer)
}

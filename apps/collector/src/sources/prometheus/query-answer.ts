import type { Reading } from '@headroom/shared/model/reading.ts'
import type { SourceProblem } from '@headroom/shared/model/system.ts'
import { z } from 'zod'
import type { HttpAnswer } from '../http-client/http-client.ts'
import { judgeStatus } from '../http-client/judge-status.ts'

export type Vector = readonly { labels: Readonly<Record<string, string>>; value: number }[]

/** What a query gave. An empty vector is an answer: nothing is known, which is not zero. */
export type QueryAnswer = { up: Reading['up']; warnings: readonly string[] } & (
  | { vector: Vector }
  | { problem: SourceProblem }
)

const Value = z.tuple([z.number(), z.string()])
const Said = z.object({ warnings: z.array(z.string()).default([]), infos: z.array(z.string()).default([]) })
const Envelope = z.discriminatedUnion('status', [
  Said.extend({
    status: z.literal('success'),
    data: z.discriminatedUnion('resultType', [
      z.object({
        resultType: z.literal('vector'),
        result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: Value.optional() })),
      }),
      z.object({ resultType: z.literal('scalar'), result: Value }),
      z.object({ resultType: z.literal('matrix') }),
      z.object({ resultType: z.literal('string') }),
    ]),
  }),
  Said.extend({ status: z.literal('error'), errorType: z.string().default(''), error: z.string().default('') }),
])

/** Reads what `/api/v1/query` answered. */
export function readQueryAnswer(answer: HttpAnswer): QueryAnswer {
  const text = new TextDecoder().decode(answer.body).trim()
  const parsed = Envelope.safeParse(parseJson(text))
  if (!parsed.success) return foreign(answer, text)
  const said = parsed.data
  const warnings = [...said.warnings, ...said.infos]
  if (said.status === 'error') return { up: 1, warnings, problem: refusal(said.errorType, said.error) }
  switch (said.data.resultType) {
    case 'vector': {
      const vector = said.data.result.flatMap(({ metric, value }) =>
        value === undefined ? [] : [{ labels: metric, value: readValue(value[1]) }],
      )
      return { up: 1, warnings, vector }
    }
    case 'scalar':
      return { up: 1, warnings, vector: [{ labels: {}, value: readValue(said.data.result[1]) }] }
    case 'matrix':
      return { up: 1, warnings, problem: notInstant('a range; take its last value or a rate, as in rate(...[5m])') }
    case 'string':
      return { up: 1, warnings, problem: notInstant('a text; give one that answers numbers') }
  }
}

function readValue(text: string): number {
  if (/^\+?inf$/i.test(text)) return Infinity
  return /^-inf$/i.test(text) ? -Infinity : Number(text)
}

function notInstant(what: string): SourceProblem {
  return { code: 'not_instant', message: `it gives ${what}` }
}

function refusal(type: string, error: string): SourceProblem {
  const words = error.slice(0, 500)
  switch (type) {
    case 'bad_data':
      return { code: 'bad_query', message: `Prometheus does not understand it: ${words}` }
    case 'execution':
      return { code: 'bad_query', message: `Prometheus cannot answer it: ${words}` }
    case 'timeout':
    case 'canceled':
      return {
        code: 'query_timeout',
        message: `Prometheus gave it up (${words}); make the query cheaper, or give a longer \`timeout\``,
      }
    default:
      return { code: 'query_failed', message: `Prometheus failed (${type}): ${words}` }
  }
}

/** An answer that is not of Prometheus' kind: a proxy's, a login page, another program. */
function foreign(answer: HttpAnswer, text: string): QueryAnswer {
  const { up, error } = judgeStatus(answer, undefined)
  if (error !== undefined) return { up, warnings: [], problem: error }
  const message = text.startsWith('<')
    ? 'answers a web page instead of JSON, perhaps a login page; check `server`, and whether it needs a token'
    : 'does not answer as Prometheus does; check `server`: the address without /api/v1'
  return { up: 0, warnings: [], problem: { code: text.startsWith('<') ? 'html' : 'not_prometheus', message } }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

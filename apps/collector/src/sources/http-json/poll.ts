import type { Reading } from '@headroom/shared/model/reading.ts'
import type { SourceProblem } from '@headroom/shared/model/system.ts'
import { openHttpClient, type HttpAnswer } from '../http-client/http-client.ts'
import { judgeStatus } from '../http-client/judge-status.ts'
import { prepareRequest } from '../http-client/request-options.ts'
import type { CommonOptions, PollSource, SourceContext } from '../types.ts'
import { mapDocument } from './mapping/map-document.ts'
import { parseJson } from './parse-json.ts'
import type { HttpJsonOptions } from './schema.ts'

const MAX_BODY_BYTES = 2 * 2 ** 20

/** Opens an endpoint that answers JSON. Each poll is one GET; whatever comes is a reading, never an exception. */
export function openHttpJson(options: HttpJsonOptions & CommonOptions, context: SourceContext): PollSource {
  const { clock, log } = context
  const client = openHttpClient(context)
  const { url, headers } = prepareRequest(options.url, options, 'application/json')
  if (options.insecure)
    log.log('warn', 'certificates are not checked for this source (insecure: true)', { host: url.host })

  return {
    async poll(signal): Promise<Reading> {
      const began = clock.monotonic()
      const request = {
        url,
        headers,
        maxBytes: MAX_BODY_BYTES,
        timeoutMs: options.timeoutMs,
        insecure: options.insecure,
      }
      const answer = await client.get(request, signal)
      if (answer.kind === 'failure') return nothing(answer.up, { code: answer.code, message: answer.message })
      const tookSeconds = (clock.monotonic() - began) / 1_000
      const { status, body } = answer
      return { ...readAnswer(answer, options, clock.now()), tookSeconds, answer: { status, body } }
    },
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  }
}

/** A body is read whatever a server error says: a 503 with a document is a system in trouble that still tells its numbers. */
function readAnswer(answer: HttpAnswer, options: HttpJsonOptions & CommonOptions, now: number): Reading {
  const { status, body } = answer
  const { up, error } = judgeStatus(answer, options.expect?.status)
  if (error !== undefined && up === 1) return nothing(1, error)
  // Where the status is all that was asked for, or all there can be, an empty body is fine.
  const statusAlone = error === undefined && body.length === 0 && (status === 204 || options.expect !== undefined)
  const parsed = statusAlone ? NO_WORDS : parseJson(body)
  if (parsed.kind === 'problem') return nothing(0, error ?? { code: parsed.code, message: parsed.message })
  const { map, ignore, maxSeries } = options
  const { points, texts, mapped, leftOut } = mapDocument(parsed.document, { map, ignore, maxSeries, now })
  if (error === undefined) return { up, points, texts, mapped, leftOut }
  // A word beside a status that says the same is no second verdict.
  const isVerdict = ({ metric }: { metric: string }): boolean => parsed.plain && metric === 'healthy'
  const rest = { points: points.filter((one) => !isVerdict(one)), mapped: mapped.filter((one) => !isVerdict(one)) }
  return { up, texts, leftOut, error, ...rest }
}

const NO_WORDS = { kind: 'document', document: {}, plain: true } as const

function nothing(up: Reading['up'], error: SourceProblem): Reading {
  return { up, error, points: [], texts: [], mapped: [], leftOut: 0 }
}

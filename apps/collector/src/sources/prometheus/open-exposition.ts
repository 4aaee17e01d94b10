import type { IncomingHttpHeaders } from 'node:http'
import type { Reading } from '@headroom/shared/model/reading.ts'
import type { SourceProblem } from '@headroom/shared/model/system.ts'
import { openHttpClient } from '../http-client/http-client.ts'
import { judgeStatus } from '../http-client/judge-status.ts'
import { prepareRequest } from '../http-client/request-options.ts'
import { readSelector, rulesOf } from '../measures/corrections.ts'
import { KNOWN } from '../measures/known/index.ts'
import type { LabelPairs } from '../measures/labels.ts'
import { applies, createRuleBook } from '../measures/rule.ts'
import type { CommonOptions, PollSource, SourceContext } from '../types.ts'
import { createExpositionReader, EMPTY, type ExpositionReader } from './exposition/read-exposition.ts'
import { createGather, type Gathered, type GatherOptions } from './gather.ts'
import { readFigures } from './read-figures.ts'
import type { PrometheusOptions } from './schema.ts'
import { createWindows } from './windows.ts'

/** It is read as it comes and not kept, so this bounds time rather than memory. */
const MAX_BODY_BYTES = 64 * 2 ** 20
/** A little more than is shown, so that it can be seen that there was more. */
const HEAD_BYTES = 65 * 1024
/** Version 1.0.0 of OpenMetrics before the text format; anything else is read as text. */
const ACCEPT =
  'application/openmetrics-text;version=1.0.0;q=0.75,text/plain;version=0.0.4;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,*/*;q=0.1'

type Options = PrometheusOptions & CommonOptions & { url: string }

/** Opens an exposition. Each poll is one GET; whatever comes is a reading, never an exception. */
export function openExposition(options: Options, context: SourceContext): PollSource {
  const { clock, log } = context
  const client = openHttpClient(context)
  const { url, headers } = prepareRequest(options.url, options, ACCEPT)
  const rules = [...rulesOf(options.map), ...KNOWN]
  const ignored = ignoring(options.ignore)
  const book = createRuleBook(rules)
  const windows = createWindows()
  const { timeoutMs, insecure, maxSeries } = options
  if (insecure) log.log('warn', 'certificates are not checked for this source (insecure: true)', { host: url.host })

  return {
    async poll(signal): Promise<Reading> {
      const atMs = clock.monotonic()
      const now = clock.now()
      let taken: Taken | undefined
      const answer = await client.get(
        {
          url,
          headers,
          timeoutMs,
          insecure,
          maxBytes: MAX_BODY_BYTES,
          sink: (said) => (taken = begin(said, { rules, book, ignored, maxGroups: maxSeries, now })),
        },
        signal,
      )
      if (answer.kind === 'failure') return nothing(answer.up, { code: answer.code, message: answer.message })
      const tookSeconds = (clock.monotonic() - atMs) / 1_000
      const { status } = answer
      const said = { tookSeconds, answer: { status, body: taken?.head() ?? answer.body } }
      const { up, error } = judgeStatus(answer, undefined)
      if (error !== undefined) return { ...nothing(up, error), ...said }
      const problem = taken === undefined ? EMPTY : taken.end()
      if (taken === undefined || problem !== undefined) return { ...nothing(0, problem), ...said }
      return { up: 1, texts: [], ...readFigures(taken.finish(), rules, maxSeries, { now, atMs, windows }), ...said }
    },
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  }
}

/** What an answer is read with: anew for each, so that nothing of a broken one stays. */
type Taken = ExpositionReader & {
  finish(): Gathered
  /** How it began, for people to look at. */
  head(): Uint8Array
}

function begin(headers: IncomingHttpHeaders, options: GatherOptions): Taken {
  const gather = createGather(options)
  const openMetrics = (headers['content-type'] ?? '').startsWith('application/openmetrics-text')
  const reader = createExpositionReader(openMetrics, gather.take)
  const first: Uint8Array[] = []
  let length = 0
  return {
    write(bytes) {
      if (length < HEAD_BYTES) first.push(bytes.subarray(0, HEAD_BYTES - length))
      length += bytes.length
      return reader.write(bytes)
    },
    end: reader.end,
    finish: gather.finish,
    head: () => Buffer.concat(first),
  }
}

function ignoring(selectors: readonly string[]): (name: string, labels: LabelPairs) => boolean {
  const rules = selectors.flatMap((text) => readSelector(text) ?? [])
  return (name, labels) => rules.some((rule) => rule.name.test(name) && applies(rule, labels))
}

function nothing(up: Reading['up'], error: SourceProblem | undefined): Reading {
  return { up, ...(error === undefined ? {} : { error }), points: [], texts: [], mapped: [], leftOut: 0 }
}

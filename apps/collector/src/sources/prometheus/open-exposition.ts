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
import { createGather, type GatherOptions } from './gather.ts'
import { readFigures } from './read-figures.ts'
import type { PrometheusOptions } from './schema.ts'
import { createWindows } from './windows.ts'

/** It is read as it comes and not kept, so this bounds time rather than memory. */
const MAX_BODY_BYTES = 128 * 2 ** 20
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
          sink: (said) => (taken = begin(said, { rules, book, ignored, maxGroups: maxSeries, now })).reader,
        },
        signal,
      )
      if (answer.kind === 'failure') return nothing(answer.up, { code: answer.code, message: answer.message })
      const tookSeconds = (clock.monotonic() - atMs) / 1_000
      const { up, error } = judgeStatus(answer.status, undefined)
      if (error !== undefined) return { ...nothing(up, error), tookSeconds }
      const problem = taken === undefined ? EMPTY : taken.reader.end()
      if (taken === undefined || problem !== undefined) return { ...nothing(0, problem), tookSeconds }
      const figures = readFigures(taken.gather.finish(), rules, maxSeries, { now, atMs, windows })
      return { up: 1, tookSeconds, texts: [], ...figures }
    },
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  }
}

type Taken = { reader: ExpositionReader; gather: ReturnType<typeof createGather> }

/** What an answer with these headers is read with: anew for each, so that nothing of a broken one stays. */
function begin(headers: IncomingHttpHeaders, options: GatherOptions): Taken {
  const gather = createGather(options)
  const openMetrics = (headers['content-type'] ?? '').startsWith('application/openmetrics-text')
  return { gather, reader: createExpositionReader(openMetrics, gather.take) }
}

function ignoring(selectors: readonly string[]): (name: string, labels: LabelPairs) => boolean {
  const rules = selectors.flatMap((text) => readSelector(text) ?? [])
  return (name, labels) => rules.some((rule) => rule.name.test(name) && applies(rule, labels))
}

function nothing(up: Reading['up'], error: SourceProblem | undefined): Reading {
  return { up, ...(error === undefined ? {} : { error }), points: [], texts: [], mapped: [], leftOut: 0 }
}

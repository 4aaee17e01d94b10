import type { CommonOptions, PollSource, SourceContext } from '../types.ts'
import type { PrometheusOptions } from './schema.ts'

/** Opens an exposition or a server; which of the two is only loaded when it is first asked. */
export function openPrometheus(options: PrometheusOptions & CommonOptions, context: SourceContext): PollSource {
  let opened: Promise<PollSource> | undefined
  return {
    async poll(signal) {
      const source = await (opened ??= load(options, context))
      return source.poll(signal)
    },
    async [Symbol.asyncDispose]() {
      const source = await opened
      await source?.[Symbol.asyncDispose]()
    },
  }
}

async function load(options: PrometheusOptions & CommonOptions, context: SourceContext): Promise<PollSource> {
  if (options.server === undefined) {
    const { openExposition } = await import('./open-exposition.ts')
    return openExposition({ ...options, url: options.url ?? '' }, context)
  }
  const { openServer } = await import('./open-server.ts')
  return openServer({ ...options, server: options.server, queries: options.queries ?? {} }, context)
}

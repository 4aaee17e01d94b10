import { safeUrl } from '../http-client/safe-url.ts'
import type { SourceModule } from '../types.ts'
import { openPrometheus } from './open.ts'
import { PrometheusOptions } from './schema.ts'

export const prometheus: SourceModule<PrometheusOptions> = {
  kind: 'prometheus',
  title: 'Prometheus',
  about: 'An exposition as exporters and applications give it, or a Prometheus server that is asked in PromQL.',
  gives: 'what it holds',
  schema: PrometheusOptions,
  defaults: { everyMs: 15_000, timeoutMs: 10_000, maxSeries: 2_000, lagMs: 0 },
  describe: ({ url, server, queries = {} }) => {
    const count = Object.keys(queries).length
    return server === undefined
      ? safeUrl(url ?? '')
      : `${safeUrl(server)} (${count} ${count === 1 ? 'query' : 'queries'})`
  },
  open: openPrometheus,
}

import type { SourceModule } from '../types.ts'
import { openOtlp, type OtlpSource } from './open.ts'
import { OtlpOptions } from './schema.ts'

/** What an SDK sends besides, where it is given one address for all. */
const OTHER_SIGNALS = ['/v1/traces', '/v1/logs']

export const otlp: SourceModule<OtlpOptions, OtlpSource> = {
  kind: 'otlp',
  title: 'OpenTelemetry',
  about: 'Takes metrics that are pushed in OTLP over HTTP: by an SDK, a collector, or Render.',
  gives: 'what it holds',
  sender:
    'Set `OTEL_EXPORTER_OTLP_METRICS_ENDPOINT` to this address and, where `token` is given, `OTEL_EXPORTER_OTLP_HEADERS` to `authorization=Bearer%20` and the token; `OTEL_EXPORTER_OTLP_PROTOCOL` is `http/protobuf`. On Render, give both to a metrics stream. Without a token only programs on the very machine of the collector may send.',
  schema: OtlpOptions,
  // An SDK pushes every minute unless it is told otherwise, and may take a while.
  defaults: { everyMs: 60_000, timeoutMs: 10_000, maxSeries: 2_000, lagMs: 60_000 },
  describe({ match }) {
    const wanted = Object.entries(match).map(([name, values]) => `${name}=${values.join('|')}`)
    return `POST /v1/metrics${wanted.length === 0 ? '' : ` (${wanted.join(', ')})`}`
  },
  open: openOtlp,
  pushed: true,
  route: {
    // Where a sender is given an address it may or may not add the path, and a slash too many.
    paths: ['/v1/metrics', '/v1/metrics/', '//v1/metrics', '/', ...OTHER_SIGNALS],
    async answer(delivery, open) {
      const { answerExport } = await import('./answer-export.ts')
      return answerExport(delivery, open)
    },
  },
}

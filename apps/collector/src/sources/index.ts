import { aws } from './aws/aws.ts'
import { host } from './host/host.ts'
import { httpJson } from './http-json/http-json.ts'
import { kubernetes } from './kubernetes/kubernetes.ts'
import { log } from './log/log.ts'
import { otlp } from './otlp/otlp.ts'
import { postgres } from './postgres/postgres.ts'
import { prometheus } from './prometheus/prometheus.ts'
import { redis } from './redis/redis.ts'
import { renderWebhook } from './render-webhook/render-webhook.ts'
import { render } from './render/render.ts'
import { statsd } from './statsd/statsd.ts'
import type { CommonOptions, Source, SourceModule } from './types.ts'

/**
 * Every kind of source there is. Adding one is its folder and its line here; the configuration, its JSON Schema, `check`
 * and the Set-up screen follow from this table.
 */
export const SOURCES = {
  'http-json': httpJson,
  host,
  postgres,
  redis,
  render,
  'render-webhook': renderWebhook,
  prometheus,
  otlp,
  aws,
  kubernetes,
  log,
  statsd,
} as const satisfies Readonly<Record<string, SourceModule<unknown, Source>>>

export type SourceKind = keyof typeof SOURCES

/** What a kind's `open` takes: its own options, defaults filled in, and the common ones. */
export type SourceOptions<Kind extends SourceKind> = Parameters<(typeof SOURCES)[Kind]['open']>[0] & CommonOptions

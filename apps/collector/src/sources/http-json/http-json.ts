import { safeUrl } from '../http-client/safe-url.ts'
import type { SourceModule } from '../types.ts'
import { openHttpJson } from './poll.ts'
import { HttpJsonOptions } from './schema.ts'

export const httpJson: SourceModule<HttpJsonOptions> = {
  kind: 'http-json',
  title: 'JSON endpoint',
  about: 'A health or stats address that answers JSON, of any shape.',
  gives: 'what it holds',
  schema: HttpJsonOptions,
  defaults: { everyMs: 5_000, timeoutMs: 5_000, maxSeries: 200, lagMs: 0 },
  describe: ({ url }) => safeUrl(url),
  open: openHttpJson,
}

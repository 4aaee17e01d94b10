import { setTimeout as wait } from 'node:timers/promises'
import type { Mapped, Reading } from '@headroom/shared/model/reading.ts'
import { z } from 'zod'
import type { SourceModule } from '../../sources/types.ts'
import { isRecord } from '../record.ts'

const HttpJson = z.strictObject({
  url: z
    .string()
    .refine((text) => URL.canParse(text), 'must be an address')
    .describe('The address of the page.'),
  headers: z.record(z.string(), z.string()).optional(),
  bearer: z.string().optional(),
  query: z.record(z.string(), z.string()).optional(),
  map: z
    .record(z.string(), z.union([z.string(), z.strictObject({ metric: z.string(), unit: z.string().optional() })]))
    .optional(),
})
type HttpJson = z.infer<typeof HttpJson>

/** Enough of http-json to ask real servers: names with a dot become metrics, all numbers are shown. */
const httpJson: SourceModule<HttpJson> = {
  kind: 'http-json',
  title: 'JSON endpoint',
  about: 'Asks an address that answers with JSON.',
  gives: [],
  schema: HttpJson,
  defaults: { everyMs: 5_000, timeoutMs: 4_000, maxSeries: 200, lagMs: 0 },
  describe: ({ url }) => url,
  open: (options) => ({
    poll: async (signal) => {
      const url = new URL(options.url)
      for (const [key, value] of Object.entries(options.query ?? {})) url.searchParams.set(key, value)
      try {
        const response = await fetch(url, {
          signal,
          headers: { ...options.headers, authorization: `Bearer ${options.bearer ?? ''}` },
        })
        const body: unknown = await response.json()
        return {
          ...EMPTY,
          up: response.status >= 500 ? 0 : 1,
          tookSeconds: 0.01,
          mapped: numbers(body),
          ...(response.ok ? {} : { error: { code: 'http', message: `answered ${response.status}` } }),
        }
      } catch (error) {
        return {
          ...EMPTY,
          up: 0,
          error: { code: 'refused', message: error instanceof Error ? error.message : 'failed' },
        }
      }
    },
    [Symbol.asyncDispose]: async () => undefined,
  }),
}

const EMPTY: Reading = { up: 1, points: [], texts: [], mapped: [], leftOut: 0 }

const KNOWN: Readonly<Record<string, string>> = {
  active_sessions: 'sessions.active',
  max_sessions: 'sessions.limit',
  memory_percent: 'memory.used_percent',
  'users.active_count': 'users.active',
  'threads.total_active': 'threads.active',
}

function numbers(value: unknown, path = ''): Mapped[] {
  if (typeof value === 'number')
    return [
      {
        path,
        metric: KNOWN[path] ?? path,
        unit: path.endsWith('percent') ? 'percent' : 'count',
        value,
        labels: {},
        how: path in KNOWN ? 'known' : 'own path',
      },
    ]
  return isRecord(value)
    ? Object.entries(value).flatMap(([key, entry]) => numbers(entry, path === '' ? key : `${path}.${key}`))
    : []
}

/** A kind whose schema passes over unknown keys, and that never answers. */
const silent: SourceModule<{ disks?: string[] | undefined }> = {
  kind: 'silent',
  title: 'Silence',
  about: 'Never answers, and does not listen when told to stop.',
  gives: [],
  schema: z.object({ disks: z.array(z.string()).optional() }),
  defaults: { everyMs: 10_000, timeoutMs: 5_000, maxSeries: 50, lagMs: 60_000 },
  describe: () => 'nowhere',
  open: () => ({
    poll: async () => {
      await wait(30_000, undefined, { ref: false })
      return EMPTY
    },
    [Symbol.asyncDispose]: async () => undefined,
  }),
}

/** A small table of sources for tests. */
export const SMALL_SOURCES = { 'http-json': httpJson, silent }

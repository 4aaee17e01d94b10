import { request, type IncomingHttpHeaders } from 'node:http'
import type { Role, Status } from '@headroom/shared/contracts.ts'
import type { Note } from '@headroom/shared/model/note.ts'
import type { SeriesView } from '@headroom/shared/model/series.ts'
import { FakeClock } from '../../lib/fake-clock.ts'
import { createHub } from '../../live/hub.ts'
import type { LiveLimits } from '../../live/limits.ts'
import type { LiveHub } from '../../live/types.ts'
import { silentLogger } from '../../telemetry/logger.ts'
import { authorize, identifyLocal } from '../access.ts'
import type { Readiness, Reads, Writes } from '../ports.ts'
import { createHttp, type Http, type HttpParts } from '../server.ts'

export type Asked = { method?: string; headers?: Record<string, string>; body?: unknown; raw?: string | Buffer }
export type Answered = { status: number; headers: IncomingHttpHeaders; bytes: Buffer; text: string; json: unknown }

/** A real server over made-up ports, for tests. What the ports were asked stands in `asked`. */
export type Served = AsyncDisposable & {
  http: Http
  hub: LiveHub
  clock: FakeClock
  asked: { [Name in keyof Reads]?: Parameters<Reads[Name]> }
  reads: Partial<Reads>
  readiness: Readiness
  get(path: string, asked?: Asked): Promise<Answered>
}

export async function serve(
  parts: Partial<HttpParts> & { as?: { role: Role; systems?: string[] }; liveLimits?: Partial<LiveLimits> } = {},
): Promise<Served> {
  const clock = new FakeClock()
  const asked: Served['asked'] = {}
  const overridden: Partial<Reads> = {}
  const readiness: Readiness = { ready: true, reasons: [] }
  const hub = createHub({
    clock,
    log: silentLogger,
    snapshot: () => ({ now: 0, seq: 0, stored: true, demo: false, systems: [], series: [], alerts: [] }),
    ...(parts.liveLimits === undefined ? {} : { limits: parts.liveLimits }),
  })
  const { as } = parts
  const http = await createHttp({
    host: '127.0.0.1',
    port: 0,
    version: '1.2.3',
    reads: recording(asked, overridden),
    writes: writes(),
    trials: {
      try: async () => ({ ok: false, tried: [], lines: '', secrets: [], file: NO_FILE }),
      addSystem: async () => ({ path: NO_FILE.path, written: false, lines: '', secrets: [] }),
    },
    kinds: { sourceKinds: () => [], presets: () => [] },
    configSchema: () => ({ type: 'object' }),
    readiness: async () => readiness,
    selfMetrics: async () => [{ name: 'headroom_viewers', help: 'Live clients.', type: 'gauge', value: hub.viewers() }],
    live: hub,
    webRoot: '/nonexistent',
    identify: as === undefined ? identifyLocal : () => ({ name: 'tester', ...as }),
    authorize,
    clock,
    log: silentLogger,
    ...parts,
  })
  return {
    http,
    hub,
    clock,
    asked,
    reads: overridden,
    readiness,
    get: (path, what) => ask(http.port, path, what),
    async [Symbol.asyncDispose]() {
      await http[Symbol.asyncDispose]()
      await hub[Symbol.asyncDispose]()
    },
  }
}

export function ask(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body, raw }: Asked = {},
): Promise<Answered> {
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body))
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, path, method, headers: { ...type, ...headers }, agent: false },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          const bytes = Buffer.concat(chunks)
          const text = bytes.toString()
          resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes, text, json: parsed(text) })
        })
      },
    )
    sent.on('error', reject)
    sent.end(payload)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function seriesView(id: number, more: Partial<SeriesView> = {}): SeriesView {
  return {
    id,
    system: 'a',
    source: 'http-json',
    primary: true,
    metric: 'memory.used_percent',
    unit: '%',
    labels: {},
    at: 1,
    value: 50,
    ...more,
  }
}

export const STATUS: Status = {
  page: null,
  version: '1.2.3',
  startedAt: 0,
  now: 0,
  systems: 0,
  sources: { ok: 0, failing: 0, pending: 0 },
  viewers: 0,
  store: {
    kind: 'memory',
    bytes: 0,
    samples: 0,
    oldestAt: null,
    writable: true,
    retainSeconds: 1,
    maxBytes: 1,
    bytesPerDay: null,
    freeBytes: null,
  },
  config: { ok: true, file: null, readAt: null, problems: [] },
  demo: false,
  self: { cpuPercent: 0, rssBytes: 0, commitP99Ms: null, latenessP99Ms: null, dropped: 0 },
}

const NO_FILE = { path: '/nonexistent/headroom.yaml', exists: false, writable: false }

function recording(asked: Served['asked'], overridden: Partial<Reads>): Reads {
  const empty: Reads = {
    status: async () => STATUS,
    systems: async () => [],
    series: async () => [seriesView(1), seriesView(2, { system: 'b' }), seriesView(3, { source: 'redis' })],
    unknownSeries: async (ids) => ids.filter((id) => id > 1_000),
    range: async ({ series }) => ({
      stepMs: 1_000,
      series: series.map((id) => ({ id, t: [1], min: [1], max: [1], avg: [1], last: [1] })),
    }),
    raw: async () => ({ series: [], next: null }),
    events: async () => [],
    flags: async () => [],
    alerts: async () => [],
    notes: async () => [],
    mapping: async () => [],
    answers: async () => [],
    asked: async () => [],
    definitions: async () => [],
    planned: async () => [],
  }
  return {
    status: () => (overridden.status ?? empty.status)(),
    systems: (...args) => ((asked.systems = args), (overridden.systems ?? empty.systems)(...args)),
    series: (...args) => ((asked.series = args), (overridden.series ?? empty.series)(...args)),
    unknownSeries: (...args) => (overridden.unknownSeries ?? empty.unknownSeries)(...args),
    range: (...args) => ((asked.range = args), (overridden.range ?? empty.range)(...args)),
    raw: (...args) => ((asked.raw = args), (overridden.raw ?? empty.raw)(...args)),
    events: (...args) => ((asked.events = args), (overridden.events ?? empty.events)(...args)),
    flags: (...args) => ((asked.flags = args), (overridden.flags ?? empty.flags)(...args)),
    alerts: (...args) => ((asked.alerts = args), (overridden.alerts ?? empty.alerts)(...args)),
    notes: (...args) => ((asked.notes = args), (overridden.notes ?? empty.notes)(...args)),
    answers: (...args) => ((asked.answers = args), (overridden.answers ?? empty.answers)(...args)),
    mapping: (...args) => ((asked.mapping = args), (overridden.mapping ?? empty.mapping)(...args)),
    asked: (...args) => ((asked.asked = args), (overridden.asked ?? empty.asked)(...args)),
    definitions: (...args) => ((asked.definitions = args), (overridden.definitions ?? empty.definitions)(...args)),
    planned: (...args) => ((asked.planned = args), (overridden.planned ?? empty.planned)(...args)),
  }
}

function writes(): Writes {
  const note: Note = { id: 'n1', at: 5, text: 'doors open', kind: 'note', by: 'local' }
  return {
    addNote: async ({ at = 0, text, kind }, by) => ({ id: 'n2', at, text, kind, by }),
    changeNote: async (id, patch) => (id === note.id ? { ...note, text: patch.text ?? note.text } : null),
    removeNote: async (id) => (id === note.id ? note : null),
  }
}

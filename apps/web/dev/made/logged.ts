import { flag } from './flag.ts'
import type { MadeLine, MadeSeries, MadeSystem } from './made-system.ts'
import { constant, MIB, MIN, one, whole, wobble } from './values.ts'

const EVERY_SECONDS = 5
const LONG = `[2026-03-11 09:31:04 +0000] [8] [ERROR] Error handling request /api/tutor/answer?course=cs101&token=[secret] MemoryError: Unable to allocate 96.0 MiB for an array with shape (12582912,) and data type float64 while the answer of the model was put together for the ${'conversation '.repeat(8)}`

/** When lines are found, before the start, ms. */
const FOUND: readonly { before: number; pattern: string; source: string; text: string }[] = [
  { before: 26 * MIN, pattern: 'memory-error', source: 'app', text: 'MemoryError' },
  ...Array.from({ length: 14 }, (_, index) => ({
    before: (9 - index * 0.62) * MIN,
    pattern: 'memory-error',
    source: index % 3 === 0 ? 'render' : 'app',
    text: index % 4 === 2 ? LONG : `[ERROR] worker ${7 + (index % 2)}: MemoryError in retrieve_context`,
  })),
  { before: 0.9 * MIN, pattern: 'memory-error', source: 'app', text: 'and 37 more' },
  { before: 48 * MIN, pattern: 'booting-worker', source: 'app', text: '[INFO] Booting worker with pid: 8' },
  { before: 48 * MIN, pattern: 'listening', source: 'app', text: '[INFO] Listening at: http://0.0.0.0:10000 (7)' },
]

/** A system whose logs are read: a flag of one pattern fires, of another nothing was found, and there are good signs. */
export function logged(start: number): MadeSystem {
  const lines = FOUND.map(({ before, pattern, source, text }): MadeLine => {
    const at = Math.floor((start - before) / (EVERY_SECONDS * 1000)) * EVERY_SECONDS * 1000
    return { at, pattern, source, text, good: !pattern.endsWith('error') }
  })
  const counts = (source: string, pattern: string, good = false): MadeSeries => ({
    source,
    metric: good ? 'log.good_signs_per_minute' : 'log.matches_per_minute',
    unit: 'per_minute',
    labels: { pattern },
    at: (t) => (60 / EVERY_SECONDS) * found(lines, source, pattern, t),
  })
  return {
    id: 'tutor',
    name: 'Tutor',
    presets: ['fastapi-on-render'],
    state: 'critical',
    down: false,
    since: start - 9 * MIN,
    sources: [
      { id: 'http-json', type: 'http-json', everySeconds: EVERY_SECONDS },
      { id: 'app', type: 'log', everySeconds: EVERY_SECONDS },
      { id: 'render', type: 'log', everySeconds: EVERY_SECONDS },
    ],
    headroom: [],
    texts: [],
    lines,
    alerts: [{ flag: 'log-memory-error', metric: 'log.matches_per_minute', value: 15, since: start - 9 * MIN }],
    notes: [
      { at: start - 11 * MIN, text: 'v2.4.1', kind: 'deploy' },
      { at: start - 6 * MIN, text: 'Lab 2 has begun', kind: 'note' },
    ],
    flags: [
      matches('log-memory-error', 'memory-error', 'Log: MemoryError', 'Worker runs out of memory.'),
      matches('log-worker-timeout', 'worker-timeout', 'Log: Worker timeout', 'Workers that time out are killed.'),
    ],
    expected: [],
    success: [
      {
        text: 'No out-of-memory errors',
        metric: 'log.matches_per_minute',
        labels: { pattern: 'memory-error' },
        atMost: 0,
      },
    ],
    series: [
      { source: 'http-json', metric: 'up', unit: 'bool', at: constant(1) },
      {
        source: 'http-json',
        metric: 'memory.used_bytes',
        unit: 'bytes',
        at: whole(wobble(91, 60_000, 180 * MIB, 260 * MIB)),
      },
      { source: 'app', metric: 'log.lines_per_minute', unit: 'per_minute', at: one(wobble(92, 30_000, 90, 140)) },
      counts('app', 'memory-error'),
      counts('render', 'memory-error'),
      counts('app', 'worker-timeout'),
      counts('app', 'booting-worker', true),
      counts('app', 'listening', true),
      counts('app', 'starting-gunicorn', true),
    ],
  }
}

/** The same where one of its logs can no longer be read. */
export function logsLate(start: number): MadeSystem {
  const system = logged(start)
  return {
    ...system,
    sources: system.sources.map((source) =>
      source.id === 'app'
        ? {
            ...source,
            silentSince: start - 70_000,
            error: { code: 'no_permission', message: 'app.log may not be read by this user: add it to the group adm' },
          }
        : source,
    ),
  }
}

function matches(id: string, pattern: string, title: string, says: string): MadeSystem['flags'][number] {
  return flag('tutor', {
    id,
    metric: 'log.matches_per_minute',
    labels: { pattern },
    kind: 'count',
    line: 0,
    unit: 'count',
    holdSeconds: 0,
    severity: 'critical',
    title,
    says,
    figure: 'any',
    steps: ['Restart the workers.', '`--max-requests 500`'],
  })
}

/** How many lines a log had in the interval that ends at a moment. */
function found(lines: readonly MadeLine[], source: string, pattern: string, t: number): number {
  return lines
    .filter((line) => line.at === t && line.source === source && line.pattern === pattern)
    .reduce((sum, { text }) => sum + Number(/^and (\d+) more$/.exec(text)?.[1] ?? 1), 0)
}

import { flag } from './flag.ts'
import type { MadeSeries, MadeSystem } from './made-system.ts'
import { small } from './small.ts'
import { MIN, constant, wobble } from './values.ts'

/** Values that no designer thinks of: huge, tiny, negative, all equal, none, a single one, a limit of nothing. */
export function odd(start: number): MadeSystem {
  const own = (metric: string, unit: string, at: MadeSeries['at']): MadeSeries => ({
    source: 'http-json',
    metric,
    unit,
    at,
  })
  return {
    ...small(start, 0),
    id: 'odd',
    name: 'Odd values',
    headroom: [
      {
        resource: 'memory',
        title: 'Memory',
        metric: 'memory.used_bytes',
        limit: 2 ** 50,
        unit: 'bytes',
        limitFrom: 'config',
      },
      {
        resource: 'sessions',
        title: 'Sessions',
        metric: 'sessions.active',
        limit: 0,
        unit: 'count',
        limitFrom: 'reported',
      },
      { resource: 'db_pool', title: 'DB pool', metric: 'db.pool.in_use', limit: 5, unit: 'count', limitFrom: 'config' },
    ],
    flags: [
      flag('odd', {
        id: 'share-of-nothing',
        metric: 'sessions.active',
        kind: 'share',
        line: null,
        unit: 'count',
        severity: 'warning',
        title: 'Sessions near the limit',
        says: 'A share of a limit that is 0.',
        figure: '80 %',
      }),
      flag('odd', {
        id: 'tiny',
        metric: 'latency.p50_seconds',
        line: 2e-9,
        unit: 'seconds',
        severity: 'warning',
        title: 'Slower than light',
        says: 'Two nanoseconds.',
        figure: '2e-9',
      }),
    ],
    series: [
      own('memory.used_bytes', 'bytes', wobble(301, 60_000, 0.9e15, 1.1e15)),
      own('sessions.active', 'count', constant(3)),
      own('db.pool.in_use', 'count', constant(12)),
      own('cpu.used_percent', 'percent', wobble(302, 30_000, 310, 380)),
      own('requests.per_minute', 'per_minute', wobble(303, 60_000, 1e9, 9.9e15)),
      own('latency.p50_seconds', 'seconds', wobble(304, 60_000, 1e-9, 3e-9)),
      own('temperature.outside', 'none', wobble(305, 60_000, -31.5, -4)),
      own('balance.cents', 'none', wobble(306, 60_000, -1e12, 1e12)),
      // Two of one metric that do not even agree on the unit; and one that comes and goes.
      { ...own('jobs.running', 'count', wobble(307, 20_000, 0, 9)), labels: { queue: 'a' } },
      { ...own('jobs.running', 'percent', wobble(308, 20_000, 0, 60)), labels: { queue: 'b' } },
      own('latency.p95_seconds', 'seconds', (t) =>
        Math.floor(t / 90_000) % 3 === 0 ? null : wobble(309, 9_000, 0.2, 1)(t),
      ),
      own('always.equal', 'none', constant(42)),
      own('never.said', 'none', () => null),
      own('said.once', 'none', (t) => (Math.abs(t - (start - 4 * MIN)) < 2_000 ? 7 : null)),
      own('zero', 'none', constant(0)),
    ],
  }
}

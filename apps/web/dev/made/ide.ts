import { flag } from './flag.ts'
import type { MadeSystem } from './made-system.ts'
import { noise } from './noise.ts'
import { MIN, one, whole, wobble } from './values.ts'

export function ide(start: number): MadeSystem {
  const silent = start - 24_000
  const until =
    (make: (t: number) => number) =>
    (t: number): number | null =>
      t > silent || (t > start - 9 * MIN && t < start - 7 * MIN) ? null : make(t)
  return {
    id: 'ide',
    name: 'Python IDE',
    presets: ['ide-on-ecs'],
    state: 'unknown',
    down: false,
    since: start - 12_000,
    sources: [
      {
        id: 'stats',
        type: 'http-json',
        everySeconds: 5,
        error: {
          code: 'timeout',
          message:
            'No answer within 4 s. The collector’s own network may be at fault: other addresses do not answer either.',
        },
        silentSince: silent,
      },
    ],
    headroom: [
      {
        resource: 'users',
        title: 'People',
        metric: 'users.active',
        limit: 10,
        tested: 8,
        unit: 'count',
        limitFrom: 'preset',
      },
      {
        resource: 'memory_percent',
        title: 'Memory',
        metric: 'memory.used_percent',
        limit: 100,
        unit: 'percent',
        limitFrom: 'preset',
      },
      { resource: 'cpu', title: 'CPU', metric: 'cpu.used_percent', limit: 100, unit: 'percent', limitFrom: 'preset' },
    ],
    texts: [],
    alerts: [],
    notes: [],
    flags: [
      flag('ide', {
        id: 'people-high',
        metric: 'users.active',
        compare: 'atLeast',
        line: 9,
        unit: 'count',
        severity: 'warning',
        title: 'People',
        says: '8 to 10 people are safe.',
        figure: '8-10',
      }),
      flag('ide', {
        id: 'cpu-high',
        metric: 'cpu.used_percent',
        line: 80,
        unit: 'percent',
        severity: 'warning',
        title: 'CPU',
        says: 'Above 80 % the editor lags.',
        figure: '80 %',
      }),
    ],
    expected: ['2 to 4 people normally, 8 to 10 in class.'],
    success: [{ text: 'CPU under 80 %', metric: 'cpu.used_percent', below: 80 }],
    series: [
      { source: 'stats', metric: 'users.active', unit: 'count', at: until(whole(wobble(70, 120_000, 4, 8))) },
      { source: 'stats', metric: 'memory.used_percent', unit: 'percent', at: until(one(wobble(71, 90_000, 58, 66))) },
      { source: 'stats', metric: 'cpu.used_percent', unit: 'percent', at: until(one(wobble(72, 15_000, 30, 68))) },
      {
        source: 'stats',
        metric: 'latency.p95_seconds',
        unit: 'seconds',
        at: until((t) => Math.round((0.2 + noise(73, t, 20_000) * 0.2) * 1000) / 1000),
      },
    ],
  }
}

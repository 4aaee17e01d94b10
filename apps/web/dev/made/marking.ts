import { flag } from './flag.ts'
import type { MadeSystem } from './made-system.ts'
import { noise } from './noise.ts'
import { MIN, MIB, one, whole, wobble } from './values.ts'

export function marking(start: number): MadeSystem {
  return {
    id: 'marking',
    name: 'Marking API',
    presets: ['fastapi-on-render'],
    state: 'warning',
    down: false,
    since: start - 14 * MIN,
    sources: [{ id: 'http-json', type: 'http-json', everySeconds: 5 }],
    headroom: [
      {
        resource: 'memory',
        title: 'Memory',
        metric: 'memory.used_bytes',
        limit: 512 * MIB,
        unit: 'bytes',
        limitFrom: 'preset',
      },
      { resource: 'cpu', title: 'CPU', metric: 'cpu.used_percent', limit: 100, unit: 'percent', limitFrom: 'preset' },
    ],
    texts: [],
    alerts: [
      { flag: 'memory-under-load-high', metric: 'memory.used_bytes', value: 188 * MIB, since: start - 14 * MIN },
    ],
    notes: [{ at: start - 10 * MIN, text: 'restarted by the platform', kind: 'restart' }],
    flags: [
      flag('marking', {
        id: 'memory-under-load-high',
        metric: 'memory.used_bytes',
        line: 150 * MIB,
        unit: 'bytes',
        severity: 'warning',
        title: 'Memory under load',
        says: 'Under load it should stay below 150 MB.',
        figure: '150 MB',
        steps: ['Set --max-requests 500.'],
      }),
      flag('marking', {
        id: 'memory-under-load-critical',
        metric: 'memory.used_bytes',
        line: 400 * MIB,
        unit: 'bytes',
        severity: 'critical',
        title: 'Memory under load',
        says: 'It crashed at 400 to 500 MB.',
        figure: '400-500 MB',
      }),
    ],
    expected: [],
    success: [],
    series: [
      {
        source: 'http-json',
        metric: 'memory.used_bytes',
        unit: 'bytes',
        at: whole((t) => (140 + 50 / (1 + Math.exp(-(t - start + 14 * MIN) / MIN)) + noise(81, t, 40_000) * 8) * MIB),
      },
      { source: 'http-json', metric: 'cpu.used_percent', unit: 'percent', at: one(wobble(82, 12_000, 8, 31)) },
      {
        source: 'http-json',
        metric: 'latency.p50_seconds',
        unit: 'seconds',
        at: (t) => Math.round((0.9 + noise(83, t, 20_000)) * 1000) / 1000,
      },
      {
        source: 'http-json',
        metric: 'latency.p95_seconds',
        unit: 'seconds',
        at: (t) => Math.round((2.1 + noise(84, t, 20_000) * 2) * 1000) / 1000,
      },
    ],
  }
}

import { flag } from './flag.ts'
import type { MadeSystem } from './made-system.ts'
import { MIN, one, wobble } from './values.ts'

/** One of many: small, fine, and the same shape as its neighbours. */
export function small(start: number, index: number): MadeSystem {
  const warned = index % 37 === 5
  return {
    id: `service-${index}`,
    name: `Service ${index}`,
    presets: ['web-service'],
    state: warned ? 'warning' : 'ok',
    down: false,
    since: start - 40 * MIN,
    sources: [{ id: 'http-json', type: 'http-json', everySeconds: 5 }],
    headroom: [
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
    notes: [],
    expected: [],
    success: [],
    alerts: warned ? [{ flag: 'cpu-high', metric: 'cpu.used_percent', value: 84, since: start - 5 * MIN }] : [],
    flags: [
      flag(`service-${index}`, {
        id: 'cpu-high',
        metric: 'cpu.used_percent',
        line: 80,
        unit: 'percent',
        severity: 'warning',
        title: 'CPU',
        says: 'Sustained use above 80 %.',
        ours: true,
        document: 'Headroom',
      }),
    ],
    series: [
      { source: 'http-json', metric: 'memory.used_percent', unit: 'percent', at: one(wobble(index, 60_000, 30, 45)) },
      {
        source: 'http-json',
        metric: 'cpu.used_percent',
        unit: 'percent',
        at: one(wobble(index + 500, 15_000, warned ? 81 : 10, warned ? 88 : 40)),
      },
    ],
  }
}

import { flag } from './flag.ts'
import type { MadeSystem } from './made-system.ts'
import { noise } from './noise.ts'
import { MIN } from './values.ts'

export function grades(start: number): MadeSystem {
  const silent = start - 3 * MIN
  return {
    id: 'grades',
    name: 'Grades on EC2',
    presets: ['gunicorn-on-ec2'],
    state: 'critical',
    down: true,
    since: start - 165_000,
    sources: [
      {
        id: 'http-json',
        type: 'http-json',
        everySeconds: 5,
        error: { code: 'refused', message: 'The connection was refused: nothing listens at the address.' },
        silentSince: silent,
      },
    ],
    headroom: [
      { resource: 'users', title: 'People', metric: 'users.active', limit: 60, unit: 'count', limitFrom: 'preset' },
    ],
    texts: [],
    alerts: [{ flag: 'down', metric: 'up', value: 0, since: silent }],
    notes: [],
    flags: [
      flag('grades', {
        id: 'down',
        metric: 'up',
        compare: 'below',
        line: 1,
        unit: 'bool',
        severity: 'critical',
        title: 'Down',
        holdSeconds: 15,
        says: 'An endpoint that answered before refuses, times out or answers 5xx three times running.',
        ours: true,
        document: 'Headroom',
        steps: ['Open the service’s log.', 'systemctl restart gunicorn'],
      }),
    ],
    expected: [],
    success: [],
    series: [
      { source: 'http-json', metric: 'up', unit: 'bool', at: (t) => (t > silent ? 0 : 1) },
      {
        source: 'http-json',
        metric: 'users.active',
        unit: 'count',
        at: (t) => (t > silent ? null : Math.round(31 + noise(90, t, 60_000) * 6)),
      },
    ],
  }
}

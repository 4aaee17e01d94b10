import type { FlagView } from '@headroom/shared/model/flag.ts'
import { flag } from './flag.ts'
import type { MadeAlert, MadeSeries, MadeSystem } from './made-system.ts'
import { small } from './small.ts'
import { MIN, one, wobble } from './values.ts'

const HOUR = 60 * MIN

/** 300 workers, each with a series of its own. */
export function manySeries(start: number): MadeSystem {
  const workers = Array.from({ length: 300 }, (_, index): MadeSeries => ({
    source: 'http-json',
    metric: 'cpu.used_percent',
    unit: 'percent',
    labels: { worker: `worker-${index + 1}` },
    at: one(wobble(1000 + index, 25_000, 5 + (index % 60), 20 + (index % 70))),
  }))
  return {
    ...small(start, 0),
    id: 'farm',
    name: 'Render farm',
    sources: [{ id: 'http-json', type: 'http-json', everySeconds: 5, leftOut: 48 }],
    series: [...small(start, 0).series.slice(0, 1), ...workers],
  }
}

/** A flag that has come and gone 5,000 times within a week, most of them within the last hours. */
export function manyAlerts(start: number): MadeSystem {
  const alerts = Array.from({ length: 5_000 }, (_, index): MadeAlert => {
    const since = start - Math.round(20_000 + 100_000 * index + 40 * (index % 7) ** 3)
    return { flag: 'cpu-high', metric: 'cpu.used_percent', value: 81 + (index % 9), since, resolvedAt: since + 9_000 }
  })
  return { ...small(start, 0), id: 'flapping', name: 'Flapping service', alerts, notes: manyNotes(start) }
}

function manyNotes(start: number): MadeSystem['notes'] {
  return Array.from({ length: 120 }, (_, index) => ({
    at: start - index * 7_000,
    text: index % 3 === 0 ? `deploy ${(0x4f1c2aa + index * 7919).toString(16)}` : `Somebody wrote note ${index}`,
    kind: index % 3 === 0 ? 'deploy' : 'note',
  }))
}

/** 40 lines on one chart, crowded around two values. */
export function manyFlags(start: number): MadeSystem {
  const base = small(start, 5)
  const flags = Array.from({ length: 40 }, (_, index): FlagView =>
    flag('lined', {
      id: `cpu-${index}`,
      metric: 'cpu.used_percent',
      line: index % 2 === 0 ? 40 + index / 2 : 79 + index / 4,
      unit: 'percent',
      severity: index % 3 === 0 ? 'critical' : 'warning',
      title: `CPU by rule ${index + 1}`,
      says: `Rule ${index + 1} of the operations handbook.`,
      figure: `${index}`,
    }),
  )
  return {
    ...base,
    id: 'lined',
    name: 'Much flagged',
    flags,
    alerts: flags
      .filter((each) => (each.line ?? 0) < 81)
      .slice(0, 12)
      .map((each, index) => ({
        flag: each.id,
        metric: 'cpu.used_percent',
        value: 84,
        since: start - index * MIN - HOUR / 6,
      })),
    state: 'critical',
  }
}

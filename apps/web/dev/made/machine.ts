import type { MadeSystem } from './made-system.ts'
import { small } from './small.ts'

/** The machine that the collector itself runs on. */
export function machine(start: number): MadeSystem {
  const { series, ...rest } = small(start, 1)
  return {
    ...rest,
    id: 'machine',
    name: 'This machine',
    sources: [{ id: 'host', type: 'host', everySeconds: 5 }],
    series: series.map((each) => ({ ...each, source: 'host' })),
  }
}

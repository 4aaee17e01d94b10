import type { SystemView } from '@headroom/shared/model/system.ts'

/** A system for a test: answering, without headroom, in a state. */
export function madeSystem(id: string, change: Partial<SystemView> = {}): SystemView {
  return {
    id,
    name: id,
    presets: ['web-service'],
    state: 'ok',
    down: false,
    since: 0,
    sources: [
      {
        id: 'health',
        type: 'http-json',
        state: 'ok',
        lastOkAt: 1_000,
        everySeconds: 5,
        lagSeconds: 0,
        tookSeconds: 0.1,
        leftOut: 0,
      },
    ],
    headroom: [],
    texts: [],
    alerts: { warning: 0, critical: 0 },
    ...change,
  }
}

import type { PlannedEvent } from '@headroom/shared/model/planned-event.ts'
import { captions } from '../made/captions.ts'
import { grades } from '../made/grades.ts'
import { ide } from '../made/ide.ts'
import { marking } from '../made/marking.ts'
import { machine } from '../made/machine.ts'
import { small } from '../made/small.ts'
import { webui } from '../made/webui.ts'
import type { WorldPlan } from './story.ts'

const HOUR = 3_600_000

/** One of each state: ok, critical, unknown, warning, down. */
export const allStates: WorldPlan = {
  systems: (start) => [captions(start), webui(start), ide(start), marking(start), grades(start)],
}

/** A workshop that goes well. */
export const fine: WorldPlan = {
  systems: (start) => [captions(start), machine(start), { ...small(start, 2), id: 'site', name: 'Course site' }],
}

export const nothing: WorldPlan = { config: { file: null, readAt: null } }

export const many: WorldPlan = { systems: (start) => Array.from({ length: 200 }, (_, index) => small(start, index)) }

export const configError = {
  ok: false,
  error: 'systems[1].sources[0].evry is not known. Did you mean "every"? (headroom.yaml, line 14)',
  problems: [
    {
      severity: 'error' as const,
      path: 'systems[1].sources[0].evry',
      message: 'is not known. Did you mean "every"?',
      line: 14,
      column: 51,
    },
  ],
} satisfies WorldPlan['config']

/** The workshop of this morning, 42 minutes in, and the one of next week. */
export function planned(start: number): PlannedEvent[] {
  const begun = start - 42 * 60_000
  const day = (id: string, name: string, at: number): PlannedEvent => ({
    id,
    name,
    systems: ['captions'],
    timezone: 'Europe/Amsterdam',
    startAt: at,
    endAt: at + 3 * HOUR,
    people: 30,
    runsheet: [
      { at, name: 'Doors open' },
      { at: at + HOUR / 2, name: 'Lab 1' },
      { at: at + 1.5 * HOUR, name: 'Break' },
      { at: at + 1.75 * HOUR, name: 'Lab 2' },
    ],
  })
  return [day('wed', 'Wednesday workshop', begun), day('next', 'The workshop again', begun + 168 * HOUR)]
}

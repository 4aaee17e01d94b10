import { Flag, type FlagView } from '@headroom/shared/model/flag.ts'
import type { SystemDefinition } from '@headroom/shared/model/system.ts'
import type { MadeSystem } from '../made/made-system.ts'

export function definitionOf(system: MadeSystem): SystemDefinition {
  const { id, name, presets, people, expected, success } = system
  const limited = system.headroom.filter((row) => row.limitFrom !== 'reported')
  return {
    id,
    name,
    presets,
    sources: system.sources.map(({ id: source, type, everySeconds, lagSeconds = 0 }) => ({
      id: source,
      type,
      everyMs: everySeconds * 1000,
      lagMs: lagSeconds * 1000,
    })),
    limits: Object.fromEntries(
      limited.map((row) => [
        row.resource,
        { value: row.limit, from: row.limitFrom === 'config' ? 'config' : 'preset' },
      ]),
    ),
    tested: Object.fromEntries(
      system.headroom.flatMap((row) => (row.tested === undefined ? [] : [[row.resource, row.tested]])),
    ),
    ...(people === undefined ? {} : { people }),
    bands: [],
    flags: system.flags.map(flagOf),
    expected,
    success,
    actions: [],
  }
}

/** A flag as it is judged, from what is shown of it. */
function flagOf({ line, clear, holdSeconds, ...view }: FlagView): Flag {
  return Flag.parse({
    ...view,
    over: 'each',
    line: line ?? 0,
    ...(clear === null ? {} : { clear }),
    hold: { ms: holdSeconds * 1000 },
    when: [],
  })
}

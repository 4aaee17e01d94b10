import { didYouMean } from '../lib/nearest.ts'
import { isRecord } from './record.ts'
import type { Finding, Path } from './problem.ts'

/**
 * What no single value shows: ids given twice, and names of systems that are not there. Works on the data as written,
 * so that these are told together with everything else that is wrong.
 */
export function crossChecks(value: unknown): Finding[] {
  if (!isRecord(value)) return []
  const systems = list(value['systems'])
  const events = [
    ...('event' in value ? [{ path: ['event'] as Path, entry: value['event'] }] : []),
    ...entries(value['events'], ['events']),
  ]
  return [
    ...repeated(entries(systems, ['systems']), 'system'),
    ...systems.flatMap((system, index) => systemChecks(system, ['systems', index])),
    ...repeated(events, 'event'),
    ...events.flatMap(({ path, entry }) => unknownSystems(entry, path, systems)),
    ...list(value['notify']).flatMap((entry, index) => unknownSystems(entry, ['notify', index], systems)),
  ]
}

type Entry = { path: Path; entry: unknown }

function systemChecks(system: unknown, path: Path): Finding[] {
  if (!isRecord(system)) return []
  const sources = entries(system['sources'], [...path, 'sources'])
  return [...repeatedSources(sources), ...repeated(entries(system['flags'], [...path, 'flags']), 'flag')]
}

function repeated(all: readonly Entry[], what: string): Finding[] {
  const seen = new Set<string>()
  return all.flatMap(({ path, entry }) => {
    const id = field(entry, 'id')
    if (id === undefined) return []
    if (seen.has(id))
      return [
        {
          path: [...path, 'id'],
          message: `the ${what} id ${JSON.stringify(id)} is taken already`,
          hint: 'ids must differ',
        },
      ]
    seen.add(id)
    return []
  })
}

/** A source's id is its type unless it says another; where a type repeats each must say its own. */
function repeatedSources(all: readonly Entry[]): Finding[] {
  const seen = new Set<string>()
  const types = all.map(({ entry }) => field(entry, 'type'))
  return all.flatMap(({ path, entry }) => {
    const own = field(entry, 'id')
    const type = field(entry, 'type')
    if (own === undefined && type !== undefined && types.filter((other) => other === type).length > 1) {
      return [
        { path, message: `there are several sources of type ${type} in this system`, hint: 'give each of them an id' },
      ]
    }
    const id = own ?? type
    if (id === undefined) return []
    if (seen.has(id))
      return [
        {
          path: own === undefined ? path : [...path, 'id'],
          message: `the source id ${JSON.stringify(id)} is taken already`,
          hint: 'ids must differ',
        },
      ]
    seen.add(id)
    return []
  })
}

function unknownSystems(entry: unknown, path: Path, systems: readonly unknown[]): Finding[] {
  if (!isRecord(entry)) return []
  const known = systems.flatMap((system) => field(system, 'id') ?? [])
  return list(entry['systems']).flatMap((id, index) => {
    if (typeof id !== 'string' || known.includes(id)) return []
    return [
      {
        path: [...path, 'systems', index],
        message: `there is no system ${JSON.stringify(id)}`,
        hint: didYouMean(id, known),
      },
    ]
  })
}

function entries(value: unknown, path: Path): Entry[] {
  return list(value).map((entry, index) => ({ path: [...path, index], entry }))
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function field(value: unknown, key: string): string | undefined {
  const text = isRecord(value) ? value[key] : undefined
  return typeof text === 'string' ? text : undefined
}

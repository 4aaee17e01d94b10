import { uniqueName } from '@headroom/shared/unique-name.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { problemsOf } from '../system-fields.ts'
import type { FieldProblems, SystemFields } from '../system-fields.ts'

/** The system a source is for: one that is watched (empty: not chosen yet), or a new one. */
export type Target = { kind: 'watched'; id: string } | ({ kind: 'new' } & SystemFields)

export const NEW_SYSTEM: Target = { kind: 'new', id: '', name: '', preset: '' }

/** The one that the address names; else the only one there is; else it is to be chosen. */
export function firstTarget(systems: readonly SystemView[], wanted: string | undefined): Target {
  if (systems.length === 0) return NEW_SYSTEM
  const named = systems.find(({ id }) => id === wanted)?.id
  return { kind: 'watched', id: named ?? (systems.length === 1 ? (systems[0]?.id ?? '') : '') }
}

export function targetProblems(systems: readonly SystemView[], target: Target): FieldProblems {
  if (target.kind === 'new')
    return problemsOf(
      target,
      systems.map(({ id }) => id),
    )
  return target.id === '' ? { id: 'Choose the system it is for.' } : {}
}

/** The sources that a system has, by id. */
export function sourcesOf(systems: readonly SystemView[], target: Target): readonly string[] {
  return systems.find(({ id }) => target.kind === 'watched' && id === target.id)?.sources.map(({ id }) => id) ?? []
}

/** What the source will be called, and what the variables of its secrets are named after; as the collector does it. */
export function namesOf(
  type: string,
  id: string,
  target: Target,
  beside: readonly string[],
): { source: string; secrets: string } {
  const source = id === '' ? uniqueName(type, beside) : id
  const system = target.id === '' ? 'my-system' : target.id
  return { source, secrets: target.kind === 'watched' ? `${system}-${source}` : system }
}

import type { Correction, Corrections } from '@headroom/shared/model/correction.ts'

/** What somebody wants of one path: another metric, left out, or as it is found by itself. */
type Wish = { kind: 'metric'; correction: Correction } | { kind: 'ignore' } | { kind: 'none' }
export type Change = { path: string; wish: Wish }

/** The corrections of a source with the changes made: what has to stand in the file. Each keeps its place. */
export function withChanges(inForce: Corrections, changes: readonly Change[]): Corrections {
  const map = new Map(Object.entries(inForce.map))
  const ignore = new Set(inForce.ignore)
  for (const { path, wish } of changes) {
    if (wish.kind !== 'metric') map.delete(path)
    if (wish.kind !== 'ignore') ignore.delete(path)
    if (wish.kind === 'metric') map.set(path, wish.correction)
    if (wish.kind === 'ignore') ignore.add(path)
  }
  return { map: Object.fromEntries(map), ignore: [...ignore] }
}

/** The changes that the configuration does not say yet. */
export function pendingChanges(inForce: Corrections, changes: readonly Change[]): Change[] {
  return changes.filter(({ path, wish }) => !isSo(inForce, path, wish))
}

function isSo({ map, ignore }: Corrections, path: string, wish: Wish): boolean {
  const mapped = Object.hasOwn(map, path) ? map[path] : undefined
  switch (wish.kind) {
    case 'metric':
      return mapped !== undefined && sameCorrection(mapped, wish.correction) && !ignore.includes(path)
    case 'ignore':
      return ignore.includes(path) && mapped === undefined
    case 'none':
      return mapped === undefined && !ignore.includes(path)
  }
}

/** Left out and said to be a plain value are the same. */
function sameCorrection(a: Correction, b: Correction): boolean {
  return (
    a.metric === b.metric &&
    (a.unit ?? '') === (b.unit ?? '') &&
    (a.kind ?? 'gauge') === (b.kind ?? 'gauge') &&
    (a.label ?? '') === (b.label ?? '')
  )
}

/** A further change of the same path takes the place of the one before. */
export function addChange(changes: readonly Change[], change: Change): Change[] {
  return [...changes.filter(({ path }) => path !== change.path), change]
}

/** A change in words: `users.active_count is users.active, in MB`. */
export function changeWords({ path, wish }: Change): string {
  switch (wish.kind) {
    case 'none':
      return `${path} is taken as it comes`
    case 'ignore':
      return `${path} is left out`
    case 'metric': {
      const { metric, unit, kind, label } = wish.correction
      return [
        `${path} is ${metric}`,
        ...(unit === undefined ? [] : [`in ${unit}`]),
        ...(kind === undefined ? [] : [`a ${kind}`]),
        ...(label === undefined ? [] : [`by ${label}`]),
      ].join(', ')
    }
  }
}

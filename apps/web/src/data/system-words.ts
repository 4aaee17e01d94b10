import type { SystemView } from '@headroom/shared/model/system.ts'

export type StateWord = 'ok' | 'warning' | 'critical' | 'down' | 'unknown'

/** The state as it is said on the screen. Critical and not answering is `down`. */
export function stateWord(system: Pick<SystemView, 'state' | 'down'>): StateWord {
  return system.down ? 'down' : system.state
}

const RANK: Record<StateWord, number> = { down: 0, critical: 1, unknown: 2, warning: 3, ok: 4 }

/** Worst is lowest. */
export function stateRank(word: StateWord): number {
  return RANK[word]
}

/** The worst state of all systems, or undefined where there are none. */
export function worstState(systems: readonly Pick<SystemView, 'state' | 'down'>[]): StateWord | undefined {
  return systems.map(stateWord).toSorted((a, b) => RANK[a] - RANK[b])[0]
}

function count(n: number, one: string, many: string): string {
  return n === 1 ? `1 ${one}` : `${n} ${many}`
}

function allFine(n: number): string {
  if (n === 1) return 'All is fine'
  return n === 2 ? 'Both systems are fine' : `All ${n} systems are fine`
}

/** The overview in one sentence, and what else there is in a second one. */
export function headline(systems: readonly Pick<SystemView, 'state' | 'down'>[]): { first: string; rest: string } {
  const words = systems.map(stateWord)
  const needing = words.filter((word) => word === 'down' || word === 'critical').length
  const unknown = words.filter((word) => word === 'unknown').length
  const watching = words.filter((word) => word === 'warning').length
  const fine = words.filter((word) => word === 'ok').length
  if (words.length === 0) return { first: 'Nothing is watched yet', rest: '' }
  if (fine === words.length) return { first: allFine(fine), rest: '' }
  const parts = [
    ...(needing > 0 ? [count(needing, 'system needs you', 'systems need you')] : []),
    ...(watching > 0 ? [count(watching, 'system to watch', 'systems to watch')] : []),
    ...(unknown > 0 ? [count(unknown, 'system is unknown', 'systems are unknown')] : []),
  ]
  const fineWords = fine === 0 ? [] : [fine === 1 ? '1 is fine' : `${fine} are fine`]
  return { first: parts[0] ?? '', rest: [...parts.slice(1), ...fineWords].join(', ') }
}

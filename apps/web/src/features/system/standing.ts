import type { SourceProblem, SystemView } from '@headroom/shared/model/system.ts'
import type { Freshness } from '../../data/freshness.ts'
import type { StateWord } from '../../data/system-words.ts'
import { stateWord } from '../../data/system-words.ts'

/**
 * How a system stands for whoever looks at it. Three ways of not knowing are kept apart: the collector is gone (`lost`),
 * the system itself does not answer (`down`), and nobody can tell (`unknown`).
 */
export type Standing =
  /** What is shown is of `at`, when the collector last spoke. */
  | { kind: 'lost'; was: StateWord; at: number }
  | { kind: 'down'; since: number; problem: SourceProblem | undefined }
  /** Nothing configured asks it anything. */
  | { kind: 'unasked' }
  /** Its first answer is still to come. */
  | { kind: 'waiting' }
  /** It never answered. */
  | { kind: 'silent'; problem: SourceProblem | undefined }
  /** It answered, last at `lastAt`, and does not now. */
  | { kind: 'unknown'; lastAt: number; problem: SourceProblem | undefined }
  | { kind: 'known'; word: StateWord; late: number | undefined }

/** `lostAt` is when the collector last spoke, where it does not now. */
export function standingOf(system: SystemView, fresh: Freshness, lostAt: number | undefined): Standing {
  const word = stateWord(system)
  if (lostAt !== undefined) return { kind: 'lost', was: word, at: lostAt }
  if (system.sources.length === 0) return { kind: 'unasked' }
  const problem = (system.sources.find((source) => source.error !== undefined) ?? system.sources[0])?.error
  if (system.down) return { kind: 'down', since: system.since, problem }
  if (word !== 'unknown') return { kind: 'known', word, late: fresh.kind === 'stale' ? fresh.at : undefined }
  if (fresh.kind === 'pending') return { kind: 'waiting' }
  if (fresh.kind === 'never') return { kind: 'silent', problem }
  return { kind: 'unknown', lastAt: fresh.at, problem }
}

/** The one word of a standing, as the head and the bar over it say it. */
export function standingWord(standing: Standing): string {
  switch (standing.kind) {
    case 'lost':
      return `was ${standing.was}`
    case 'down':
      return 'down'
    case 'unasked':
      return 'not watched'
    case 'waiting':
      return 'waiting'
    case 'silent':
    case 'unknown':
      return 'unknown'
    case 'known':
      return standing.word
  }
}

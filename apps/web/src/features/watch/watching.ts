import type { SystemWritten, Trial } from '@headroom/shared/model/trial.ts'

/** How far somebody is on the way from an address to a system that is watched. Times are the collector's. */
type Watching =
  | { step: 'asking' }
  | { step: 'trying'; place: string; since: number }
  | { step: 'tried'; trial: Trial; url: string }
  | { step: 'writing'; trial: Trial; url: string }
  | { step: 'done'; id: string; answer: SystemWritten; at: number }

/** What went wrong on the way, beside the step that one is back at. */
export type Went = { watching: Watching; problem: string | undefined }

export type Action =
  | { kind: 'try'; place: string; now: number }
  | { kind: 'answered'; url: string; trial: Trial }
  | { kind: 'write' }
  | { kind: 'written'; id: string; answer: SystemWritten; now: number }
  | { kind: 'failed'; problem: string }
  | { kind: 'again' }

export const START: Went = { watching: { step: 'asking' }, problem: undefined }

/** What is shown after something happened. What comes too late, after a cancel, changes nothing. */
export function afterwards({ watching, problem }: Went, action: Action): Went {
  const to = (next: Watching): Went => ({ watching: next, problem: undefined })
  switch (action.kind) {
    case 'try':
      return to({ step: 'trying', place: action.place, since: action.now })
    case 'answered':
      return watching.step === 'trying'
        ? to({ step: 'tried', trial: action.trial, url: action.url })
        : { watching, problem }
    case 'write':
      return watching.step === 'tried' ? to({ ...watching, step: 'writing' }) : { watching, problem }
    case 'written':
      return watching.step === 'writing'
        ? to({ step: 'done', id: action.id, answer: action.answer, at: action.now })
        : { watching, problem }
    case 'failed':
      return {
        watching: watching.step === 'writing' ? { ...watching, step: 'tried' } : { step: 'asking' },
        problem: action.problem,
      }
    case 'again':
      return to({ step: 'asking' })
  }
}

import type { NewSystem, SystemWritten, Trial } from '@headroom/shared/model/trial.ts'

/** What the collector answered to a source: `asked` is false where only its lines were wanted. */
export type Tried = {
  trial: Trial
  asked: boolean
  /** The sources that the system had then, by id; so that the new one is seen when it comes. */
  before: readonly string[]
  /** To have it written, where there is no file yet. */
  system: NewSystem | undefined
}

/** How far somebody is on the way from a form to a source that is watched. Times are the collector's. */
type Adding =
  | { step: 'filling' }
  | { step: 'trying'; since: number }
  | ({ step: 'tried' } & Tried)
  | ({ step: 'writing' } & Tried)
  | { step: 'written'; id: string; answer: SystemWritten; at: number }

export type Wrong = { message: string; path?: string | undefined }
export type Added = { adding: Adding; problem: Wrong | undefined }

export type Action =
  | { kind: 'try'; now: number }
  | ({ kind: 'answered' } & Tried)
  | { kind: 'write' }
  | { kind: 'written'; id: string; answer: SystemWritten; now: number }
  | { kind: 'failed'; problem: Wrong }
  /** Something was changed in the form, or it was called off: what was found before is no longer what stands there. */
  | { kind: 'changed' }

export const START: Added = { adding: { step: 'filling' }, problem: undefined }

/** What is shown after something happened. What comes too late changes nothing. */
export function afterwards(before: Added, action: Action): Added {
  const { adding } = before
  const to = (next: Adding): Added => ({ adding: next, problem: undefined })
  switch (action.kind) {
    case 'try':
      return to({ step: 'trying', since: action.now })
    case 'answered': {
      const { kind: _, ...tried } = action
      return adding.step === 'trying' ? to({ step: 'tried', ...tried }) : before
    }
    case 'write':
      return adding.step === 'tried' ? to({ ...adding, step: 'writing' }) : before
    case 'written':
      return adding.step === 'writing'
        ? to({ step: 'written', id: action.id, answer: action.answer, at: action.now })
        : before
    case 'failed':
      return {
        adding: adding.step === 'writing' ? { ...adding, step: 'tried' } : { step: 'filling' },
        problem: action.problem,
      }
    case 'changed':
      return adding.step === 'filling' && before.problem === undefined ? before : START
  }
}

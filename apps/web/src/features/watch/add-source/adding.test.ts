import type { Trial } from '@headroom/shared/model/trial.ts'
import { describe, expect, it } from 'vitest'
import { START, afterwards } from './adding.ts'
import type { Action, Added, Tried } from './adding.ts'

const trial: Trial = {
  ok: true,
  tried: [],
  lines: '      - type: redis\n',
  secrets: [],
  file: { path: '/srv/headroom.yaml', exists: false, writable: true },
}
const tried: Tried = { trial, asked: true, before: [], system: undefined }
const answered: Action = { kind: 'answered', ...tried }
const written: Action = {
  kind: 'written',
  id: 'cache',
  answer: { path: '/srv/headroom.yaml', written: true, lines: '', secrets: [] },
  now: 9,
}
const went = (...actions: Action[]): Added => actions.reduce(afterwards, START)

describe('from a form to a source that is watched', () => {
  it('goes from trying over what was found to what was written', () => {
    expect(went({ kind: 'try', now: 1 }).adding).toEqual({ step: 'trying', since: 1 })
    expect(went({ kind: 'try', now: 1 }, answered).adding).toEqual({ step: 'tried', ...tried })
    expect(went({ kind: 'try', now: 1 }, answered, { kind: 'write' }, written).adding).toMatchObject({
      step: 'written',
      id: 'cache',
      at: 9,
    })
  })

  it('is back where it was when something fails, with the reason', () => {
    const problem = { message: 'url: is missing', path: 'source.url' }
    expect(went({ kind: 'try', now: 1 }, { kind: 'failed', problem })).toEqual({ adding: { step: 'filling' }, problem })
    const failed = went({ kind: 'try', now: 1 }, answered, { kind: 'write' }, { kind: 'failed', problem })
    expect(failed).toEqual({ adding: { step: 'tried', ...tried }, problem })
  })

  it('forgets what was found as soon as the form says something else', () => {
    expect(went({ kind: 'try', now: 1 }, answered, { kind: 'changed' })).toBe(START)
    expect(went({ kind: 'try', now: 1 }, { kind: 'changed' }, answered)).toBe(START)
    expect(afterwards(START, { kind: 'changed' })).toBe(START)
  })
})

import { describe, expect, it } from 'vitest'
import type { SystemWritten, Trial } from '@headroom/shared/model/trial.ts'
import { START, afterwards } from './watching.ts'
import type { Action, Went } from './watching.ts'

const trial: Trial = {
  ok: true,
  tried: [],
  lines: '',
  secrets: ['APP_TOKEN'],
  file: { path: '/srv/headroom.yaml', exists: false, writable: true },
}
const answer: SystemWritten = { path: '/srv/headroom.yaml', written: true, lines: '', secrets: ['APP_TOKEN'] }
const look: Action = { kind: 'try', place: 'http://localhost:3000/', now: 1 }
const answered: Action = { kind: 'answered', url: 'localhost:3000', trial }
const written: Action = { kind: 'written', id: 'app', answer, now: 9 }
const went = (...actions: Action[]): Went => actions.reduce(afterwards, START)

describe('from an address to a watched system', () => {
  it('goes from asking over what was found to what was written,', () => {
    expect(went(look).watching).toEqual({ step: 'trying', place: 'http://localhost:3000/', since: 1 })
    expect(went(look, answered).watching).toEqual({ step: 'tried', trial, url: 'localhost:3000' })
    expect(went(look, answered, { kind: 'write' }, written).watching).toEqual({
      step: 'done',
      id: 'app',
      answer,
      at: 9,
    })
  })

  it('is back at the field when looking fails, and still knows what was found when writing fails', () => {
    expect(went(look, { kind: 'failed', problem: 'no' })).toEqual({ watching: { step: 'asking' }, problem: 'no' })
    const failed = went(look, answered, { kind: 'write' }, { kind: 'failed', problem: 'full' })
    expect(failed).toEqual({ watching: { step: 'tried', trial, url: 'localhost:3000' }, problem: 'full' })
    expect(afterwards(failed, { kind: 'write' }).problem).toBeUndefined()
  })

  it('takes no answer that comes after a cancel', () => {
    expect(went(look, { kind: 'again' }, answered).watching).toEqual({ step: 'asking' })
    expect(went(look, answered, written).watching.step).toBe('tried')
  })
})

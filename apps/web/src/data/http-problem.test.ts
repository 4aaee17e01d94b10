import { describe, expect, it } from 'vitest'
import { problemOf, unreadable } from './http-problem.ts'

describe('an answer that is no use', () => {
  it('is told in the collector’s own words where it has some', () => {
    const body = { error: { code: 'store_failed', message: 'The store could not be read.' } }
    expect(problemOf(500, body, false)).toMatchObject({
      code: 'store_failed',
      message: 'The store could not be read.',
      retryable: true,
      status: 500,
    })
  })

  it.each([
    [401, false, true],
    [403, false, true],
    [404, false, false],
    [429, true, false],
    [500, true, false],
    [502, true, false],
    [504, true, false],
  ])('%i: retryable %s, refused %s', (status, retryable, refused) => {
    expect(problemOf(status, undefined, false)).toMatchObject({ retryable, refused })
  })

  it('names what stands in between where that answered with a web page', () => {
    expect(unreadable(200, true)).toMatchObject({ code: 'not_ours', retryable: true })
    expect(problemOf(302, undefined, true).message).toMatch(/sign-in page, or a proxy/)
    expect(problemOf(502, undefined, true).message).toMatch(/in front of the collector answered 502/)
  })

  it('takes half an answer for half an answer, not for nonsense', () => {
    expect(unreadable(200, false)).toMatchObject({ code: 'cut_short', retryable: true })
  })
})

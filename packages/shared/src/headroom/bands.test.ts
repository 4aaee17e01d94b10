import { describe, expect, it } from 'vitest'
import type { Band } from '../model/system.ts'
import { bandOf } from './bands.ts'

const BANDS: Band[] = [
  { name: 'excellent', upTo: { people: 3, cpu: 35 }, below: { response: 0.2 } },
  { name: 'good', upTo: { people: 6, cpu: 60 }, below: { response: 0.3 } },
  { name: 'peak load', upTo: { people: 10, cpu: 85, response: 1 }, below: {} },
  { name: 'overloaded', upTo: {}, below: {} },
]

function band(values: Record<string, number>): string | undefined {
  return bandOf(BANDS, new Map(Object.entries(values)))
}

describe('bands', () => {
  it('upTo includes its bound, below does not', () => {
    expect([band({ people: 3 }), band({ people: 4 }), band({ people: 6 }), band({ people: 7 })]).toEqual([
      'excellent',
      'good',
      'good',
      'peak load',
    ])
    expect([band({ response: 0.19 }), band({ response: 0.2 }), band({ response: 0.3 }), band({ response: 1 })]).toEqual(
      ['excellent', 'good', 'peak load', 'peak load'],
    )
  })

  it('under the first row is the first, past the bounds the last', () => {
    expect([band({ people: 0 }), band({ people: 11 }), band({ response: 1.001 })]).toEqual([
      'excellent',
      'overloaded',
      'overloaded',
    ])
  })

  it('the worst column wins', () => {
    expect(band({ people: 2, cpu: 70, response: 0.1 })).toBe('peak load')
  })

  it('a column without a value is left out; without any there is no band', () => {
    expect(band({ cpu: 20, other: 99 })).toBe('excellent')
    expect([band({}), band({ other: 1 }), bandOf([], new Map([['cpu', 1]]))]).toEqual([undefined, undefined, undefined])
  })
})

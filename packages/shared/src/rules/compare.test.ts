import { expect, it } from 'vitest'
import { meets } from './compare.ts'

it('a value on the line itself is past it only as the comparison says', () => {
  expect([meets('above', 50, 50), meets('atLeast', 50, 50), meets('below', 50, 50), meets('atMost', 50, 50)]).toEqual([
    false,
    true,
    false,
    true,
  ])
})

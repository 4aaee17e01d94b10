import { expect, it } from 'vitest'
import { feedingWords } from './feeding-text.ts'

it('says how many flags a source feeds, for sure or perhaps', () => {
  expect(feedingWords(12, 5, 0, undefined)).toBe('5 of the 12 flags that wait for a source.')
  expect(feedingWords(12, 2, 3, 'ide-on-ecs')).toBe(
    '2 of the 12 flags of ide-on-ecs, and 3 more where what it answers holds the numbers.',
  )
  expect(feedingWords(12, 0, 3, undefined)).toMatch(/^Up to 3 of the 12 flags/)
  expect(feedingWords(12, 0, 0, undefined)).toMatch(/^None of the 12 flags that wait/)
  expect(feedingWords(1, 1, 0, undefined)).toBe('The one flag that waits for a source.')
  expect(feedingWords(1, 0, 0, undefined)).toMatch(/^Not the one flag that waits/)
})

import { expect, it } from 'vitest'
import { joinReasons } from './join-reasons.ts'

const reasons = (...messages: string[]): { code: string; message: string }[] =>
  messages.map((message, index) => ({ code: `code-${index}`, message }))

it.each([
  [[], undefined],
  [['one'], 'one'],
  [['one', 'two', 'one'], 'one; also: two'],
  [['one', 'two', 'three', 'four', 'five'], 'one; also: two; also: three; and 2 more'],
])('%j is said as %j, under the code of the first', (messages, said) => {
  expect(joinReasons(reasons(...messages))).toEqual(said === undefined ? undefined : { code: 'code-0', message: said })
})

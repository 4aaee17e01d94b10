import { expect, test } from 'vitest'
import { Answers } from './answers.ts'

const asItIs = { redact: (text: string): string => text }
const answer = (bytes: number, value = 1): { status: number; body: Buffer } => ({
  status: 200,
  body: Buffer.from(`{"queue_length":${value},"padding":[${'0,'.repeat(Math.max(0, (bytes - 32) / 2))}0]}`),
})

test('the last answer counts, with when it came and how long it was', () => {
  const answers = new Answers()
  expect(answers.of('a')).toBeUndefined()
  answers.keep('a', 1, answer(100, 1), asItIs)
  answers.keep('a', 2, answer(40, 2), asItIs)
  const kept = answers.of('a')
  expect(kept).toMatchObject({ at: 2, status: 200, truncated: false, bytes: answer(40, 2).body.length })
  expect(JSON.parse(kept?.body ?? '')).toMatchObject({ queue_length: 2 })
  answers.forget('a')
  expect(answers.of('a')).toBeUndefined()
})

test('a long one is cut at 64 KiB, and says so', () => {
  const answers = new Answers()
  answers.keep('a', 1, answer(200_000, 7), asItIs)
  const kept = answers.of('a')
  expect([kept?.truncated, kept?.body.length, kept?.bytes]).toEqual([true, 64 * 1024, answer(200_000, 7).body.length])
})

test('a thousand sources stay within 4 MiB: the oldest go, the newest are there', () => {
  const answers = new Answers()
  for (let round = 0; round < 3; round++)
    for (let index = 0; index < 1_000; index++) answers.keep(`s${index}`, round, answer(20_000, index), asItIs)
  const kept = Array.from({ length: 1_000 }, (_, index) => answers.of(`s${index}`)).filter((one) => one !== undefined)
  expect(kept.length * 20_000).toBeLessThanOrEqual(4 * 1024 * 1024)
  expect(kept.length * 20_000).toBeGreaterThan(3.5 * 1024 * 1024)
  expect(answers.of('s999')?.body).toContain('"queue_length": 999,')
  expect(answers.of('s0')).toBeUndefined()
})

test('what is kept is a copy, and was told to nobody but with the secrets of its time', () => {
  const answers = new Answers()
  const body = Buffer.from('{"region":"old-token-1"}')
  answers.keep('a', 1, { body }, { redact: (text) => text.replaceAll('old-token-1', '[secret]') })
  body.fill(120)
  expect(answers.of('a')?.body).toBe('{\n  "region": "[secret]"\n}')
})

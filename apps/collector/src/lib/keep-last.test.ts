import { expect, test } from 'vitest'
import { FakeClock } from './fake-clock.ts'
import { keepLast } from './keep-last.ts'

test('the same again is not made again for two seconds; another takes its place', async () => {
  const clock = new FakeClock()
  const made: number[] = []
  const ask = keepLast(async (key: number) => made.push(key), clock)
  expect(await Promise.all([ask(1), ask(1), ask(1)])).toEqual([1, 1, 1])
  await clock.advance(1_900)
  await ask(1)
  expect(made).toEqual([1])
  await clock.advance(200)
  await ask(1)
  await ask(2)
  await ask(1)
  expect(made).toEqual([1, 1, 2, 1])
})

test('what failed is made again', async () => {
  let times = 0
  const ask = keepLast(async () => {
    times += 1
    if (times === 1) throw new Error('busy')
    return times
  }, new FakeClock())
  await expect(ask('a')).rejects.toThrow('busy')
  expect(await ask('a')).toBe(2)
})

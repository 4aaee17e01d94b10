import { expect, test } from 'vitest'
import { Percentile } from './percentile.ts'

test('99 of 100 stay under it; one slow commit in five hundred does not move it', () => {
  const times = new Percentile()
  expect(times.p99()).toBeNull()
  times.add(4.26)
  expect(times.p99()).toBe(4.3)
  for (let value = 1; value <= 500; value++) times.add(value)
  expect(times.p99()).toBe(495)
  for (let value = 1; value <= 499; value++) times.add(2)
  times.add(9_000)
  expect(times.p99()).toBe(2)
})

import type { Point } from '@headroom/shared/model/reading.ts'
import { expect, it } from 'vitest'
import { createRateKeeper } from './rates.ts'

const counter = (value: number, rate?: string): Point => ({
  metric: 'upstream.requests_total',
  unit: 'count',
  labels: {},
  value,
  kind: 'counter',
  ...(rate === undefined ? {} : { rate }),
})
const total = (value: number): Point => ({
  metric: 'upstream.requests_total',
  unit: 'count',
  labels: {},
  value,
  kind: 'gauge',
})
const RATE = 'upstream.requests_per_minute'

it('keeps a rate under its own name, beside the total', () => {
  const keeper = createRateKeeper()
  expect(keeper.apply([counter(10, RATE), total(10)], 0)).toEqual([total(10)])
  expect(keeper.apply([counter(20, RATE), total(20)], 60_000)).toEqual([
    { metric: RATE, unit: 'per_minute', labels: {}, value: 10, kind: 'gauge' },
    total(20),
  ])
})

it('keeps a rate under the metric itself where none is named', () => {
  const keeper = createRateKeeper()
  keeper.apply([counter(10)], 0)
  expect(keeper.apply([counter(20)], 30_000)).toMatchObject([
    { metric: 'upstream.requests_total', unit: 'per_minute', value: 20 },
  ])
})

it('keeps a spread once, as a gauge under the name of the total, never as a rate', () => {
  const keeper = createRateKeeper()
  for (const [index, value] of [100, 40].entries()) keeper.apply([counter(value, RATE), total(value)], index * 5_000)
  expect(keeper.apply([counter(105, RATE), total(105)], 10_000)).toEqual([{ ...total(105), spread: true }])
})

it('tells series of one metric apart by their labels', () => {
  const keeper = createRateKeeper()
  const by = (status: string, value: number): Point => ({
    ...counter(value, 'responses.per_minute'),
    metric: 'responses',
    labels: { status },
  })
  keeper.apply([by('200', 50), by('503', 2)], 0)
  expect(
    keeper.apply([by('200', 60), by('503', 3)], 60_000).map(({ labels, value }) => [labels['status'], value]),
  ).toEqual([
    ['200', 10],
    ['503', 1],
  ])
})

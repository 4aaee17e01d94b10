import { expect, test } from 'vitest'
import { mappedText } from './mapped-text.ts'

test('a counter says how far it has come, for one answer is no rate yet', () => {
  const mapped = {
    path: 'responses',
    metric: 'responses.per_minute',
    unit: 'per_minute',
    value: 1200,
    labels: { status: '200' },
    how: 'known',
  } as const
  const counter = {
    metric: 'responses',
    unit: 'count',
    labels: { status: '200' },
    value: 1200,
    kind: 'counter',
    rate: 'responses.per_minute',
  } as const
  expect(mappedText(mapped, { points: [counter] })).toEqual([
    'responses.per_minute status=200',
    '1200 so far, kept as a rate',
  ])
  expect(mappedText(mapped, { points: [{ ...counter, labels: { status: '503' } }] })).toEqual([
    'responses.per_minute status=200',
    '1200 a minute',
  ])
})

import { expect, it } from 'vitest'
import { parseQuantity } from './quantity.ts'

it.each([
  ['0', 0],
  ['1', 1],
  ['0.5', 0.5],
  ['.5', 0.5],
  ['5.', 5],
  ['+2', 2],
  ['-2', -2],
  ['1234567n', 0.001234567],
  ['250u', 0.00025],
  ['100m', 0.1],
  ['1500m', 1.5],
  ['3k', 3_000],
  ['2M', 2e6],
  ['2G', 2e9],
  ['1T', 1e12],
  ['1P', 1e15],
  ['1E', 1e18],
  ['1E3', 1_000],
  ['1e3', 1_000],
  ['12e-1', 1.2],
  ['1.5e+2', 150],
  ['64Ki', 65_536],
  ['512Mi', 536_870_912],
  ['1.5Gi', 1_610_612_736],
  ['2Ti', 2_199_023_255_552],
  ['1Pi', 2 ** 50],
  ['1Ei', 2 ** 60],
])('%s is %d, exactly', (text, value) => {
  expect(parseQuantity(text)).toBe(value)
})

it.each(['', ' 1', '1 Gi', '1K', '1kI', '1gi', 'Gi', '.', '--1', '0x10', '1e', '1e3Gi', 'NaN', 'Infinity', '1,5'])(
  '%j is no quantity, and unknown',
  (text) => {
    expect(parseQuantity(text)).toBeUndefined()
  },
)

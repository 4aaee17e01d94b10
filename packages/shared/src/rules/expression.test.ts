import { describe, expect, it } from 'vitest'
import { parseExpression, refsOf, valueOf } from './expression.ts'

function compute(text: string): number | null {
  const parsed = parseExpression(text)
  if (!parsed.ok) throw new Error(parsed.problem)
  const values: Record<string, number> = { a: 6, b: 3, 'db.pool.size': 30, zero: 0, 'a/b': 7 }
  return valueOf(parsed.expression, (leaf) => (leaf.kind === 'metric' ? (values[leaf.ref.metric] ?? null) : null))
}

describe('[RU21] expressions', () => {
  it('multiply before they add, and left before right', () => {
    expect(compute('a + b * 2')).toBe(12)
    expect(compute('(a + b) * 2')).toBe(18)
    expect(compute('a - b - 1')).toBe(2)
    expect(compute('100 * a / b / 2')).toBe(100)
    expect(compute('(db.pool.size + 20) * (a - b)')).toBe(150)
    expect(compute('a * -0.5')).toBe(-3)
  })

  it('a name may hold anything but spaces and parentheses', () => {
    expect(compute('a/b')).toBe(7)
  })

  it('have no value where a part has none, or a division is by zero', () => {
    expect(compute('a + unknown')).toBeNull()
    expect(compute('a / zero')).toBeNull()
    expect(compute('limit:sessions')).toBeNull()
  })

  it('name their metrics and sources, each once', () => {
    const parsed = parseExpression('up@redis + (up - up@redis) / 2 + limit:sessions + event.ended_seconds')
    expect(parsed.ok && refsOf(parsed.expression)).toEqual([{ metric: 'up', source: 'redis' }, { metric: 'up' }])
  })

  it.each(['', 'a +', '+ a', '(a', 'a b', 'a ) b', 'a + + b', '1 2', '§'])('%j is refused with the reason', (text) => {
    const parsed = parseExpression(text)
    expect(parsed.ok).toBe(false)
    expect(!parsed.ok && parsed.problem.length).toBeGreaterThan(10)
  })
})

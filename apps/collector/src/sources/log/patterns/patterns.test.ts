import { describe, expect, it } from 'vitest'
import { cpuMeter } from '../../../lib/testing/cpu-meter.ts'
import { loadPresets } from '../../../presets/load.ts'
import { patternProblem, patternSet } from './pattern-set.ts'

/** The lines of a text in which each expression is found. */
function found(expressions: readonly string[], text: string): number[][] {
  const { automaton } = patternSet(
    expressions.map((expression, index) => ({ id: `${index}`, expression, good: false })),
  )
  const lines: number[][] = []
  const bytes = Buffer.from(text)
  const state = automaton.read(automaton.begin, bytes, 0, bytes.length, (_, ids) => lines.push([...ids]))
  lines.push([...automaton.finish(state)])
  return lines
}

const EXPRESSIONS = [
  'a',
  'ab',
  'a|b',
  'a*b',
  'a+b',
  'a?b',
  '(ab)+',
  '(a|b)*c',
  'a{2}',
  'a{2,}',
  'a{1,2}b',
  '[abc]+d',
  '[^a]b',
  '[a-c]$',
  '^a',
  '^$',
  'b$',
  '\\bab\\b',
  '\\Bb',
  '.',
  'a.c',
  '.*',
  '\\d+',
  '\\w\\s\\w',
  '[\\d-]x',
  '\\.',
  'a\\|b',
  '(?:ab|c)d',
  '(?<name>a)b',
  'ab??c',
  '[-a]b',
  '[a\\]]c',
  '\\x41',
  '\\u0042',
  'a{,2}',
  '^\\s*$',
  '(a*)*b',
  '(^a|b$)',
  '\\ba',
  'a\\b',
  '[^]a',
  '(|a)c',
  '\\t',
]
const LINES = [
  '',
  'a',
  'b',
  'ab',
  'abc',
  'aab',
  'abab',
  'c',
  'cd',
  'abcd',
  'a c',
  'ab ab',
  'xab',
  'abx',
  'x ab y',
  '12',
  '1-2x',
  '-x',
  'a.c',
  'a|b',
  'A',
  'B',
  '-b',
  ']c',
  'a{,2}',
  ' ',
  'aaaaaaaaab',
  'aaaaaaaaaa',
  '\t',
  'bbbb',
  'a_b',
  'zc',
]

describe('patterns', () => {
  it.each(EXPRESSIONS)('%s is found in the lines in which JavaScript finds it', (expression) => {
    const ours = found([expression], LINES.join('\n')).map((ids) => ids.length > 0)
    const theirs = LINES.map((line) => new RegExp(expression).test(line))
    expect(LINES.filter((_, index) => ours[index] !== theirs[index])).toEqual([])
  })

  it('are all looked for at once, and each is found once a line', () => {
    expect(found(EXPRESSIONS, LINES.join('\n'))).toEqual(
      LINES.map((line) =>
        EXPRESSIONS.flatMap((expression, index) => (new RegExp(expression).test(line) ? [index] : [])),
      ),
    )
  })

  it('of every preset are taken', () => {
    const all = [...loadPresets().values()].flatMap(({ patterns, goodSigns }) =>
      Object.values({ ...patterns, ...goodSigns }),
    )
    expect(all.length).toBeGreaterThan(10)
    expect(all.flatMap((expression) => patternProblem(expression) ?? [])).toEqual([])
  })

  it('take either case where (?i) says so, and characters beyond ASCII', () => {
    expect(
      found(['(?i)error', 'a(?i:b)c', 'Überlauf', '[äx]y', 'd.e'], 'ErRoR\naBc\nABC\nein Überlauf\näy\ndäe'),
    ).toEqual([[0], [1], [], [2], [3], []])
  })

  it('find the end of a line that ends as on Windows', () => {
    expect(found(['b$'], 'ab\r\nabc\r\n')).toEqual([[0], [], []])
  })

  it.each([
    ['(', 'has a ( without its )'],
    ['a)', 'has a ) without its ('],
    ['[a', 'has a [ without its ]'],
    ['*a', 'nothing before its *'],
    ['(a)\\1', 'refers back'],
    ['a(?=b)', 'looks ahead or behind'],
    ['(?<!a)b', 'looks ahead or behind'],
    ['\\p{L}', 'has \\p'],
    ['a{3,1}', 'wrong way round'],
    ['[z-a]', 'wrong way round'],
    ['a{5000}', 'repeats more than 1000'],
    ['((a{100}){100})', 'too large'],
    ['^*', 'has no length'],
    ['a\\', 'ends in a \\'],
    ['x'.repeat(1_001), 'longer than'],
    ['('.repeat(60) + ')'.repeat(60), 'inside each other'],
  ])('%s is refused, and why', (expression, why) => {
    expect(patternProblem(expression)).toContain(why)
  })

  it.each(['(a+)+$', '(a|aa)+$', '(.*a){12}b', '([^x]*,)*[^x]*;$', '(a|b|ab)*c', '.*.*.*.*=$'])(
    '%s takes time that grows with the line and with nothing else',
    (expression) => {
      const timed = (length: number): number => {
        const took = cpuMeter()
        found([expression], 'a'.repeat(length))
        return took()
      }
      timed(10_000)
      // With backtracking this would go on past the end of the sun.
      expect(timed(400_000)).toBeLessThan(2_000)
    },
  )

  it('that need more states than are kept are found all the same', () => {
    // Whether the 14th from the end is an a: that takes 2^14 states.
    const line = Array.from({ length: 30_000 }, (_, index) => ((index * 7_919) % 13 < 6 ? 'a' : 'b')).join('')
    const expression = 'a.{13}$'
    expect(found([expression], `${line}\n${line}b`).map((ids) => ids.length > 0)).toEqual([
      new RegExp(expression).test(line),
      new RegExp(expression).test(`${line}b`),
    ])
  })

  it('go on across pieces of any size', () => {
    const { automaton } = patternSet([{ id: 'x', expression: '\\bworker timeout\\b', good: false }])
    const bytes = Buffer.from('a worker timeout!\nworker timeouts\n worker timeout')
    for (const size of [1, 2, 3, 7, 100]) {
      let state = automaton.begin
      const counts: number[] = []
      for (let at = 0; at < bytes.length; at += size)
        state = automaton.read(state, bytes, at, Math.min(at + size, bytes.length), (_, ids) => counts.push(ids.length))
      expect([...counts, automaton.finish(state).length]).toEqual([1, 0, 1])
    }
  })
})

import { describe, expect, test } from 'vitest'
import { fitColumns, shorten, wrapWords } from './fit-columns.ts'

describe('fitColumns', () => {
  const narrow = [{ least: 5 }, { least: 5 }]

  test('aligns its columns, two spaces between them, and leaves nothing at the ends of lines', () => {
    const rows = [
      ['a', 'bb', 'c'],
      ['aaa', 'b', ''],
    ]
    expect(fitColumns(rows, [{ least: 1 }, { least: 1 }, { least: 1 }], 100)).toBe('a    bb  c\naaa  b\n')
  })

  test('the first columns give way first, down to their least, then the next', () => {
    const rows = [['0123456789', '0123456789']]
    expect(fitColumns(rows, narrow, 22)).toBe('0123456789  0123456789\n')
    expect(fitColumns(rows, narrow, 20)).toBe('0123…789  0123456789\n')
    expect(fitColumns(rows, narrow, 14)).toBe('01…89  012…789\n')
  })

  test('no column is made narrower than its least, even where the lines are then too long', () => {
    expect(fitColumns([['0123456789', '0123456789']], narrow, 3)).toBe('01…89  01…89\n')
  })
})

test('shorten leaves out the middle, and nothing of what fits', () => {
  expect([shorten('abcdef', 6), shorten('abcdef', 5), shorten('abcdef', 4)]).toEqual(['abcdef', 'ab…ef', 'ab…f'])
})

test('wrapWords breaks between words only', () => {
  expect(wrapWords('one two three', 10, '  ')).toBe('  one two\n  three\n')
  expect(wrapWords('https://example.com/long and more', 10, '  ')).toBe('  https://example.com/long\n  and more\n')
})

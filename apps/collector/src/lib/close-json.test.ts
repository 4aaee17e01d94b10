import { expect, test } from 'vitest'
import { closeJson } from './close-json.ts'

test('wherever JSON is cut, what was whole by then is read back, and nothing else', () => {
  const text = JSON.stringify({ a: 1, b: [1, { c: 'x,}"\\' }, true], d: { e: null, f: [[], {}] }, g: 'last' })
  for (let length = 1; length <= text.length; length++) {
    const closed = closeJson(text.slice(0, length))
    expect(() => JSON.parse(closed) as unknown, closed).not.toThrow()
  }
  expect(JSON.parse(closeJson(text))).toEqual(JSON.parse(text))
  expect(JSON.parse(closeJson('{"a":1,"b":[1,2'))).toEqual({ a: 1, b: [1] })
  expect(JSON.parse(closeJson('{"a":1,"b":"hal'))).toEqual({ a: 1 })
})

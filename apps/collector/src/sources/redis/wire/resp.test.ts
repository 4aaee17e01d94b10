import { describe, expect, test } from 'vitest'
import { asNumber, encodeCommands, NotRespError, ReplyReader, type Reply } from './resp.ts'

const WHOLE = '+OK\r\n:42\r\n$5\r\nh\u00e9\r\n\r\n$-1\r\n*2\r\n*1\r\n:1\r\n*-1\r\n-ERR no\r\n$0\r\n\r\n*0\r\n'
const REPLIES: Reply[] = ['OK', 42, 'h\u00e9\r\n', null, [[1], null], { error: 'ERR no' }, '', []]

function refused(bytes: string, maxBytes = 1_000): NotRespError | undefined {
  try {
    new ReplyReader(maxBytes).push(Buffer.from(bytes, 'latin1'))
    return undefined
  } catch (error) {
    if (error instanceof NotRespError) return error
    throw error
  }
}

describe('replies', () => {
  test('are read, several at once', () => {
    expect(new ReplyReader(1_000).push(Buffer.from(WHOLE))).toEqual(REPLIES)
  })

  test('are read in whatever pieces they come', () => {
    for (let size = 1; size < 12; size++) {
      const reader = new ReplyReader(1_000)
      const bytes = Buffer.from(WHOLE)
      const read: Reply[] = []
      for (let at = 0; at < bytes.length; at += size) read.push(...reader.push(bytes.subarray(at, at + size)))
      expect(read).toEqual(REPLIES)
    }
  })

  test('that no Redis sends are refused, with how they begin', () => {
    expect(refused('HTTP/1.1 400 Bad Request\r\n\r\n')).toMatchObject({
      reason: 'not RESP',
      start: 'HTTP/1.1 400 Bad Request',
    })
    expect(refused('SSH-2.0-OpenSSH_9.2\r\n')?.start).toBe('SSH-2.0-OpenSSH_9.2')
    expect(refused('\x15\x03\x03\x00\x02\x02F')?.start).toBe('')
    expect(refused(':4x\r\n')?.reason).toBe('not RESP')
    expect(refused(`+${'x'.repeat(5_000)}`)?.reason).toBe('not RESP')
    expect(refused('*1\r\n'.repeat(20))?.reason).toBe('not RESP')
  })

  test('that are larger than allowed are refused before they are kept', () => {
    expect(refused('$2000\r\n')?.reason).toBe('too large')
    expect(refused('*2000\r\n')?.reason).toBe('too large')
    expect(refused(`*9\r\n$900\r\n${'x'.repeat(900)}\r\n$900\r\n${'x'.repeat(300)}`)?.reason).toBe('too large')
  })
})

test('commands count bytes, not characters', () => {
  expect(encodeCommands([['GET', 'ü'], ['PING']])).toBe('*2\r\n$3\r\nGET\r\n$2\r\nü\r\n*1\r\n$4\r\nPING\r\n')
})

test('numbers come as numbers or as text', () => {
  expect([asNumber(3), asNumber('1764061203.5'), asNumber(''), asNumber('inf'), asNumber(null)]).toEqual([
    3,
    1_764_061_203.5,
    undefined,
    undefined,
    undefined,
  ])
})

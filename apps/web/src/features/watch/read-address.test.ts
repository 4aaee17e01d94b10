import { describe, expect, it } from 'vitest'
import { originOf, readAddress } from './read-address.ts'

describe('readAddress', () => {
  it.each([
    ['localhost:3000', 'http://localhost:3000/', true],
    ['127.0.0.1:8000/health', 'http://127.0.0.1:8000/health', false],
    ['[::1]:8000', 'http://[::1]:8000/', true],
    ['captions.example.com', 'https://captions.example.com/', true],
    ['http://captions.example.com/api/health', 'http://captions.example.com/api/health', false],
    ['HTTPS://Captions.Example.com/x#part', 'https://captions.example.com/x', false],
  ])('takes %j for %s', (typed, shown, usualPages) => {
    expect(readAddress(typed)).toEqual({ kind: 'address', sent: typed, shown, secrets: [], usualPages })
  })

  it.each([' "http://localhost:3000/health", ', '<http://localhost:3000/health>', "'http://localhost:3000/health';"])(
    'takes what was pasted with it away: %s',
    (typed) => {
      expect(readAddress(typed)).toMatchObject({ kind: 'address', sent: 'http://localhost:3000/health' })
    },
  )

  it('names what is a secret and shows none of it', () => {
    const address = readAddress('https://ann:pw-1@app.example.com/metrics?admin_token=very-secret&page=2&key=k-1')
    expect(address).toMatchObject({
      kind: 'address',
      shown: 'https://ann@app.example.com/metrics?page=2',
      secrets: ['admin_token', 'key', 'password'],
    })
    expect(address.kind === 'address' && address.shown).not.toMatch(/very-secret|k-1|pw-1/)
  })

  it.each([
    ['ftp://files.example.com', /not by ftp/],
    ['two words', /space/],
    ['http://', /no address/],
    ['https://app example.com', /space/],
    [`http://localhost/${'x'.repeat(2_000)}`, /longer than 2,000/],
  ])('says of %j what to do', (typed, words) => {
    const address = readAddress(typed)
    expect(address.kind === 'wrong' ? address.message : address.kind).toMatch(words)
  })

  it('knows that nothing was typed yet', () => {
    expect(readAddress('   ').kind).toBe('empty')
  })
})

describe('originOf', () => {
  it('is the server of a page, and nothing where no page was given', () => {
    expect(originOf('localhost:3000/app/login?token=x')).toBe('http://localhost:3000')
    expect(originOf('localhost:3000')).toBeUndefined()
    expect(originOf('')).toBeUndefined()
  })
})

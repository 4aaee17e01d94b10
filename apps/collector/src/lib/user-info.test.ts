import { expect, test } from 'vitest'
import { userInfoOf, withoutUserInfo } from './user-info.ts'

test.each([
  ['https://me:word@host/x', 'me', 'word'],
  ['https://me@host/x', 'me', undefined],
  ['https://me:p@ss@host/x', 'me', 'p@ss'],
  ['https://me:p/w@host/x', 'me', 'p/w'],
  ['https://me:p#w?@host', 'me', 'p#w?'],
  ['postgres://u:p/w@host/db', 'u', 'p/w'],
  ['postgres://u:1/w@host:5432/db?sslmode=require', 'u', '1/w'],
  ['redis://:p/w@d@host:6379/0', '', 'p/w@d'],
])('%s signs in', (address, user, password) => {
  expect(userInfoOf(address)).toMatchObject({ user, password })
  expect(withoutUserInfo(address)).toBe(address.replace(/\/\/.*@host/, '//…@host'))
})

test.each([
  'https://host:8080/a@b',
  'https://host/?mail=a@b',
  'https://[::1]:80/@',
  'postgres://host:5432/db?user=a@b',
  'redis://host',
  'no address: a@b',
])('%s does not', (address) => {
  expect(userInfoOf(address)).toBeUndefined()
  expect(withoutUserInfo(address)).toBe(address)
})

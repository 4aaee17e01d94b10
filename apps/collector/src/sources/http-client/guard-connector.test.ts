import { afterAll, beforeAll, expect, test } from 'vitest'
import { serve, type Served } from '../testing/serve.ts'
import { openHttpClient } from './http-client.ts'

let page: Served
beforeAll(async () => {
  page = await serve((_request, response) => response.end('{}'))
})
afterAll(() => page[Symbol.asyncDispose]())

const refuse = (address: string): string | null =>
  address === '127.0.0.1' || address === '::1' ? `${address} is not asked` : null

async function get(url: string, refuseAddress: (address: string) => string | null): Promise<unknown> {
  await using client = openHttpClient({ refuseAddress })
  const request = { url: new URL(url), headers: {}, maxBytes: 100, timeoutMs: 60_000, insecure: false }
  return await client.get(request, AbortSignal.timeout(60_000))
}

test('an address that is refused is never connected to: written out, or looked up from a name', async () => {
  const asked = page.connections()
  for (const host of ['127.0.0.1', 'localhost', '2130706433', '0x7f.1'])
    expect([host, await get(`http://${host}:${page.port}/`, refuse)]).toEqual([
      host,
      { kind: 'failure', code: 'forbidden', up: null, message: expect.stringContaining('is not asked') as string },
    ])
  expect(page.connections()).toBe(asked)
})

test('any other is asked as always, by its name too', async () => {
  for (const host of ['127.0.0.1', 'localhost'])
    expect(await get(`http://${host}:${page.port}/`, () => null)).toMatchObject({ kind: 'answer', status: 200 })
})

import { gzipSync } from 'node:zlib'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { Delivery, PushAnswer } from '../sources/types.ts'
import type { Receiver } from './receivers.ts'
import { serve } from './testing/serve.ts'

const MAX_BYTES = 1_000

/** A route that says back what it was given. */
function echo(given: Delivery[] = []): Receiver {
  return {
    paths: ['/', '/v1/metrics', '/hooks/bell/:system'],
    answer: async (delivery): Promise<PushAnswer> => {
      given.push(delivery)
      if (delivery.headers['x-bare'] !== undefined) return { status: 401, body: 'no' }
      const body = await delivery.body(MAX_BYTES)
      return { status: 200, body: body.kind === 'bytes' ? body.bytes : body.kind, headers: { 'x-said': 'yes' } }
    },
  }
}

describe('a route that sources are pushed to', () => {
  it('answers a POST at each of its paths, with parameters, headers and body', async () => {
    const given: Delivery[] = []
    await using served = await serve({ receivers: [echo(given)] })
    for (const path of ['/', '/v1/metrics', '/hooks/bell/shop?x=1']) {
      const answer = await served.get(path, { method: 'POST', raw: 'hello', headers: { 'X-Token': 'abc' } })
      expect([answer.status, answer.text, answer.headers['x-said'], answer.headers['cache-control']]).toEqual([
        200,
        'hello',
        'yes',
        'no-store',
      ])
    }
    expect(given.map(({ params, headers, local }) => [params['system'], headers['x-token'], local])).toEqual([
      [undefined, 'abc', true],
      [undefined, 'abc', true],
      ['shop', 'abc', true],
    ])
  })

  it('leaves the page at / alone, and says so to other methods elsewhere', async () => {
    await using served = await serve({ receivers: [echo()] })
    expect((await served.get('/v1/metrics')).status).toBe(405)
    expect((await served.get('/v1/metrics', { method: 'OPTIONS' })).headers.allow).toBe('POST, OPTIONS')
    expect((await served.get('/', { headers: { accept: 'text/html' } })).text).toContain('<!doctype html>')
  })

  it('knows who does not sit at this machine', async () => {
    const given: Delivery[] = []
    await using served = await serve({ receivers: [echo(given)] })
    await served.get('/v1/metrics', { method: 'POST', raw: 'x', headers: { 'x-forwarded-for': '10.0.0.9' } })
    expect(given[0]?.local).toBe(false)
  })

  it('lets pages of others not push, as with every call', async () => {
    await using served = await serve({ receivers: [echo()] })
    const answer = await served.get('/v1/metrics', { method: 'POST', raw: 'x', headers: { origin: 'https://a.test' } })
    expect(answer.status).toBe(403)
    const other = await served.get('/v1/metrics', { method: 'POST', raw: 'x', headers: { host: 'evil.test' } })
    expect(other.status).toBe(421)
  })
})

describe('a body', () => {
  const post = async (raw: Buffer | string, encoding?: string): Promise<string> => {
    await using served = await serve({ receivers: [echo()] })
    const headers: Record<string, string> = encoding === undefined ? {} : { 'content-encoding': encoding }
    return (await served.get('/v1/metrics', { method: 'POST', raw, headers })).text
  }

  it('is unpacked', async () => {
    expect(await post(gzipSync('hello'), 'gzip')).toBe('hello')
    expect(await post('hello', 'identity')).toBe('hello')
  })

  it('is bounded, packed and unpacked', async () => {
    expect(await post('x'.repeat(MAX_BYTES))).toHaveLength(MAX_BYTES)
    expect(await post('x'.repeat(MAX_BYTES + 1))).toBe('too_large')
    expect(await post(gzipSync('x'.repeat(100_000)), 'gzip')).toBe('too_large')
  })

  it('that does not unpack, or in an encoding nobody knows, is told', async () => {
    expect(await post('no gzip', 'gzip')).toBe('broken')
    expect(await post(gzipSync('hello hello hello').subarray(0, 20), 'gzip')).toBe('broken')
    expect(await post('x', 'snappy')).toBe('unknown_encoding')
  })

  it('that is not asked for is not waited for', async () => {
    await using served = await serve({ receivers: [echo()] })
    const socket = connect(served.http.port, '127.0.0.1')
    const answer = new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())))
    socket.write('POST /v1/metrics HTTP/1.1\r\nHost: localhost\r\nX-Bare: 1\r\nContent-Length: 500\r\n\r\n')
    expect(await answer).toMatch(/^HTTP\/1\.1 401/)
    socket.destroy()
  })

  it('that is not wanted is thrown away, so that its sender gets to read why, and the connection goes on', async () => {
    await using served = await serve({ receivers: [echo()] })
    const large = 'x'.repeat(4 * 2 ** 20)
    const requests = [1, 2].map(() =>
      fetch(`${served.http.url}/v1/metrics`, { method: 'POST', body: large, headers: { 'x-bare': '1' } }),
    )
    expect((await Promise.all(requests)).map(({ status }) => status)).toEqual([401, 401])
    const tooLarge = await fetch(`${served.http.url}/v1/metrics`, { method: 'POST', body: large })
    expect(await tooLarge.text()).toBe('too_large')
  })

  it('whose sender goes away in the middle disturbs nobody', async () => {
    const given: Delivery[] = []
    await using served = await serve({ receivers: [echo(given)] })
    const socket = connect(served.http.port, '127.0.0.1')
    socket.write('POST /v1/metrics HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\nabc')
    while (given.length === 0) await new Promise((resolve) => setImmediate(resolve))
    socket.destroy()
    expect((await served.get('/v1/metrics', { method: 'POST', raw: 'next' })).text).toBe('next')
  })
})

import { describe, expect, test } from 'vitest'
import { startDemo, type Demo } from './start-demo.ts'
import { readHealth } from './testing/read-health.ts'

const SPEED = 100

function quietDemo(): Promise<Demo> {
  return startDemo({ students: false, speed: SPEED })
}

async function post(url: string, body: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

async function join(url: string, name = 'Ada'): Promise<string> {
  const { body } = await post(`${url}/sessions`, { name })
  return String(body['id'])
}

const image = { name: 'photo.jpg', data: Buffer.alloc(3_000, 7).toString('base64') }

describe('the endpoints', () => {
  test("GET /health has the documents' shape, and says that it is a demo and what is simulated", async () => {
    await using demo = await startDemo({ students: false })
    const response = await fetch(`${demo.url}/health`)
    expect(response.headers.get('content-type')).toContain('application/json')
    expect(await response.json()).toMatchObject({
      status: 'healthy',
      service: 'caption-workshop',
      version: expect.any(String),
      demo: true,
      simulated: expect.arrayContaining(['system.memory_percent', 'upstream.rate_limited_total', 'users']),
      uptime_seconds: expect.any(Number),
      uptime_hours: expect.any(Number),
      sessions: { active: 0, max_allowed: 100, utilization_percent: 0 },
      system: {
        cpu_percent: expect.any(Number),
        memory_percent: 24.4,
        memory_mb: 500,
        memory_limit_mb: 2_048,
      },
      database: { pool: { size: 10, checked_out: 0, overflow: 0, max_overflow: 10, waiting: 0 } },
      redis: { pool: { size: 24, in_use: 0, waiting: 0 } },
      queue: { queue_length: 0, oldest_seconds: 0, running: 0, workers: { total: 10, busy: 0 } },
      requests: {
        in_flight: 0,
        slots: 16,
        total: 0,
        responses: expect.arrayContaining([{ status: '503', responses_total: 0 }]),
      },
      upstream: { requests_per_minute: 0, limit_per_minute: 1_000, rate_limited_total: 0 },
      latency: { p50_ms: 0, p95_ms: 0 },
      upload: { p95_seconds: 0 },
      recommendations: [],
    })
  })

  test('every path said to be simulated is there', async () => {
    await using demo = await startDemo({ students: false })
    const response = await fetch(`${demo.url}/system-stats`)
    const stats = (await response.json()) as Record<string, unknown>
    for (const path of stats['simulated'] as string[]) {
      const value = path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], stats)
      expect(value, path).toBeDefined()
    }
  })

  test('a clock that runs faster than life is said to', async () => {
    await using demo = await quietDemo()
    const health = (await (await fetch(`${demo.url}/health`)).json()) as { simulated: string[] }
    expect(health.simulated.at(-1)).toContain('100 times as fast')
  })

  test("GET /system-stats tells people's names, as careless applications do; GET /health does not", async () => {
    await using demo = await quietDemo()
    await join(demo.url, 'Amira Haddad')
    expect(await (await fetch(`${demo.url}/system-stats`)).text()).toContain('Amira Haddad')
    expect(await (await fetch(`${demo.url}/health`)).text()).not.toContain('Amira Haddad')
  })

  test('looking at the health takes no slot and is not counted', async () => {
    await using demo = await quietDemo()
    await readHealth(demo.url)
    expect((await readHealth(demo.url)).requests.total).toBe(0)
  })
})

describe('a session', () => {
  test('joins, uploads, gets its captions, and is gone with its memory once exported', async () => {
    await using demo = await quietDemo()
    const id = await join(demo.url)
    expect((await post(`${demo.url}/sessions/${id}/images`, { images: [image, image] })).status).toBe(202)
    expect((await readHealth(demo.url)).system.memory_mb).toBeGreaterThan(505)

    await expect.poll(async () => (await fetch(`${demo.url}/sessions/${id}`)).json()).toEqual({ images: 2, waiting: 0 })
    const exported = await post(`${demo.url}/sessions/${id}/export`, {})
    expect(exported.body['images']).toMatchObject([{ caption: expect.stringContaining('A photo of') }, {}])
    const health = await readHealth(demo.url)
    expect(health.sessions).toMatchObject({ active: 0, exported_total: 1 })
    expect(health.system.memory_mb).toBe(500)
    expect((await fetch(`${demo.url}/sessions/${id}`)).status).toBe(404)
  })

  test('is refused with 503 beyond 100 of them', async () => {
    await using demo = await quietDemo()
    const joined = await Promise.all(Array.from({ length: 101 }, () => post(`${demo.url}/sessions`, { name: 'Bo' })))
    expect(joined.filter(({ status }) => status === 201)).toHaveLength(100)
    expect(joined.filter(({ status }) => status === 503)).toHaveLength(1)
  })

  test.each([
    ['no name', '/sessions', {}],
    ['bad JSON', '/sessions', '{'],
    ['no images', '/sessions/ID/images', { images: [] }],
    ['an image without data', '/sessions/ID/images', { images: [{ name: 'a' }] }],
  ])('answers 400 to %s', async (_what, path, body) => {
    await using demo = await quietDemo()
    const id = await join(demo.url)
    const answer = await post(demo.url + path.replace('ID', id), body)
    expect(answer).toMatchObject({ status: 400, body: { error: expect.any(String) } })
  })
})

describe('ending', () => {
  test('frees the port while students are at work, and twice is harmless', async () => {
    const demo = await startDemo({ speed: SPEED })
    await expect.poll(async () => (await readHealth(demo.url)).sessions.active).toBeGreaterThan(0)
    await demo[Symbol.asyncDispose]()
    await demo[Symbol.asyncDispose]()
    await using again = await startDemo({ students: false, port: demo.port })
    expect(again.port).toBe(demo.port)
  })

  test('comes with the abort of the signal', async () => {
    const stop = new AbortController()
    const demo = await startDemo({ speed: SPEED, signal: stop.signal })
    stop.abort()
    await demo[Symbol.asyncDispose]()
    await expect(fetch(`${demo.url}/health`)).rejects.toThrow()
  })

  test('a port that is taken is an error, and nothing is left running', async () => {
    await using demo = await quietDemo()
    await expect(startDemo({ port: demo.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })
})

import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../src/lib/clock.ts'
import { FakeRender } from '../src/sources/render/testing/fake-render.ts'
import { fakeService } from '../src/sources/render/testing/world.ts'
import { Collector, temporaryFolder } from './support/collector.ts'
import { until } from './support/until.ts'

const SECRET = `whsec_${Buffer.from('a signing secret for tests').toString('base64')}`

let fake: FakeRender
let collector: Collector
const stack = new AsyncDisposableStack()
beforeAll(async () => {
  fake = stack.use(await FakeRender.start({ clock: systemClock, resources: [fakeService('srv-web')] }))
  fake.happen('srv-web', 'deploy_ended', { deployStatus: 'live' }, Date.now() - 20 * 60_000)
  const folder = stack.use(await temporaryFolder())
  const yaml = `
systems:
  - id: captions
    preset: workshop-on-render
    sources: [{ type: render, service: srv-web, apiKey: "\${RENDER_API_KEY}", url: "${fake.url}", every: 1s }]
  - id: told
    sources: [{ type: render-webhook, secret: "\${RENDER_WEBHOOK_SECRET}" }]
`
  const env = { RENDER_API_KEY: fake.key, RENDER_WEBHOOK_SECRET: SECRET }
  collector = stack.use(await Collector.start(folder.path, yaml, { env }))
})
afterAll(() => stack.disposeAsync())

async function read(path: string): Promise<string> {
  return (await fetch(`${collector.url}/api/v1${path}`)).text()
}

async function post(type: string, secret = SECRET): Promise<number> {
  const seconds = Math.floor(Date.now() / 1_000)
  const data = { id: 'evt-1', serviceId: 'srv-web', serviceName: 'web' }
  const body = JSON.stringify({ type, timestamp: new Date().toISOString(), data })
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const signature = createHmac('sha256', key).update(`evt-1.${seconds}.${body}`).digest('base64')
  const headers = {
    'webhook-id': 'evt-1',
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${signature}`,
    'content-type': 'application/json',
  }
  return (await fetch(`${collector.url}/hooks/render/told`, { method: 'POST', headers, body })).status
}

describe('Render, watched by the collector', () => {
  it('is seen by its values and its notes, and the key nowhere', async () => {
    expect(
      await until(
        () => collector.value('captions', 'memory.used_percent'),
        (value) => value !== null,
      ),
    ).toBe(25)
    expect(await read('/notes?system=captions')).toContain('web: Deploy live.')
    for (const path of ['/systems', '/notes', '/events', '/status']) {
      const text = await read(path)
      expect(text).not.toContain(fake.key)
      expect(text).not.toContain(SECRET.slice('whsec_'.length))
    }
  })

  it('keeps all points of the first window, more than there are series', async () => {
    const range = await read('/range?system=captions&metric=memory.used_bytes&points=raw&from=0')
    expect(range.match(/536870912/g)?.length).toBeGreaterThan(10)
  })

  it('says by its webhook that a server failed, and the flag fires at once', async () => {
    const other = `whsec_${Buffer.from('another secret, not of ours').toString('base64')}`
    expect(await post('server_failed', other)).toBe(401)
    expect(await post('server_failed')).toBe(204)
    const alerts = await until(
      () => read('/alerts?system=told'),
      (text) => text.includes('out-of-memory-killed'),
    )
    expect(alerts).toContain('"state":"firing"')
    expect(await read('/notes?system=told')).toContain('web: Server failed')
    expect(await post('server_failed')).toBe(204)
  })

  it('is tried from the screen without its key being told again, and sent to no address inside', async () => {
    const tried = async (url: string): Promise<string> => {
      const source = { type: 'render', service: 'srv-web', apiKey: fake.key, url }
      const headers = { 'content-type': 'application/json' }
      return (
        await fetch(`${collector.url}/api/v1/try`, { method: 'POST', headers, body: JSON.stringify({ source }) })
      ).text()
    }
    const good = await tried(fake.url)
    expect(good).toContain('"ok":true')
    expect(good).toContain('cpu.used_percent')
    expect(good).not.toContain(fake.key)
    const inside = await tried('https://169.254.169.254/v1')
    expect(inside).toContain('"code":"forbidden"')
    expect(inside).not.toContain(fake.key)
  })
})

import { createHmac } from 'node:crypto'
import { FakeRender } from '../../../src/sources/render/testing/fake-render.ts'
import { fakeService, type FakeResource } from '../../../src/sources/render/testing/world.ts'
import type { Wire } from '../stage/types.ts'

const SIGNING_KEY = Buffer.from('a signing secret for tests')
const SECRET = `whsec_${SIGNING_KEY.toString('base64')}`

/** What Render measures of a service, of an instance or a status; and the names of its instances. */
export type Measured = { metrics?: FakeResource['metrics']; instances?: string[]; plan?: string }

/** Render's REST API and a web service of it, whose measures are those of the minute that they are of. */
export function render({ calm, wrong }: { calm: Measured; wrong: Measured }): Wire {
  return async ({ clock, stack, secret, system, momentAt }) => {
    // Sources of Render wait for each other for a moment of the clock: what they are loaded from must not take longer.
    await import('../../../src/sources/render/watch.ts')
    const key = `rnd_of_${system}`
    const [well, ill] = [fakeService('srv-web', calm), fakeService('srv-web', { ...calm, ...wrong })]
    const of = (at: number): FakeResource => (momentAt(at).phase === 'wrong' ? ill : well)
    const metrics = Object.fromEntries(
      Object.keys(well.metrics).map((name) => [name, (at: number, whose: string) => of(at).metrics[name]?.(at, whose)]),
    )
    const fake = stack.use(await FakeRender.start({ clock, key }))
    const name = `KEY_${system.toUpperCase().replaceAll('-', '_')}`
    secret(name, key)
    return {
      source: { type: 'render', service: 'srv-web', apiKey: `\${${name}}`, url: fake.url, every: '60s' },
      speak: ({ now }) => void fake.resources.set('srv-web', { ...of(now), metrics }),
    }
  }
}

/** A delivery of Render's webhook, once it goes wrong. */
export function renderWebhook(type: string): Wire {
  return ({ secret, system, url, clock }) => {
    secret('WEBHOOK_SECRET', SECRET)
    let told = false
    return Promise.resolve({
      source: { type: 'render-webhook', secret: '${WEBHOOK_SECRET}' },
      async speak({ phase }) {
        if (phase !== 'wrong' || told) return
        told = true
        const status = await deliver(`${url()}/hooks/render/${system}`, type, clock.now())
        if (status !== 204) throw new Error(`the delivery was answered with ${status}`)
      },
    })
  }
}

async function deliver(to: string, type: string, now: number): Promise<number> {
  const seconds = Math.floor(now / 1_000)
  const data = { id: 'evt-1', serviceId: 'srv-web', serviceName: 'web' }
  const body = JSON.stringify({ type, timestamp: new Date(now).toISOString(), data })
  const signature = createHmac('sha256', SIGNING_KEY).update(`evt-1.${seconds}.${body}`).digest('base64')
  const headers = {
    'webhook-id': 'evt-1',
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${signature}`,
    'content-type': 'application/json',
  }
  return (await fetch(to, { method: 'POST', headers, body })).status
}

import { createHmac } from 'node:crypto'
import type { Reading } from '@headroom/shared/model/reading.ts'
import { describe, expect, it } from 'vitest'
import { FakeClock } from '../../lib/fake-clock.ts'
import { silentLogger } from '../../telemetry/logger.ts'
import { valuesOf } from '../testing/values.ts'
import type { DeliveredBody, Delivery, OpenSource, PushAnswer } from '../types.ts'
import type { RenderWebhookSource } from './open.ts'
import { renderWebhook } from './render-webhook.ts'

const MINUTE = 60_000
const secretOf = (letter: string): string => `whsec_${Buffer.from(letter.repeat(24)).toString('base64')}`
const SECRET = secretOf('a')

type Headers = Record<string, string | undefined>

/** As the specification signs: HMAC-SHA256 of `id.timestamp.body`, keyed with what the base64 of the secret holds. */
function sign(id: string, seconds: number | string, body: string, secret = SECRET): string {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`
}

class Hook {
  readonly clock = new FakeClock()
  readonly got: { system: string; reading: Reading }[] = []
  room = true
  readonly open: OpenSource<RenderWebhookSource>[] = []

  constructor(...systems: { system: string; secret?: string; service?: string | string[] }[]) {
    for (const { system, ...own } of systems.length === 0 ? [{ system: 'captions' }] : systems) {
      const common = { id: 'render-webhook', everyMs: MINUTE, timeoutMs: 5_000, maxSeries: 10, labels: {} }
      const options = { ...renderWebhook.schema.parse({ secret: SECRET, ...own }), ...common }
      const opened = renderWebhook.open(options, { clock: this.clock, log: silentLogger })
      opened.listen({
        push: (reading) => this.room && this.got.push({ system, reading }) > 0,
        hasRoom: () => this.room,
      })
      this.open.push({ system, source: 'render-webhook', opened })
    }
    this.got.length = 0
  }

  get seconds(): number {
    return Math.floor(this.clock.now() / 1_000)
  }

  event(type: string, data: object = {}): string {
    const timestamp = new Date(this.clock.now() - 2_000).toISOString()
    return JSON.stringify({ type, timestamp, data: { id: 'evt-1', serviceId: 'srv-web', serviceName: 'web', ...data } })
  }

  async post(body: string, own: Headers = {}, system = 'captions', more: Partial<Delivery> = {}): Promise<PushAnswer> {
    const headers = {
      'webhook-id': 'evt-1',
      'webhook-timestamp': String(this.seconds),
      'webhook-signature': sign(own['webhook-id'] ?? 'evt-1', own['webhook-timestamp'] ?? this.seconds, body),
      ...own,
    }
    const bytes = Buffer.from(body)
    const delivery: Delivery = {
      path: '/hooks/render/:system',
      params: { system },
      headers,
      local: false,
      body: (): Promise<DeliveredBody> => Promise.resolve({ kind: 'bytes', bytes }),
      ...more,
    }
    const answer = await renderWebhook.route?.answer(delivery, this.open)
    if (answer === undefined) throw new Error('no route')
    return answer
  }

  notes(): string[] {
    return this.got
      .flatMap(({ reading }) => reading.happened ?? [])
      .map((one) => (one.kind === 'note' ? `${one.as}: ${one.text}` : one.text))
  }
}

const codeOf = ({ body }: PushAnswer): unknown => (JSON.parse(String(body)) as { error: { code: unknown } }).error.code

describe('a delivery', () => {
  it('becomes a note of its moment, under the id that a retry repeats', async () => {
    const hook = new Hook()
    expect((await hook.post(hook.event('deploy_ended', { status: 'succeeded' }))).status).toBe(204)
    expect(hook.got[0]?.reading.happened).toEqual([
      { kind: 'note', id: 'evt-1', at: hook.clock.now() - 2_000, text: 'web: Deploy succeeded.', as: 'deploy' },
    ])
  })

  it.each([
    ['server_failed', {}, 'restart: web: Server failed; its page on Render says why.'],
    ['server_restarted', {}, 'restart: web: Restarted.'],
    ['deploy_ended', { status: 'failed' }, 'deploy: web: Deploy failed.'],
    ['instance_count_changed', {}, 'note: web: Scaled.'],
    [
      'postgres_wal_archive_failed',
      { serviceName: '', serviceId: 'dpg-1' },
      'note: dpg-1: Postgres wal archive failed.',
    ],
    ['constructor', { serviceName: 'two\nlines' }, 'note: two lines: Constructor.'],
  ])('of %s says so', async (type, data, words) => {
    const hook = new Hook()
    await hook.post(hook.event(type, data))
    expect(hook.notes()).toEqual([words])
  })

  it('that comes again is thanked for, and is nothing new', async () => {
    const hook = new Hook()
    const body = hook.event('server_failed')
    expect((await hook.post(body)).status).toBe(204)
    await hook.clock.advance(10 * MINUTE)
    expect((await hook.post(body)).status).toBe(204)
    expect(hook.got).toHaveLength(1)
    await hook.post(body, { 'webhook-id': 'evt-2' })
    expect(hook.got.map(({ reading }) => valuesOf(reading))).toEqual([{ 'kills.total': 1 }, { 'kills.total': 2 }])
  })

  it('goes to the system of its address, and there to those whose services it is about', async () => {
    const hook = new Hook(
      { system: 'captions', service: 'srv-web' },
      { system: 'captions', service: ['srv-other'] },
      { system: 'shop' },
    )
    await hook.post(hook.event('server_failed'))
    expect(hook.got.map(({ system }) => system)).toEqual(['captions'])
  })

  it('is asked for again when the collector is behind, and is then counted once', async () => {
    const hook = new Hook()
    hook.room = false
    const body = hook.event('server_failed')
    const answer = await hook.post(body)
    expect([answer.status, codeOf(answer), answer.headers?.['Retry-After']]).toEqual([503, 'busy', '5'])
    hook.room = true
    expect((await hook.post(body)).status).toBe(204)
    expect(hook.got.map(({ reading }) => valuesOf(reading))).toEqual([{ 'kills.total': 1 }])
  })

  it('of a time that is none, or has yet to come, stands at its arrival', async () => {
    const hook = new Hook()
    for (const [id, timestamp] of [
      ['evt-1', 'soon'],
      ['evt-2', '2099-01-01T00:00:00Z'],
    ] as const)
      await hook.post(JSON.stringify({ type: 'server_available', timestamp, data: {} }), { 'webhook-id': id })
    expect(hook.got.map(({ reading }) => reading.happened?.[0])).toMatchObject([
      { at: hook.clock.now() },
      { at: hook.clock.now() },
    ])
  })
})

describe('who may post', () => {
  it('is told by the signature of the specification, and by no other', async () => {
    const hook = new Hook()
    const body = hook.event('server_failed')
    const key = Buffer.from(SECRET.slice(6), 'base64')
    const hmac = (text: string, by: string | Buffer = key): string =>
      `v1,${createHmac('sha256', by).update(text).digest('base64')}`
    const signed = `evt-1.${hook.seconds}.${body}`
    for (const signature of [
      sign('evt-1', hook.seconds, body, secretOf('b')),
      sign('evt-2', hook.seconds, body),
      sign('evt-1', hook.seconds - 1, body),
      sign('evt-1', hook.seconds, `${body} `),
      // As the text of Render's documentation has it, and as a secret that was not decoded would.
      hmac(`${signed}.${SECRET}`),
      hmac(signed, SECRET),
      hmac(signed).replace('v1,', 'v2,'),
      hmac(signed).replace('v1,', ''),
      hmac(signed).slice(0, -8),
      'v1,',
      'nonsense',
    ]) {
      const answer = await hook.post(body, { 'webhook-signature': signature })
      expect([signature, answer.status, codeOf(answer)]).toEqual([signature, 401, 'wrong_signature'])
    }
    expect(hook.got).toEqual([])
  })

  it('may sign with several keys, one of which is ours', async () => {
    const hook = new Hook()
    const body = hook.event('server_failed')
    const both = `${sign('evt-1', hook.seconds, body, secretOf('b'))} v1a,AAAA ${sign('evt-1', hook.seconds, body)}`
    expect((await hook.post(body, { 'webhook-signature': both })).status).toBe(204)
  })

  it('does so within five minutes: what was overheard is of no use later', async () => {
    const hook = new Hook()
    for (const [seconds, status] of [
      [-299, 204],
      [299, 204],
      [-301, 400],
      [301, 400],
    ] as const) {
      const answer = await hook.post(hook.event('server_failed'), {
        'webhook-timestamp': String(hook.seconds + seconds),
      })
      expect([seconds, answer.status]).toEqual([seconds, status])
      if (status === 400) expect(codeOf(answer)).toBe('wrong_time')
    }
  })

  it.each([
    [{ 'webhook-id': undefined }],
    [{ 'webhook-id': 'evt.1' }],
    [{ 'webhook-timestamp': undefined }],
    [{ 'webhook-timestamp': '1e9' }],
    [{ 'webhook-signature': undefined }],
  ])('gives all three headers as they must be: %j', async (headers) => {
    const hook = new Hook()
    let asked = 0
    const body = (): Promise<DeliveredBody> => Promise.reject(new Error(`asked ${++asked}`))
    const answer = await hook.post('{}', { 'webhook-signature': 'v1,AAAA', ...headers }, 'captions', { body })
    expect([answer.status, codeOf(answer), asked]).toEqual([400, 'unsigned', 0])
  })

  it('does not learn which systems there are', async () => {
    const hook = new Hook({ system: 'captions' }, { system: 'shop', secret: secretOf('b') })
    const body = hook.event('server_failed')
    const [other, unknown] = [await hook.post(body, {}, 'shop'), await hook.post(body, {}, 'nobody')]
    expect([other.status, other.body]).toEqual([unknown.status, unknown.body])
    expect(other.status).toBe(401)
  })
})

describe('a body', () => {
  it.each(['not json', '[]', '{"type":"x"}', '{"type":1,"timestamp":"","data":{}}'])(
    'that is no event is refused: %s',
    async (body) => {
      const hook = new Hook()
      const answer = await hook.post(body)
      expect([answer.status, codeOf(answer), hook.got]).toEqual([400, 'unreadable', []])
    },
  )

  it.each([
    ['too_large', 413],
    ['broken', 400],
    ['unknown_encoding', 400],
    ['busy', 503],
  ] as const)('that is %s is answered with %i', async (kind, status) => {
    const hook = new Hook()
    expect((await hook.post('', {}, 'captions', { body: () => Promise.resolve({ kind }) })).status).toBe(status)
  })
})

describe('the source', () => {
  it('is well while it listens, however quiet, and begins at no kills', async () => {
    const hook = new Hook()
    const reading = await hook.open[0]?.opened.poll(new AbortController().signal)
    expect(reading).toMatchObject({ up: 1, points: [{ metric: 'kills.total', value: 0 }] })
    expect(reading?.error).toBeUndefined()
    // Whoever only checks does not listen.
    await hook.open[0]?.opened[Symbol.asyncDispose]()
    const checked = await hook.open[0]?.opened.poll(new AbortController().signal)
    expect(checked?.mapped).toMatchObject([{ metric: 'kills.total', value: 'waits for what is posted' }])
  })

  it('is described, and refused, without its secret', () => {
    expect(renderWebhook.describe({ secret: SECRET, service: ['srv-web'] })).toBe(
      'POST /hooks/render/:system (srv-web)',
    )
    for (const secret of ['hunter2', 'whsec_', 'whsec_short', 'whsec_!!!!!!!!!!!!!!!!!!!!!!!!']) {
      const error = renderWebhook.schema.safeParse({ secret }).error
      expect(error?.issues[0]?.message).toContain('must be the signing secret')
      expect(JSON.stringify(error)).not.toContain(`"${secret}"`)
    }
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { selfSigned } from '../src/sources/testing/self-signed.ts'
import { Collector, temporaryFolder, watched } from './support/collector.ts'
import { Endpoint, json } from './support/endpoint.ts'
import { until } from './support/until.ts'

const stack = new AsyncDisposableStack()
let collector: Collector
let refusing: Endpoint
let secure: Endpoint

beforeAll(async () => {
  const folder = stack.use(await temporaryFolder())
  const neighbour = stack.use(await Endpoint.open(json({ status: 'ok', queue_length: 1 })))
  refusing = stack.use(await Endpoint.open(json({ status: 'ok' })))
  secure = stack.use(await Endpoint.open(json({ status: 'ok', queue_length: 2 }), selfSigned('127.0.0.1')))
  const plain = neighbour.url.replace('http:', 'https:')
  const systems = [
    watched('neighbour', neighbour.url),
    watched('refusing', refusing.url),
    watched('self-signed', secure.url),
    watched('trusted', secure.url, { source: 'insecure: true' }),
    watched('no-tls', plain),
    watched('no-such-name', 'http://name.invalid/health', { source: 'timeout: 900ms' }),
  ]
  collector = stack.use(await Collector.start(folder.path, `systems:\n${systems.join('')}`))
  await collector.all('ok', 'neighbour', 'refusing', 'trusted')
  await refusing.refuse()
})
afterAll(() => stack.disposeAsync())

describe('a system that cannot be reached', () => {
  it('refused: nothing listens there, so it is down', async () => {
    expect(await collector.failing('refusing', 'refused')).toMatch(
      /refused: nothing listens there; check that the service runs/,
    )
    const system = await until(
      () => collector.system('refusing'),
      ({ down }) => down,
    )
    expect(system.state).toBe('critical')
    await refusing.listen()
    await collector.all('ok', 'refusing')
  })

  it('a certificate that nobody vouches for: says how to trust it, and does not say that the system is down', async () => {
    expect(await collector.failing('self-signed', 'tls')).toMatch(
      /not from an authority this machine knows.*insecure: true/,
    )
    expect(await collector.system('self-signed')).toMatchObject({ state: 'unknown', down: false })
    expect(await collector.value('self-signed', 'up')).toBeNull()
    expect(secure.requests).not.toEqual([])
  })

  it('the same with `insecure: true`: is read, and that is never silent', async () => {
    expect(await collector.value('trusted', 'queue.length')).toBe(2)
    expect(collector.log.join('')).toMatch(/warn +certificates are not checked for this source.*system="trusted"/)
  })

  it('https where plain HTTP is spoken', async () => {
    expect(await collector.failing('no-tls', 'tls')).toMatch(
      /no encrypted connection could be made; check http or https/,
    )
  })

  it('a name that cannot be looked up is our trouble, not the system’s', async () => {
    const { error } = await until(
      () => collector.source('no-such-name'),
      ({ state }) => state === 'failing',
    )
    // Without any network a look-up does not fail, it hangs.
    expect(error?.code).toMatch(/^(dns|timeout)$/)
    expect(await collector.system('no-such-name')).toMatchObject({ state: 'unknown', down: false })
    expect(await collector.alerts('system=no-such-name')).toEqual([])
  })

  it('counts as failing in the status and the metrics, and the neighbour ticks on', async () => {
    const { sources } = await until(
      () => collector.status(),
      (status) => status.sources.ok === 3,
    )
    expect(sources).toEqual({ ok: 3, failing: 3, pending: 0 })
    expect(await collector.text('/metrics')).toContain('\nheadroom_sources_failing 3\n')
    expect(await collector.longestGap('neighbour')).toBeLessThanOrEqual(2)
    expect((await collector.system('neighbour')).state).toBe('ok')
  })
})

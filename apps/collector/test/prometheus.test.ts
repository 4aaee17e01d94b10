import { afterAll, beforeAll, expect, it } from 'vitest'
import { Collector, temporaryFolder, watched } from './support/collector.ts'
import { Endpoint, json, raw } from './support/endpoint.ts'
import { until } from './support/until.ts'

const TEXT = 'text/plain; version=0.0.4; charset=utf-8'

/** The figures of a shop, as its /metrics says them. */
function page(orders: number, sessions: number): string {
  return `# TYPE shop_active_sessions gauge
shop_active_sessions ${sessions}
# TYPE shop_orders_total counter
shop_orders_total{customer="anna@example.com"} ${orders}
`
}

const stack = new AsyncDisposableStack()
let [collector, shop]: [Collector | undefined, Endpoint | undefined] = [undefined, undefined]

function parts(): { collector: Collector; shop: Endpoint } {
  if (collector === undefined || shop === undefined) throw new Error('not started')
  return { collector, shop }
}

beforeAll(async () => {
  const folder = stack.use(await temporaryFolder())
  shop = stack.use(await Endpoint.open(raw(page(0, 12), TEXT)))
  const other = stack.use(await Endpoint.open(json({ status: 'ok' })))
  const source = `{ type: prometheus, every: 1s, url: "${shop.url}" }`
  const flag = '{ id: full, metric: sessions.active, above: 90, severity: warning, title: Full, steps: [Wait.] }'
  const yaml = `systems:\n  - { id: shop, limits: { sessions: 100 }, sources: [${source}], flags: [${flag}] }\n${watched('other', other.url)}`
  collector = stack.use(await Collector.start(folder.path, yaml))
})
afterAll(() => stack.disposeAsync())

it('an exposition is watched like any system: values, rates, headroom, flags, and nobody by name', async () => {
  const { collector: at, shop: exporter } = parts()
  const began = performance.now()
  const orders = (): number => Math.round((performance.now() - began) / 100)
  exporter.behaviour = (response) => response.writeHead(200, { 'content-type': TEXT }).end(page(orders(), 12))
  // Ten a second are six hundred a minute, however long it is from one answer to the next.
  await until(
    () => at.value('shop', 'shop_orders_per_minute'),
    (found) => found !== null && found > 400 && found < 900,
  )
  expect(await at.value('shop', 'sessions.active')).toBe(12)
  expect((await at.system('shop')).headroom.find(({ resource }) => resource === 'sessions')?.usedPercent).toBe(12)
  exporter.behaviour = raw(page(0, 95), TEXT)
  await until(
    () => at.alerts('state=open&system=shop'),
    (alerts) => alerts.some(({ flag, state }) => flag === 'full' && state === 'firing'),
  )
  const answers = JSON.stringify(await at.json('/answers?system=shop'))
  expect(answers).toContain('shop_active_sessions 95')
  expect(JSON.stringify([answers, await at.series(), await at.events(), await at.json('/mapping')])).not.toContain(
    'anna',
  )
})

it('one that is cut in the middle is a named failure, changes nothing known, and disturbs nobody else', async () => {
  const { collector: at, shop: exporter } = parts()
  exporter.behaviour = raw(page(5, 7).slice(0, -3), TEXT)
  expect(await at.failing('shop', 'cut')).toMatch(/^the exposition ends in the middle, line 4;/)
  expect(await at.value('shop', 'sessions.active')).not.toBe(7)
  await at.all('ok', 'other')
  exporter.behaviour = raw(page(5, 8), TEXT)
  await until(
    () => at.value('shop', 'sessions.active'),
    (found) => found === 8,
  )
})

import { launch } from './browser-tools.ts'
import { startCollector } from '../../../e2e/support/collector.ts'
import { Endpoint } from '../../../e2e/support/endpoint.ts'
const healthy = { status: 'healthy', uptime_seconds: 900, sessions: { active: 12, max_allowed: 100 }, system: { cpu_percent: 21, memory_percent: 34 }, queue_length: 3 }
const endpoint = await Endpoint.open(); endpoint.answer(healthy)
const b = await launch()
const app = await startCollector(`
systems:
  - id: captions
    name: Caption workshop
    preset: workshop-on-render
    sources: [{ type: http-json, url: "${endpoint.url}", every: 1s }]
    flags:
      - { id: queue-long, metric: queue.length, above: 50, for: 2s, severity: critical, title: Job queue is long }
`)
const p = await b.newPage({ viewport: { width: 1440, height: 900 } })
p.on('console', (m) => console.log('console', m.text().slice(0, 900))); p.on('pageerror', (e) => console.log('pageerror', e.message))
await p.goto(`${app.url}/system/captions`)
await p.setViewportSize({ width: 390, height: 844 })
for (let i = 0; i < 12; i++) { await p.waitForTimeout(250); console.log('---', (await p.locator('main').innerText()).replaceAll('\n', ' ').slice(0, 90), await p.locator('[data-metric]').count()) }
await p.setViewportSize({ width: 320, height: 844 }); await p.waitForTimeout(1500); console.log(await p.locator('[data-metric]').count(), (await p.locator('body').innerText()).slice(0, 400), await p.evaluate('document.documentElement.scrollWidth'))
await p.screenshot({ path: '/tmp/m/probe.png' })
await b.close(); process.exit(0)

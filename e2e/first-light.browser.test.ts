import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violations } from './support/axe.ts'
import { openBrowser } from './support/browser.ts'
import { startCollector } from './support/collector.ts'
import { Endpoint } from './support/endpoint.ts'

const healthy = { status: 'healthy', uptime_seconds: 900, sessions: { active: 12, max_allowed: 100 }, system: { cpu_percent: 21, memory_percent: 34 }, queue_length: 3 }

const yaml = (url: string): string => `
systems:
  - id: captions
    name: Caption workshop
    preset: workshop-on-render
    sources: [{ type: http-json, url: "${url}", every: 1s }]
    flags:
      - { id: queue-long, metric: queue.length, above: 50, for: 2s, severity: critical, title: Job queue is long }
`

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

/** A page that fails the test by name when anything on it throws or asks another host. */
async function openPage(url: string): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`))
  page.on('request', (request) => {
    if (new URL(request.url()).hostname !== '127.0.0.1') complaints.push(`asks elsewhere: ${request.url()}`)
  })
  await page.goto(url)
  return { page, complaints }
}

describe('the overview', () => {
  it('shows a healthy system in words, its flag rising, and its flag cleared, without a reload', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer(healthy)
    await using app = await startCollector(yaml(endpoint.url))
    const { page, complaints } = await openPage(app.url)
    const card = page.locator('[data-system="captions"]')
    await card.and(page.locator('[data-state="ok"]')).waitFor()
    expect(await card.innerText()).toContain('Caption workshop')
    expect(await violations(page)).toEqual([])

    endpoint.answer({ ...healthy, queue_length: 61 })
    await card.and(page.locator('[data-state="critical"]')).waitFor()
    expect(await card.innerText()).toMatch(/queue/i)
    expect(await card.innerText()).toContain('61')
    expect(await page.title()).toMatch(/critical|needs/i)
    expect(await violations(page)).toEqual([])

    endpoint.answer(healthy)
    await card.and(page.locator('[data-state="ok"]')).waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('says that a system is down once it has not answered three times, and never shows it as fine', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer(healthy)
    await using app = await startCollector(yaml(endpoint.url))
    const { page, complaints } = await openPage(app.url)
    const card = page.locator('[data-system="captions"]')
    await card.and(page.locator('[data-state="ok"]')).waitFor()
    await endpoint[Symbol.asyncDispose]()
    await card.and(page.locator('[data-state="critical"]')).waitFor()
    expect(await card.innerText()).toMatch(/down/i)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('says what to do when nothing is watched', async () => {
    await using app = await startCollector('systems: []\n')
    const { page, complaints } = await openPage(app.url)
    await page.getByText('headroom.yaml').first().waitFor()
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
  })
})

describe('the system screen', () => {
  it('opens from the card by keyboard, draws the charts, names the documented lines, and paints new values', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer(healthy)
    await using app = await startCollector(yaml(endpoint.url))
    const { page, complaints } = await openPage(app.url)
    await page.locator('[data-system="captions"]').getByRole('link').first().focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/captions/)
    const memory = page.locator('[data-metric="memory.used_percent"]').first()
    await memory.locator('svg').first().waitFor()
    expect(await memory.innerText()).toMatch(/80/)
    const newest = memory.locator('[data-newest]')
    await newest.waitFor()
    endpoint.answer({ ...healthy, system: { cpu_percent: 21, memory_percent: 77 } })
    await newest.getByText('77').waitFor()
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('fits a phone without scrolling sideways', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer(healthy)
    await using app = await startCollector(yaml(endpoint.url))
    const { page, complaints } = await openPage(`${app.url}/systems/captions`)
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 844 })
      await page.locator('[data-metric="memory.used_percent"]').first().waitFor()
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    }
    expect(complaints).toEqual([])
    await page.context().close()
  })
})

describe('the set-up screen', () => {
  it('shows what was mapped to what, and a broken configuration with its line', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer(healthy)
    await using app = await startCollector(yaml(endpoint.url))
    const { page, complaints } = await openPage(`${app.url}/setup`)
    await page.getByText('sessions.active').first().waitFor()
    expect(await violations(page)).toEqual([])
    await app.writeConfig(yaml(endpoint.url).replace('every: 1s', 'evry: 1s'))
    await page.getByText(/did you mean/).first().waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })
})

describe('a collector that goes and comes back', () => {
  it('is said to be gone, and the page goes on by itself when it is back', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer(healthy)
    const first = await startCollector(yaml(endpoint.url))
    const { page, complaints } = await openPage(first.url)
    const card = page.locator('[data-system="captions"]')
    await card.and(page.locator('[data-state="ok"]')).waitFor()
    await first[Symbol.asyncDispose]()
    await page.getByText(/no connection to the collector|not connected/i).first().waitFor()
    await using second = await startCollector(yaml(endpoint.url), { port: Number(new URL(first.url).port) })
    expect(second.url).toBe(first.url)
    await page.getByText(/^live/i).first().waitFor({ timeout: 30_000 })
    expect(complaints.filter((line) => !line.includes('ERR_CONNECTION'))).toEqual([])
    await page.context().close()
  })
})

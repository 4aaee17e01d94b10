import { freePort } from '@headroom/collector/sources/testing/free-port.ts'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violations } from './support/axe.ts'
import { openBrowser } from './support/browser.ts'
import { startCollector } from './support/collector.ts'
import { Endpoint } from './support/endpoint.ts'

const healthy = {
  status: 'healthy',
  uptime_seconds: 900,
  sessions: { active: 12, max_allowed: 100 },
  system: { cpu_percent: 21, memory_percent: 34 },
  queue_length: 3,
}

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
async function openPage(url: string, look: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...look })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`))
  page.on('request', (request) => {
    if (new URL(request.url()).hostname !== '127.0.0.1') complaints.push(`asks elsewhere: ${request.url()}`)
  })
  await page.goto(url)
  return { page, complaints }
}

/** Presses Tab until the focus is on what is looked for; it must come within a screen's worth of stops. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let stop = 0; stop < 80; stop += 1) {
    await page.keyboard.press('Tab')
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return
  }
  throw new Error(`${selector} was not reached by keyboard.`)
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
    await expect.poll(() => page.title()).toMatch(/critical|needs/i)
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
    await expect.poll(() => memory.innerText()).toMatch(/80/)
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

describe('an alarmed system', () => {
  it('is accessible in the dark and on a phone, on the overview and on its own screen', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer({ ...healthy, queue_length: 61 })
    await using app = await startCollector(yaml(endpoint.url))
    const phone = { width: 390, height: 844 }
    const looks: BrowserContextOptions[] = [
      { colorScheme: 'dark' },
      { viewport: phone },
      { viewport: phone, colorScheme: 'dark' },
    ]
    for (const look of looks) {
      const { page, complaints } = await openPage(app.url, look)
      await page.locator('[data-system="captions"][data-state="critical"]').waitFor()
      expect(await violations(page)).toEqual([])
      await page.goto(`${app.url}/systems/captions`)
      await page.locator('[data-flag="queue-long"][data-standing="firing"]').waitFor()
      await page.locator('[data-metric="queue.length"]').scrollIntoViewIfNeeded()
      await page.locator('[data-metric="queue.length"] .recharts-surface').waitFor()
      expect(await violations(page)).toEqual([])
      expect(complaints).toEqual([])
      await page.context().close()
    }
  })

  it('leads from the overview to a flag’s words by keyboard alone', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer(healthy)
    await using app = await startCollector(yaml(endpoint.url))
    const { page, complaints } = await openPage(app.url)
    await page.locator('[data-system="captions"]').waitFor()
    await tabTo(page, '[data-system="captions"] a')
    await page.keyboard.press('Enter')
    await page.waitForURL(/captions/)
    const flag = page.locator('[data-flag="memory-near-100-high"]')
    await flag.waitFor()
    await tabTo(page, '[data-flag="memory-near-100-high"] summary')
    expect(await flag.locator('blockquote').first().isVisible()).toBe(false)
    await page.keyboard.press('Enter')
    await flag.locator('blockquote').first().waitFor({ state: 'visible' })
    expect((await flag.locator('blockquote').first().innerText()).length).toBeGreaterThan(20)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('reads a chart’s moments aloud by its arrow keys', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer(healthy)
    await using app = await startCollector(yaml(endpoint.url))
    const { page, complaints } = await openPage(`${app.url}/systems/captions`)
    const moment = page.locator('[data-metric="memory.used_percent"]').getByRole('slider')
    await moment.focus()
    // Until the first value has come there is no moment to go to.
    await expect
      .poll(async () => {
        await page.keyboard.press('Home')
        return moment.getAttribute('aria-valuetext')
      })
      .toMatch(/^\d\d:\d\d:\d\d.*: 34.%$/)
    expect(complaints).toEqual([])
    await page.context().close()
  })
})

describe('a source that falls silent', () => {
  it('is hatched with its age, keeps its last value readable, and is not called ok', async () => {
    await using health = await Endpoint.open()
    await using stats = await Endpoint.open()
    health.answer({ status: 'healthy', sessions: { active: 12, max_allowed: 100 } })
    stats.answer({ system: { cpu_percent: 21, memory_percent: 34 } })
    await using app = await startCollector(`
systems:
  - id: captions
    name: Caption workshop
    sources:
      - { id: health, type: http-json, url: "${health.url}", every: 1s }
      - { id: stats, type: http-json, url: "${stats.url}", every: 1s }
    flags:
      - { id: memory-full, metric: memory.used_percent, above: 90, for: 2s, severity: critical, title: Memory is full }
`)
    const { page, complaints } = await openPage(`${app.url}/systems/captions`)
    const source = page.locator('[data-source="stats"]')
    const memory = page.locator('[data-metric="memory.used_percent"]')
    await source.and(page.locator('[data-mark="ok"]')).waitFor()
    await memory.getByText('34').first().waitFor()
    await stats[Symbol.asyncDispose]()
    await source.and(page.locator('[data-mark="unknown"]')).waitFor()
    expect(await source.innerText()).not.toMatch(/\bok\n/)
    await memory.getByText(/stale \d+\ss/).waitFor()
    await page.locator('[data-flag="memory-full"]').getByText('not known now').waitFor()
    const value = memory.locator('[data-newest]')
    expect(await value.innerText()).toContain('34')
    expect(await value.evaluate((element) => getComputedStyle(element).backgroundImage)).toContain(
      'repeating-linear-gradient',
    )
    expect(await violations(page)).toEqual([])

    await page.goto(app.url)
    const row = page.locator('[data-row="memory_percent"][data-stale="true"]')
    await row.waitFor()
    expect(await row.innerText()).toContain('34')
    expect(await row.evaluate((element) => getComputedStyle(element).backgroundImage)).toContain(
      'repeating-linear-gradient',
    )
    expect(complaints).toEqual([])
    await page.context().close()
  })
})

describe('times', () => {
  it('are shown in the reader’s own zone, and in UTC when asked, also after a reload', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer(healthy)
    await using app = await startCollector(yaml(endpoint.url))
    const { page, complaints } = await openPage(`${app.url}/systems/captions`, {
      timezoneId: 'Asia/Kolkata',
      locale: 'en-GB',
    })
    await page.getByText('Times in Asia/Kolkata').or(page.getByText('Times in Asia/Calcutta')).first().waitFor()
    await page.getByRole('button', { name: /switch to UTC/ }).click()
    await page.getByText('Times in UTC').first().waitFor()
    const since = page.getByText(/^ok since \d\d:\d\d/).first()
    await since.waitFor()
    const [hours = '', minutes = ''] = /(\d\d):(\d\d)/.exec(await since.innerText())?.slice(1) ?? []
    const now = new Date()
    const late = (now.getUTCHours() * 60 + now.getUTCMinutes() - Number(hours) * 60 - Number(minutes) + 1440) % 1440
    expect(late).toBeLessThanOrEqual(2)
    await page.reload()
    await page.getByText('Times in UTC').first().waitFor()
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
    await page
      .getByText(/did you mean/)
      .first()
      .waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })
})

describe('a collector that goes and comes back', () => {
  it('is said to be gone, and the page goes on by itself when it is back', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer(healthy)
    // One that the system gives to nobody else while the collector is away.
    const port = await freePort()
    const first = await startCollector(yaml(endpoint.url), { port })
    const { page, complaints } = await openPage(first.url)
    const card = page.locator('[data-system="captions"]')
    await card.and(page.locator('[data-state="ok"]')).waitFor()
    await first[Symbol.asyncDispose]()
    await page
      .getByText(/no connection to the collector|not connected/i)
      .first()
      .waitFor()
    await using second = await startCollector(yaml(endpoint.url), { port })
    expect(second.url).toBe(first.url)
    await page.getByText(/^live/i).first().waitFor()
    expect(complaints.filter((line) => !line.includes('ERR_CONNECTION'))).toEqual([])
    await page.context().close()
  })
})

import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violations } from './support/axe.ts'
import { openBrowser } from './support/browser.ts'
import { startCollector } from './support/collector.ts'
import { Endpoint } from './support/endpoint.ts'

type Collector = Awaited<ReturnType<typeof startCollector>>

const healthy = {
  status: 'healthy',
  uptime_seconds: 900,
  sessions: { active: 12, max_allowed: 100 },
  system: { cpu_percent: 21, memory_percent: 34 },
  queue_length: 3,
}

let browser: Browser
let endpoint: Endpoint
let collector: Collector

beforeAll(async () => {
  browser = await openBrowser()
  endpoint = await Endpoint.open()
  endpoint.answer(healthy)
  const started = new Date(Date.now() - 42 * 60_000).toISOString().slice(0, 16)
  const ends = new Date(Date.now() + 3 * 3_600_000).toISOString().slice(0, 16)
  collector = await startCollector(`
systems:
  - id: captions
    name: Caption workshop
    preset: workshop-on-render
    sources: [{ type: http-json, url: "${endpoint.url}", every: 2s }]
  - id: grades
    name: Grades
    sources: [{ type: http-json, url: "${endpoint.url}", every: 2s }]
event: { id: wed, name: Wednesday workshop, timezone: UTC, start: "${started}", end: "${ends}" }
`)
})
afterAll(async () => {
  await browser.close()
  await collector[Symbol.asyncDispose]()
  await endpoint[Symbol.asyncDispose]()
})

type Opened = AsyncDisposable & { page: Page; complaints: string[] }

async function open(path = '/', look: BrowserContextOptions = {}): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', ...look })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await page.goto(`${collector.url}${path}`)
  await page.locator('[data-connection="live"]').waitFor()
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() }
}

const frames = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then))))

describe('the palette', () => {
  it('leads by keyboard alone to a system, to a chart and to a flag, and gives the focus back when it is left', async () => {
    await using opened = await open()
    const { page, complaints } = opened
    const field = page.getByRole('combobox')
    await page.getByRole('link', { name: 'Set-up' }).focus()
    await page.keyboard.press('Control+k')
    await field.waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await field.waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Set-up' }).and(page.locator(':focus')).waitFor()

    await page.keyboard.press('/')
    await field.fill('cap')
    await page.getByRole('option', { name: /Caption workshop/, selected: true }).waitFor()
    const active = await field.getAttribute('aria-activedescendant')
    expect(await page.locator(`#${active ?? ''}`).getAttribute('aria-selected')).toBe('true')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/systems\/captions/)

    // From the screen itself, and from one that must give way to it first.
    for (const from of ['/systems/captions', '/'] as const)
      for (const [typed, name, place] of [
        ['cpu cap', /^CPU\s*Caption workshop\s*Chart/, '[data-metric="cpu.used_percent"]'],
        ['server busy', /busy.*Flag/s, '[data-flag]'],
      ] as const) {
        if (from === '/') {
          await page.getByRole('link', { name: 'Overview' }).click()
          await page.locator('a[href="/systems/grades"]').waitFor()
        }
        await page.keyboard.press('Control+k')
        await field.fill(typed)
        await page.getByRole('option', { name, selected: true }).waitFor()
        await page.keyboard.press('Enter')
        await page.locator(`${place} :focus`).waitFor()
        // And keeps it once the screen stands.
        await frames(page)
        expect(await page.locator(`${place} :focus`).count()).toBe(1)
      }
    expect(complaints).toEqual([])
  })

  it('does things, keeps what was used lately first, and says when nothing is called so', async () => {
    await using opened = await open()
    const { page, complaints } = opened
    const field = page.getByRole('combobox')
    await page.getByRole('button', { name: /^Find/ }).click()
    await field.fill('drak')
    await page.keyboard.press('Enter')
    await page.locator('html[data-mantine-color-scheme="dark"]').waitFor()
    await page.keyboard.press('Control+k')
    expect(await page.getByRole('option').first().innerText()).toContain('Colours: dark')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    expect(await page.getByRole('option', { selected: true }).count()).toBe(1)
    await field.fill('zzqqj')
    await page.getByText('Nothing is called “zzqqj”').waitFor()
    expect(await field.getAttribute('aria-expanded')).toBe('false')
    expect(complaints).toEqual([])
  })
})

describe('the settings', () => {
  it('are opened by a key, hold at once, in every tab, and after a reload', async () => {
    await using opened = await open('/', { timezoneId: 'Asia/Kolkata' })
    const { page, complaints } = opened
    const other = await page.context().newPage()
    await other.goto(collector.url)
    await page.keyboard.press(',')
    const dialog = page.getByRole('dialog', { name: 'Settings' })
    await dialog.waitFor()
    expect(await violations(page)).toEqual([])
    await dialog.getByText('Compact').click()
    await dialog.getByText('UTC', { exact: true }).click()
    await other.locator('html[data-density="compact"]').waitFor()
    await other.getByRole('button', { name: /^Times in UTC.*switch to local time$/ }).waitFor()
    await dialog.getByText('Keys without Ctrl').click()
    await page.keyboard.press('Escape')
    await page.keyboard.press('u')
    await page.keyboard.press('?')
    expect(await page.getByRole('dialog').count()).toBe(0)
    expect(new URL(page.url()).pathname).toBe('/')
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').waitFor()
    await page.reload()
    await page.locator('html[data-density="compact"]').waitFor()
    expect(complaints).toEqual([])
  })
})

describe('the frame', () => {
  it('lets the keyboard begin at its beginning, on every screen that is loaded', async () => {
    for (const path of ['/', '/systems/captions', '/setup', '/setup/add']) {
      await using opened = await open(path)
      const { page } = opened
      await page.getByRole('heading', { level: 1 }).waitFor()
      await frames(page)
      await page.keyboard.press('Tab')
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content')
    }
  })

  it('says the planned day and the age of the newest value, and the screen in its title', async () => {
    await using opened = await open()
    const { page, complaints } = opened
    await page.locator('[data-planned="wed"]', { hasText: /Wednesday workshop.*T\+0:4\d/ }).waitFor()
    await page.locator('[data-connection="live"]', { hasText: /^live, [\d.]+\ss old$/ }).waitFor()
    expect(await page.title()).toBe('Headroom')
    await page.keyboard.press('g')
    await page.keyboard.press('u')
    await page.getByRole('heading', { name: 'Set-up', level: 1 }).waitFor()
    await expect.poll(() => page.title()).toBe('Set-up · Headroom')
    await page.locator('#main:focus').waitFor()
    expect(complaints).toEqual([])
  })

  it('gives a screen its place again that was left, or loaded anew', async () => {
    await using opened = await open('/systems/captions')
    const { page, complaints } = opened
    await page.locator('[data-metric="memory.used_percent"] svg').first().waitFor()
    const place = (): Promise<number> => page.evaluate(() => window.scrollY)
    // It grows for a moment; before that there is nowhere to go.
    const room = (): Promise<number> => page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)
    await expect.poll(room).toBeGreaterThan(700)
    await page.mouse.wheel(0, 700)
    await expect.poll(place).toBe(700)
    await page.keyboard.press('o')
    await page.locator('[data-system="grades"]').waitFor()
    await expect.poll(place).toBe(0)
    await page.goBack()
    await expect.poll(place).toBe(700)
    await page.reload()
    await expect.poll(place).toBe(700)
    expect(complaints).toEqual([])
  })

  it('lists every key in its help, for each screen', async () => {
    await using opened = await open()
    const { page, complaints } = opened
    await page.keyboard.press('?')
    const help = page.getByRole('dialog', { name: 'Help' })
    await help.getByRole('heading', { name: 'On a system' }).waitFor()
    for (const words of ['Pause, or back to live', 'Settings', 'Next card'])
      expect(await help.getByText(words).count()).toBeGreaterThan(0)
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    expect(complaints).toEqual([])
  })

  it('is ink on white paper when printed, with when that was, and with the charts that were out of sight', async () => {
    await using opened = await open('/systems/captions', { colorScheme: 'dark' })
    const { page, complaints } = opened
    await page.locator('[data-metric="memory.used_percent"] [data-drawn]').waitFor()
    await page.evaluate(() => {
      window.print = () => document.body.setAttribute('data-print-opened', '')
    })
    await page.keyboard.press('Control+p')
    await page.locator('body[data-print-opened]').waitFor()
    const charts = await page.locator('[data-metric]').count()
    expect(await page.locator('[data-metric] [data-drawn]').count()).toBe(charts)
    await page.emulateMedia({ media: 'print' })
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
    expect(await page.getByText(/printed .* \(UTC\); values as of/).isVisible()).toBe(true)
    expect(await page.getByRole('navigation').isVisible()).toBe(false)
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)')
    expect(complaints).toEqual([])
  })

  it('says what is missing where scripts are not allowed', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(collector.url)
    expect(await page.getByRole('heading', { name: 'Headroom needs JavaScript' }).isVisible()).toBe(true)
    await page.getByRole('link', { name: '/api/v1/systems' }).click()
    expect(await page.locator('body').innerText()).toContain('captions')
    await context.close()
  })

  it('says so for an address that leads nowhere, and offers the way on', async () => {
    await using opened = await open('/nowhere')
    const { page, complaints } = opened
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('link', { name: 'To the overview' }).click()
    await page.locator('[data-system="captions"]').waitFor()
    expect(complaints).toEqual([])
  })

  it('stays two tidy lines on a phone, and fits 320 pixels', async () => {
    await using opened = await open('/', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' })
    const { page, complaints } = opened
    await page.locator('[data-planned="wed"]').waitFor()
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 844 })
      const head = await page.getByRole('banner').boundingBox()
      expect(head?.height ?? 999).toBeLessThan(96)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    }
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
  })
})

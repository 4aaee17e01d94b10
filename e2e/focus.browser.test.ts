import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from './support/browser.ts'
import { startCollector } from './support/collector.ts'
import { Endpoint } from './support/endpoint.ts'
import { type OpenedPage, openPage } from './support/open-page.ts'
import { Proxy } from './support/proxy.ts'

const healthy = {
  status: 'healthy',
  uptime_seconds: 900,
  sessions: { active: 12, max_allowed: 100 },
  system: { cpu_percent: 21, memory_percent: 34 },
  queue_length: 3,
}
/** What is tried has its own place, which answers when it is told to. */
const SLOW = /\/api\/v1\/try$/

let browser: Awaited<ReturnType<typeof openBrowser>>
let endpoint: Endpoint
let collector: Awaited<ReturnType<typeof startCollector>>

beforeAll(async () => {
  browser = await openBrowser()
  endpoint = await Endpoint.open()
  endpoint.answer(healthy)
  const presets = ['workshop-on-render', 'ide-on-ecs', 'web-service']
  const systems = Array.from(
    { length: 9 },
    (_, index) => `
  - id: lab-${index}
    name: Lab ${index}
    preset: ${presets[index % presets.length]}
    sources: [{ type: http-json, url: "${endpoint.url}", every: 2s }]`,
  )
  collector = await startCollector(`systems:${systems.join('')}\n`)
})
afterAll(async () => {
  await browser.close()
  await collector[Symbol.asyncDispose]()
  await endpoint[Symbol.asyncDispose]()
})

async function open(path = '/', url = collector.url, look: BrowserContextOptions = {}): Promise<OpenedPage> {
  const opened = await openPage(browser, `${url}${path}`, look)
  await opened.page.locator('[data-connection="live"]').waitFor()
  return opened
}

/** What has the focus, in words: its name, or what it is. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const holder = document.activeElement
    if (holder === null || holder.matches('body, main')) return holder?.tagName.toLowerCase() ?? ''
    return holder.getAttribute('aria-label') ?? holder.textContent ?? ''
  })

const frames = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then))))

/** Lets requests wait until they are let go. */
async function holdBack(page: Page, which: RegExp): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  await page.route(which, async (route) => {
    await promise
    await route.continue()
  })
  return resolve
}

async function slowDown(page: Page, rate: number): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate })
}

describe('what lies over the page', () => {
  it('gives the focus back, however it is left', async () => {
    await using opened = await open()
    const { page, complaints } = opened
    const field = page.getByRole('combobox')
    const dialog = page.getByRole('dialog')
    await page.getByRole('link', { name: 'Set-up' }).focus()
    const left = async (): Promise<void> => {
      await dialog.waitFor({ state: 'detached' })
      await frames(page)
      expect(await focused(page)).toBe('Set-up')
    }
    await page.keyboard.press('Control+k')
    await field.fill('density compact')
    await page.getByRole('option', { name: /compact/, selected: true }).waitFor()
    await page.keyboard.press('Enter')
    await left()
    await page.keyboard.press('Control+k')
    await field.waitFor()
    await page.keyboard.press('Control+k')
    await left()
    await page.keyboard.press('?')
    await dialog.getByRole('button', { name: 'Close' }).press('Enter')
    await left()
    await page.keyboard.press('?')
    await dialog.getByRole('button', { name: 'Settings' }).press('Enter')
    await page.getByRole('dialog', { name: 'Settings' }).waitFor()
    await page.keyboard.press('Escape')
    await left()
    await page.keyboard.press(',')
    await dialog.waitFor()
    await page.mouse.click(5, 500)
    await left()
    expect(complaints).toEqual([])
  })

  it('takes what is typed before its script has come, instead of the page below', async () => {
    await using opened = await openPage(browser, 'about:blank')
    const { page } = opened
    const letGo = await holdBack(page, /assets\/Palette/)
    await page.goto(`${collector.url}/systems/lab-1`)
    await page.getByRole('heading', { level: 1, name: 'Lab 1' }).waitFor()
    await page.keyboard.press('Control+k')
    // Of the page's own keys `o` leads to the overview, and `p` lets the charts stand still.
    await page.keyboard.type('op zzqqj')
    letGo()
    await page.getByText('Nothing is called “op zzqqj”').waitFor()
    expect(await page.getByRole('combobox').inputValue()).toBe('op zzqqj')
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/systems/lab-1')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })
})

describe('the palette', () => {
  it('leads to a chart far down on another screen: into sight, and with the focus', async () => {
    for (const rate of [1, 6]) {
      await using opened = await open('/setup')
      const { page } = opened
      await slowDown(page, rate)
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox').fill('uptime lab 2')
      await page.getByRole('option', { name: /Uptime/, selected: true }).waitFor()
      await page.keyboard.press('Enter')
      const chart = page.locator('[data-metric="uptime.seconds"]')
      await chart.locator(':focus').waitFor()
      await frames(page)
      const box = await chart.boundingBox()
      expect(box?.y).toBeGreaterThanOrEqual(0)
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(900)
    }
  })

  it('leads nobody who has gone on by themselves meanwhile', async () => {
    await using opened = await openPage(browser, 'about:blank')
    const { page } = opened
    const letGo = await holdBack(page, /assets\/(SystemPage|ChartsSide)/)
    await page.goto(collector.url)
    await page.locator('[data-system="lab-2"]').waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('uptime lab 2')
    await page.getByRole('option', { name: /Uptime/, selected: true }).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(/lab-2/)
    await page.getByRole('link', { name: 'Headroom' }).focus()
    await page.keyboard.press('Tab')
    letGo()
    await page.locator('[data-metric="uptime.seconds"]').waitFor()
    await frames(page)
    expect(await page.locator('[data-metric] :focus').count()).toBe(0)
    expect(await page.evaluate(() => window.scrollY)).toBe(0)
  })
})

describe('the filter of the overview', () => {
  it('keeps each of several quick choices, and the focus where the last of them was', async () => {
    await using opened = await open()
    const { page, complaints } = opened
    const chips = page.getByRole('group', { name: 'Preset' }).getByRole('button')
    await chips.nth(1).waitFor()
    await slowDown(page, 10)
    // Both before the page has drawn what came of the first.
    await chips.evaluateAll(([first, second]) => {
      ;(first as HTMLElement).click()
      ;(second as HTMLElement).click()
    })
    await expect.poll(() => page.locator('[aria-pressed="true"]').count()).toBe(2)
    expect(new URL(page.url()).searchParams.get('preset')?.split(',').length).toBe(2)
    await page.getByRole('button', { name: 'Clear' }).press('Enter')
    await frames(page)
    expect(await page.locator('input[type="search"]:focus').count()).toBe(1)
    await page.keyboard.type('zzz')
    await page.getByRole('button', { name: 'Show all systems' }).press('Enter')
    await page.locator('[data-system="lab-0"]').waitFor()
    await expect.poll(() => focused(page)).toBe('Cards')
    expect(complaints).toEqual([])
  })
})

describe('watching something', () => {
  it('says nothing of rights before it knows them', async () => {
    for (const path of ['/watch', '/setup/add?kind=redis&system=lab-2']) {
      await using opened = await openPage(browser, 'about:blank')
      const { page } = opened
      const { promise, resolve } = Promise.withResolvers<void>()
      await page.routeWebSocket(/.*/, async (socket) => {
        await promise
        socket.connectToServer()
      })
      await page.goto(`${collector.url}${path}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.locator('main [aria-busy="true"]').waitFor()
      expect(await page.getByText('Only an admin').count()).toBe(0)
      resolve()
      if (path === '/watch') await page.getByRole('textbox', { name: 'Address' }).waitFor()
      // The system that the address names is chosen, though the systems came last.
      else await expect.poll(() => page.locator('fieldset select').first().inputValue()).toBe('lab-2')
    }
  })

  it('keeps the focus while an address is asked, and gives it back when that is called off', async () => {
    await using opened = await open('/watch')
    const { page, complaints } = opened
    const letGo = await holdBack(page, SLOW)
    const field = page.getByRole('textbox', { name: 'Address' })
    const look = page.getByRole('button', { name: 'Look at it' })
    await field.fill(endpoint.url)
    await look.press('Enter')
    await page.getByRole('button', { name: 'Cancel' }).waitFor()
    expect(await focused(page)).toBe('Look at it')
    expect(await look.getAttribute('aria-disabled')).toBe('true')
    await page.getByRole('button', { name: 'Cancel' }).press('Enter')
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true)
    // Another address is typed: what was asked about the first is no longer wanted.
    await field.press('Enter')
    await page.getByRole('button', { name: 'Cancel' }).waitFor()
    await field.press('End')
    await page.keyboard.type('2')
    await page.getByRole('button', { name: 'Cancel' }).waitFor({ state: 'detached' })
    await field.fill(endpoint.url)
    await look.press('Enter')
    letGo()
    const found = page.getByRole('heading', { name: /^Found/ })
    await found.and(page.locator(':focus')).waitFor()
    // One who is elsewhere by then is not fetched back.
    await field.press('Enter')
    await page.getByRole('link', { name: 'Set-up' }).focus()
    await found.waitFor()
    await frames(page)
    expect(await focused(page)).toBe('Set-up')
    expect(complaints).toEqual([])
  })

  it('begins anew without a complaint about what nobody has typed yet', async () => {
    await using opened = await open('/watch')
    const { page } = opened
    const field = page.getByRole('textbox', { name: 'Address' })
    await field.fill(endpoint.url)
    await field.press('Enter')
    await page.getByRole('button', { name: 'Show the lines to add' }).press('Enter')
    await page.getByRole('heading', { name: 'Lines to add' }).and(page.locator(':focus')).waitFor()
    await page.getByRole('button', { name: 'Watch something else' }).press('Enter')
    await frames(page)
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true)
    expect(await page.getByText('Give an address').count()).toBe(0)
  })
})

describe('adding a source', () => {
  it('is a new screen for each kind, and leaves nobody without the focus', async () => {
    await using opened = await open('/setup/add')
    const { page, complaints } = opened
    await page.getByRole('link', { name: /^Redis/ }).press('Enter')
    await page.getByRole('heading', { name: /^Add a source: Redis/ }).waitFor()
    await frames(page)
    expect(await focused(page)).toBe('main')
    await page.getByRole('link', { name: 'All kinds of source' }).press('Enter')
    await page.getByRole('heading', { name: 'Add a source', exact: true }).waitFor()
    await frames(page)
    expect(await focused(page)).toBe('main')
    await page.goBack()
    const letGo = await holdBack(page, SLOW)
    await page.locator('fieldset select').first().selectOption('lab-3')
    await page.locator('[data-option="url"] input').fill('redis://127.0.0.1:1')
    const tries = page.getByRole('button', { name: 'Try it' })
    await tries.press('Enter')
    await page.getByRole('button', { name: 'Cancel' }).press('Enter')
    await frames(page)
    expect(await focused(page)).toBe('Try it')
    // The next letter of one who has gone on to another field is meant for that.
    await tries.press('Enter')
    await page.locator('[data-option="url"] input').focus()
    letGo()
    await page.getByRole('heading', { name: 'It gave nothing' }).waitFor()
    await frames(page)
    expect(await page.locator('[data-option="url"] input:focus').count()).toBe(1)
    expect(complaints).toEqual([])
  })
})

describe('a lost connection', () => {
  it('takes the focus away from nobody, neither while it is tried again nor when it is back', async () => {
    await using proxy = await Proxy.before(collector.url)
    await using opened = await open('/', proxy.url)
    const { page } = opened
    proxy.sockets = 'refuse'
    proxy.http = () => ({ status: 502 })
    proxy.breakAll()
    const again = page.getByRole('button', { name: 'Retry now' })
    await again.press('Enter')
    await page.getByText(/Next try in [1-9]/).waitFor()
    expect(await focused(page)).toBe('Retry now')
    proxy.sockets = 'pass'
    proxy.http = () => 'pass'
    await again.press('Enter')
    await again.waitFor({ state: 'detached', timeout: 20_000 })
    await expect.poll(() => focused(page)).toBe('Notices')
  })
})

describe('two tabs', () => {
  it('keep both of two choices that are made at once', async () => {
    await using opened = await open('/', collector.url, { timezoneId: 'Asia/Kolkata' })
    const { page } = opened
    const other = await page.context().newPage()
    // As if it were busy: that something was chosen here reaches it later than what is chosen there.
    await other.addInitScript(() => window.addEventListener('storage', (event) => event.stopImmediatePropagation()))
    await other.goto(collector.url)
    await other.locator('[data-connection="live"]').waitFor()
    await other.keyboard.press(',')
    await page.keyboard.press(',')
    await other.getByRole('dialog').getByText('Compact').waitFor()
    await page.getByRole('dialog').getByText('UTC', { exact: true }).waitFor()
    await page.getByRole('dialog').getByText('UTC', { exact: true }).click()
    await other.getByRole('dialog').getByText('Compact').click()
    await page.locator('html[data-density="compact"]').waitFor()
    const kept = await page.evaluate(() => localStorage.getItem('headroom.preferences') ?? '')
    expect(JSON.parse(kept)).toMatchObject({ zone: 'utc', density: 'compact' })
  })
})

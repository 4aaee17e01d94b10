import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { violations } from './support/axe.ts'
import { openBrowser } from './support/browser.ts'
import { startCollector } from './support/collector.ts'
import { Endpoint } from './support/endpoint.ts'
import { Proxy } from './support/proxy.ts'

type Collector = Awaited<ReturnType<typeof startCollector>>

let browser: Browser
let endpoint: Endpoint
let collector: Collector
/** Every look of the collector gives another number, so that a missing one shows. */
let looks = 0

beforeAll(async () => {
  browser = await openBrowser()
  endpoint = await Endpoint.open()
  endpoint.answer(() => ({ status: 'healthy', queue_length: (looks += 1), system: { memory_percent: 34 } }))
  collector = await startCollector(`
systems:
  - id: captions
    name: Caption workshop
    sources: [{ type: http-json, url: "${endpoint.url}", every: 2s }]
`)
})
afterAll(async () => {
  await browser.close()
  await collector[Symbol.asyncDispose]()
  await endpoint[Symbol.asyncDispose]()
})

type Frame = { kind: string; seq: number; prev: number }
type Opened = AsyncDisposable & { page: Page; context: BrowserContext; complaints: string[] }

/** A page behind a proxy, which remembers what it must never have said or done. */
async function open(proxy: Proxy, path = '/'): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`))
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text())
  })
  await page.goto(`${proxy.url}${path}`)
  return { page, context, complaints, [Symbol.asyncDispose]: () => context.close() }
}

/** Remembers from now on whether the page ever says that it has no connection. */
async function watchForLoss(page: Page): Promise<() => Promise<boolean>> {
  await page.getByRole('region', { name: 'Notices' }).evaluate((notices) => {
    const seen = { lost: false }
    Object.assign(window, { seenLoss: seen })
    new MutationObserver(() => {
      if (notices.textContent.includes('No connection')) seen.lost = true
    }).observe(notices, { childList: true, subtree: true, characterData: true })
  })
  return () => page.evaluate(() => (window as unknown as { seenLoss: { lost: boolean } }).seenLoss.lost)
}

/** What the chart of the queue says is its newest value. */
const queue = (page: Page): Promise<number> =>
  page.locator('[data-metric="queue.length"] [data-newest]').first().innerText().then(Number)

const polling = (page: Page) => page.locator('[data-connection="live"]', { hasText: 'live by polling' })
const bySocket = (page: Page) => page.locator('[data-connection="live"]', { hasText: /^live,/ })

describe('a proxy that lets no WebSocket through', () => {
  it('makes the page live by polling, which it says; a socket that gets through later takes over', async ({
    expect,
  }) => {
    await using proxy = await Proxy.before(collector.url)
    proxy.sockets = 'refuse'
    await using opened = await open(proxy, '/systems/captions')
    const { page, complaints } = opened
    await polling(page).waitFor()
    const before = await queue(page)
    await expect.poll(() => queue(page)).toBeGreaterThan(before + 1)
    expect(await page.getByText('No connection').count()).toBe(0)
    expect(await violations(page)).toEqual([])
    proxy.sockets = 'pass'
    // As when the laptop is carried to another network: the next try is now, not in its turn.
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    await bySocket(page).waitFor()
    const after = await queue(page)
    await expect.poll(() => queue(page)).toBeGreaterThan(after)
    expect(complaints).toEqual([])
  })
})

describe('a proxy that holds WebSockets back', () => {
  it('is noticed, and helped out of without a word of alarm', async ({ expect }) => {
    await using proxy = await Proxy.before(collector.url)
    proxy.sockets = 'hold'
    await using opened = await open(proxy, '/systems/captions')
    const { page, complaints } = opened
    const lost = await watchForLoss(page)
    await polling(page).waitFor()
    const before = await queue(page)
    await expect.poll(() => queue(page)).toBeGreaterThan(before)
    expect(await lost()).toBe(false)
    expect(complaints).toEqual([])
  })
})

describe('a proxy that closes WebSockets again and again', () => {
  it('is not to be seen, and no value is missing', async ({ expect }) => {
    await using proxy = await Proxy.before(collector.url)
    await using opened = await open(proxy, '/systems/captions')
    const { page, complaints } = opened
    const received = new Map<number, number>()
    const take = (frame: Frame): void => {
      if (frame.kind !== 'hello' && frame.kind !== 'pong') received.set(frame.prev, frame.seq)
    }
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => take(JSON.parse(String(payload)) as Frame)),
    )
    page.on('response', (response) => {
      if (!response.url().includes('/api/v1/frames')) return
      void response.json().then(
        ({ frames }: { frames: Frame[] }) => frames.forEach(take),
        () => undefined,
      )
    })
    await bySocket(page).waitFor()
    // Until everything that a page asks at first has been asked.
    let asked = -1
    await expect
      .poll(() => asked === (asked = proxy.asked.filter((path) => path.includes('/range')).length), { interval: 1_500 })
      .toBe(true)
    proxy.sockets = { closeAfterMs: 1_500 }
    proxy.breakAll()
    const lost = await watchForLoss(page)
    proxy.asked.length = 0
    const first = await queue(page)
    await expect.poll(() => proxy.socketsAt.length).toBeGreaterThanOrEqual(4)
    await expect.poll(() => queue(page)).toBeGreaterThan(first + 3)
    expect(await lost()).toBe(false)
    // One chain of numbers from the first frame to the last, whichever way each came by.
    let seq = Math.min(...received.keys())
    const end = Math.max(...received.values())
    while (received.has(seq)) seq = received.get(seq) ?? seq
    expect(seq).toBe(end)
    // Nothing had to be asked for anew.
    expect(proxy.asked.filter((path) => /\/(series|systems|range)\b/.test(path))).toEqual([])
    expect(complaints).toEqual([])
  })
})

describe('a page that comes back to the front, as when a laptop is opened', () => {
  it('is live again within seconds, though every connection has died without a word', async ({ expect }) => {
    await using proxy = await Proxy.before(collector.url)
    await using opened = await open(proxy, '/systems/captions')
    const { page, complaints } = opened
    await bySocket(page).waitFor()
    await hide(page)
    proxy.forgetAll()
    const before = proxy.socketsAt.length
    const back = Date.now()
    await show(page)
    await expect.poll(() => proxy.socketsAt.length, { timeout: 14_000 }).toBeGreaterThan(before)
    // Sooner than silence alone would have been noticed.
    expect((proxy.socketsAt.at(-1) ?? 0) - back).toBeLessThan(12_000)
    const value = await queue(page)
    await expect.poll(() => queue(page)).toBeGreaterThan(value)
    expect(complaints).toEqual([])
  })
})

describe.concurrent('an interface that answers badly while values still come live', () => {
  const STATUS = '/api/v1/status'
  it.for([
    [
      '500',
      { status: 500, type: 'application/json', body: '{"error":{"code":"internal","message":"Something failed."}}' },
      'Something failed.',
    ],
    ['a web page', { status: 200, type: 'text/html', body: '<h1>Sign in</h1>' }, 'a sign-in page, or a proxy'],
    ['half an answer', 'half', 'cut short'],
    ['502', { status: 502, type: 'text/html', body: '<h1>Bad gateway</h1>' }, 'answered 502'],
  ] as const)('says so in words: %s; and goes on by itself', async ([, rule, words], { expect }) => {
    await using proxy = await Proxy.before(collector.url)
    proxy.http = (path) => (path.startsWith(STATUS) ? rule : 'pass')
    await using opened = await open(proxy)
    const { page, complaints } = opened
    const notice = page.getByRole('region', { name: 'Notices' })
    await notice.getByText(words).waitFor()
    await bySocket(page).waitFor()
    expect(await page.locator('[data-system="captions"]').count()).toBe(1)
    proxy.http = () => 'pass'
    await notice.getByText(words).waitFor({ state: 'detached' })
    expect(complaints).toEqual([])
  })
})

describe('access that ends', () => {
  it('is said calmly, keeps what is on the screen, marks it as old, and asks no more', async ({ expect }) => {
    await using proxy = await Proxy.before(collector.url)
    await using opened = await open(proxy)
    const { page, complaints } = opened
    await bySocket(page).waitFor()
    await page.locator('[data-system="captions"][data-state="ok"]').waitFor()
    // Its own page is no newer one.
    expect(await page.getByText('A newer Headroom is there').count()).toBe(0)
    const body = '{"error":{"code":"unauthorized","message":"The token has expired."}}'
    proxy.http = (path) => (path.startsWith('/api/') ? { status: 401, type: 'application/json', body } : 'pass')
    proxy.sockets = 'refuse'
    proxy.breakAll()
    await page.getByText('Your access has ended').waitFor()
    await page.getByText('the token has expired').waitFor()
    expect(await page.locator('[data-system="captions"]').innerText()).toContain('Caption workshop')
    await page.locator('[data-connection="lost"]', { hasText: /^as of / }).waitFor()
    expect(await violations(page)).toEqual([])
    // Parts of the page itself may still come: they need no access.
    const askedForData = (): number =>
      proxy.asked.filter((path) => path.startsWith('/api/')).length + proxy.socketsAt.length
    const asked = askedForData()
    await page.waitForTimeout(3_000)
    expect(askedForData()).toBe(asked)
    proxy.http = () => 'pass'
    proxy.sockets = 'pass'
    await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Try again' }).click()
    await bySocket(page).waitFor()
    expect(await page.getByText('Your access has ended').count()).toBe(0)
    expect(complaints).toEqual([])
  })
})

describe('a newer page', () => {
  const newer = (body: string): string => JSON.stringify({ ...(JSON.parse(body) as object), page: 'index-newer.js' })

  it('is offered, and taken by itself once nobody looks and nothing is typed', async ({ expect }) => {
    await using proxy = await Proxy.before(collector.url)
    proxy.http = (path) => (path.startsWith('/api/v1/status') ? newer : 'pass')
    await using opened = await open(proxy)
    const { page, complaints } = opened
    await page.getByText('A newer Headroom is there').waitFor()
    await bySocket(page).waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('caption')
    await hide(page)
    await page.waitForTimeout(300)
    // A reload would have taken what was typed away.
    expect(await page.getByRole('combobox').inputValue()).toBe('caption')
    await page.keyboard.press('Escape')
    // The palette takes its leave for a moment, and with it what was typed.
    await page.getByRole('combobox').waitFor({ state: 'detached' })
    const reloaded = page.waitForEvent('load')
    await hide(page)
    await reloaded
    await bySocket(page).waitFor()
    // The newer one did not come: no circle of reloads, the reader decides.
    await page.getByText('A newer Headroom is there').waitFor()
    await hide(page)
    await page.waitForTimeout(500)
    expect(await page.getByText('A newer Headroom is there').count()).toBe(1)
    expect(complaints).toEqual([])
  })

  it('explains a screen whose script is gone, and brings it', async ({ expect }) => {
    await using proxy = await Proxy.before(collector.url)
    proxy.http = (path) => (path.startsWith('/assets/SetupPage') ? { status: 404 } : 'pass')
    await using opened = await open(proxy)
    const { page } = opened
    await bySocket(page).waitFor()
    await page.getByRole('link', { name: 'Set-up' }).click()
    await page.getByRole('heading', { name: 'This screen could not be loaded' }).waitFor()
    expect(await violations(page)).toEqual([])
    // The collector's new page is found out about at the next try, and with it the script.
    proxy.http = (path) => {
      if (path === '/setup') proxy.http = () => 'pass'
      return path.startsWith('/assets/SetupPage') ? { status: 404 } : path.startsWith('/api/v1/status') ? newer : 'pass'
    }
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { name: 'Set-up' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/setup')
  })
})

/** As if another tab had been brought to the front: a browser without a window never hides one. */
const hide = (page: Page): Promise<void> => setHidden(page, true)
const show = (page: Page): Promise<void> => setHidden(page, false)

async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((now) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => now })
    document.dispatchEvent(new Event('visibilitychange'))
  }, hidden)
}

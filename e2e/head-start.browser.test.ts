import type { Browser, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from './support/browser.ts'
import { startCollector } from './support/collector.ts'
import { Endpoint } from './support/endpoint.ts'

/** What the first small script of a page asks, before the page itself runs. */
let browser: Browser
let endpoint: Endpoint
let collector: Awaited<ReturnType<typeof startCollector>>

beforeAll(async () => {
  browser = await openBrowser()
  endpoint = await Endpoint.open()
  endpoint.answer({ status: 'healthy', system: { cpu_percent: 21, memory_percent: 34 }, queue_length: 3 })
  collector = await startCollector(`
systems:
  - id: captions
    name: Caption workshop
    preset: workshop-on-render
    sources: [{ type: http-json, url: "${endpoint.url}", every: 1s }]
`)
})
afterAll(async () => {
  await browser.close()
  await collector[Symbol.asyncDispose]()
  await endpoint[Symbol.asyncDispose]()
})

type Asked = { sockets: number; flags: string[]; histories: string[] }

/** With every new series a page asks for the flags again: waits until there come no more. */
async function allSeriesKnown(): Promise<void> {
  let before = 0
  const isSame = async (): Promise<boolean> => {
    const answer = await fetch(`${collector.url}/api/v1/series`)
    const last = before
    before = ((await answer.json()) as unknown[]).length
    return before > 3 && before === last
  }
  await expect.poll(isSame, { interval: 3_000 }).toBe(true)
}

/** Opens the screen of the system and waits until its charts are drawn and its flags are listed. */
async function open(prepare: (page: Page) => Promise<unknown> = async () => undefined): Promise<Asked> {
  await using context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const asked: Asked = { sockets: 0, flags: [], histories: [] }
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('websocket', () => (asked.sockets += 1))
  page.on('request', (request) => {
    if (request.url().includes('/api/v1/flags?')) asked.flags.push(request.url())
    // The charts ask for so many points; the list of success criteria asks for more.
    if (/\/api\/v1\/range\?.*points=120$/.test(request.url())) asked.histories.push(request.url())
  })
  await prepare(page)
  await page.goto(`${collector.url}/systems/captions?range=5m`)
  await page.locator('[data-connection="live"]').waitFor()
  await page.locator('[data-metric="cpu.used_percent"] [data-drawn]').waitFor()
  await page.locator('[data-flag]').first().waitFor()
  // What the page were to ask once more, it would ask now.
  await page.evaluate(() => new Promise((then) => requestIdleCallback(() => requestIdleCallback(then))))
  expect(complaints).toEqual([])
  return asked
}

const first = (act: (route: Route) => Promise<void>): ((route: Route) => Promise<void>) => {
  let met = false
  return async (route) => {
    if (met) return route.fallback()
    met = true
    await act(route)
  }
}

describe('the head start of a page', () => {
  it('asks what the page would ask, which asks it no more', async () => {
    await allSeriesKnown()
    const asked = await open()
    expect(asked.sockets).toBe(1)
    expect(asked.flags).toHaveLength(1)
    expect(asked.histories).toHaveLength(1)
  })

  it('is no more than that: a page without it asks for itself', async () => {
    await allSeriesKnown()
    const asked = await open((page) => page.route('**/head-start-*', (route) => route.abort()))
    expect(asked.sockets).toBe(1)
    expect(asked.flags).toHaveLength(1)
    expect(asked.histories).toHaveLength(1)
  })

  it('may be answered with nonsense, which is asked again', async () => {
    const asked = await open(async (page) => {
      await page.route(
        '**/api/v1/flags?*',
        first((route) => route.fulfill({ contentType: 'text/html', body: '<p>Please sign in.</p>' })),
      )
      await page.route(
        '**/api/v1/range?*',
        first((route) => route.fulfill({ status: 503, body: '{"error":{"code":"busy","message":"Busy."}}' })),
      )
    })
    expect(asked.flags).toHaveLength(2)
    expect(asked.histories.length).toBeGreaterThan(1)
  })

  it('may stay without an answer, which is not waited for', async () => {
    const asked = await open(async (page) => {
      await page.route(
        '**/api/v1/flags?*',
        first(async () => undefined),
      )
      await page.route(
        '**/api/v1/range?*',
        first(async () => undefined),
      )
    })
    expect(asked.flags).toHaveLength(2)
    expect(asked.histories.length).toBeGreaterThan(1)
  })

  it('is not used where more is known by the time that the page runs', async () => {
    await using late = await Endpoint.open()
    late.answer({ error: 'starting' }, 503)
    await using app = await startCollector(`
systems:
  - id: late
    preset: workshop-on-render
    sources: [{ type: http-json, url: "${late.url}", every: 1s }]
`)
    await using context = await browser.newContext()
    const page = await context.newPage()
    const asked = page.waitForResponse('**/api/v1/flags?*')
    await page.route('**/assets/index-*.js', async (route) => {
      await asked
      late.answer({ status: 'healthy', system: { cpu_percent: 21 } })
      const known = async (): Promise<string> => (await fetch(`${app.url}/api/v1/series`)).text()
      await expect.poll(known).toContain('cpu.used_percent')
      await route.continue()
    })
    await page.goto(`${app.url}/systems/late`)
    // The flag of what came meanwhile has its source.
    await page.locator('[data-flag^="cpu"][data-standing="watching"]').first().waitFor()
  })

  it('may find no socket, which the page then does without', async () => {
    const asked = await open((page) => page.routeWebSocket('**/api/v1/live', (socket) => void socket.close()))
    expect(asked.histories.length).toBeGreaterThan(0)
  })
})

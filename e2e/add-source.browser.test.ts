import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { violations } from './support/axe.ts'
import { openBrowser } from './support/browser.ts'
import { startCollector } from './support/collector.ts'
import { startDemo } from './support/demo-program.ts'
import { Endpoint } from './support/endpoint.ts'
import { openPage } from './support/open-page.ts'

const TOKEN = 'hunter2-and-a-half'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())
afterEach(() => vi.unstubAllEnvs())

/** A service whose numbers are only for those who bring the token. */
async function openQueues(): Promise<AsyncDisposable & { url: string }> {
  const server = createServer((request, response) => {
    const known = request.headers.authorization === `Bearer ${TOKEN}`
    response.writeHead(known ? 200 : 401, { 'content-type': 'application/json' })
    response.end(JSON.stringify(known ? { queue_length: 61, workers_total: 4, odd_number: 7 } : { error: 'who?' }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/queues`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const shop = (url: string): string => `systems:
  - id: shop
    name: The shop
    preset: webui-and-rq-on-openshift
    sources:
      - type: http-json
        url: "${url}"
        every: 1s
`

const option = (page: Page, name: string) => page.locator(`[data-option="${name}"]`).getByRole('textbox')
const linesIn = (page: Page): Promise<string> => page.getByRole('group', { name: 'the lines to add' }).innerText()

describe('adding a source', () => {
  it('goes from Set-up over a trial to lines that are watched as soon as they are saved', async () => {
    vi.stubEnv('SHOP_HTTP_JSON_2_BEARER', TOKEN)
    await using endpoint = await Endpoint.open()
    endpoint.answer({ status: 'ok', cpu_percent: 20 })
    await using queues = await openQueues()
    const yaml = shop(endpoint.url)
    await using app = await startCollector(yaml)
    await using opened = await openPage(browser, `${app.url}/setup`)
    const { page, complaints } = opened
    await page.getByRole('link', { name: 'Add a source to The shop' }).click()
    await page.getByText(/For The shop: \d+ flags have no source yet/).waitFor()
    // What a kind gives is compared with what waits: the table of kinds, not the page, knows it.
    await page
      .getByRole('link', { name: /Redis and job queues.*Would feed \d+ flags/ })
      .first()
      .waitFor()
    expect(await violations(page)).toEqual([])

    await page.getByRole('link', { name: /JSON endpoint/ }).focus()
    await page.keyboard.press('Enter')
    await option(page, 'url').fill(queues.url)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'It gave nothing' }).waitFor()
    await page.getByText(/401/).waitFor()
    expect(await page.getByText('Lines for headroom.yaml').count()).toBe(0)

    await option(page, 'bearer').fill(TOKEN)
    await page.getByText('${SHOP_HTTP_JSON_2_BEARER}').waitFor()
    await page.keyboard.press('Enter')
    const found = page.getByRole('heading', { name: 'Found 3 values' })
    await found.and(page.locator(':focus')).waitFor()
    await page.getByRole('row', { name: /queue_length.*queue\.length.*61/ }).waitFor()
    await page.getByRole('heading', { name: 'What this feeds' }).waitFor()
    expect(await violations(page)).toEqual([])

    const lines = await linesIn(page)
    expect(lines).toContain('bearer: "${SHOP_HTTP_JSON_2_BEARER}"')
    await page.getByText(join(app.folder, 'headroom.yaml')).first().waitFor()
    const kept = await page.evaluate(() =>
      JSON.stringify([location.href, Object.entries(localStorage), Object.entries(sessionStorage)]),
    )
    expect(`${await page.locator('body').innerText()} ${kept}`).not.toContain(TOKEN)

    // Two of a type are told apart by their ids: the one that was alone is to be given its own.
    await page.getByText('put id: http-json under the one that is there').waitFor()
    await app.writeConfig(`${yaml}        id: http-json\n${lines}\n`)
    await page.getByText('http-json-2 of The shop is watched now').waitFor()
    await page.getByRole('link', { name: 'Open it' }).click()
    await page.waitForURL(/\/systems\/shop/)
    expect(complaints).toEqual([])
  })

  it('marks what is missing or not right where it is, without losing what was typed', async () => {
    await using app = await startCollector('systems: []\n')
    await using opened = await openPage(browser, `${app.url}/setup/add?kind=redis`)
    const { page } = opened
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.getByLabel('Name', { exact: true }).and(page.locator(':focus')).waitFor()
    await page.getByLabel('Name', { exact: true }).fill('Job queues')
    expect(await page.getByLabel('Id', { exact: true }).inputValue()).toBe('job-queues')
    await option(page, 'url').fill('http://127.0.0.1:1')
    await page.getByRole('button', { name: 'Try it' }).click()
    const field = page.locator('[data-option="url"]')
    await field.locator('[aria-invalid="true"]:focus').waitFor()
    expect(await field.innerText()).toContain('redis://')
    // A port where nothing listens.
    await option(page, 'url').fill('redis://127.0.0.1:1')
    await page.getByText('More options').click()
    await option(page, 'every').fill('often')
    await page.getByRole('button', { name: 'Try it' }).click()
    await page
      .locator('[data-option="every"]')
      .getByText(/must be a duration/)
      .waitFor()
    await option(page, 'every').fill('10s')
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.getByRole('heading', { name: 'It gave nothing' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Show the lines without trying' }).click()
    await page.getByRole('heading', { name: 'Not tried' }).waitFor()
    expect(await linesIn(page)).toMatch(
      /id: job-queues[^]*type: redis\n\s+url: "redis:\/\/127\.0\.0\.1:1"\n\s+every: 10s/,
    )
  })

  it('says of what is sent to it where to send it, and that nothing can have come', async () => {
    await using endpoint = await Endpoint.open()
    await using app = await startCollector(shop(endpoint.url))
    await using opened = await openPage(browser, `${app.url}/setup/add?kind=otlp&system=shop`)
    const { page } = opened
    await page.getByText(`${app.url}/v1/metrics`).waitFor()
    await option(page, 'token').fill(TOKEN)
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.getByRole('heading', { name: 'Nothing has come yet' }).waitFor()
    expect(await linesIn(page)).toMatch(/^\s+- type: otlp\n\s+token: "\$\{SHOP_OTLP_TOKEN\}"/)
    expect(await violations(page)).toEqual([])
  })

  it('is where a flag without a source leads', async () => {
    await using endpoint = await Endpoint.open()
    await using app = await startCollector(shop(endpoint.url))
    await using opened = await openPage(browser, `${app.url}/systems/shop`)
    const { page } = opened
    await page.getByText(/flags have no source yet/).click()
    const flag = page.locator('[data-flag="job-queue-length"]')
    await flag.locator('summary').click()
    await flag.getByRole('link', { name: 'redis', exact: true }).click()
    await page.getByRole('heading', { name: 'Add a source: Redis and job queues' }).waitFor()
    expect(await page.getByLabel('System', { exact: true }).inputValue()).toBe('shop')
    await page.getByText(/of the \d+ flags that wait for a source/).waitFor()
  })

  it('writes the file where there is none: the demo gives way', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer({ status: 'ok', cpu_percent: 20 })
    await using demo = await startDemo()
    await using opened = await openPage(browser, `${demo.url}/setup/add?kind=http-json`)
    const { page } = opened
    await page.getByLabel('Name', { exact: true }).fill('My shop')
    await option(page, 'url').fill(endpoint.url)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Watch it' }).click()
    await page.getByRole('heading', { name: 'My shop is watched now' }).waitFor()
    expect(await readFile(join(demo.folder, 'headroom.yaml'), 'utf8')).toContain('id: my-shop')
    expect(await violations(page)).toEqual([])
  })

  it.each([390, 320])('fits a phone of %s px, by touch', async (width) => {
    await using endpoint = await Endpoint.open()
    endpoint.answer({ status: 'ok', cpu_percent: 20 })
    await using app = await startCollector(shop(endpoint.url))
    const look = { viewport: { width, height: 844 }, hasTouch: true }
    await using opened = await openPage(browser, `${app.url}/setup/add?system=shop`, look)
    const { page, complaints } = opened
    await page.getByRole('link', { name: /JSON endpoint/ }).tap()
    await option(page, 'url').fill(`${endpoint.url}?and=${'a-long-address-'.repeat(8)}`)
    await page.getByRole('button', { name: 'Try it' }).tap()
    await page.getByRole('heading', { name: /Found \d+ values?/ }).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
  })
})

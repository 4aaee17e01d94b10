import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violations } from './support/axe.ts'
import { openBrowser } from './support/browser.ts'
import { startCollector } from './support/collector.ts'
import { startDemo } from './support/demo-program.ts'
import { Endpoint } from './support/endpoint.ts'
import { openPage } from './support/open-page.ts'

const health = {
  status: 'healthy',
  active_sessions: 27,
  max_sessions: 100,
  memory_percent: 34.2,
  open_tickets: 1042,
}

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

/** A service whose front page is for people, and whose numbers stand under `/health`. */
async function openShop(): Promise<AsyncDisposable & { origin: string }> {
  const server = createServer((request, response) => {
    const json = request.url?.startsWith('/health') === true
    response.writeHead(200, { 'content-type': json ? 'application/json' : 'text/html' })
    response.end(json ? JSON.stringify(health) : '<!doctype html><title>Shop</title>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function look(page: Page, address: string): Promise<void> {
  await page.getByLabel('Address').fill(address)
  await page.keyboard.press('Enter')
}

describe('watching something', () => {
  it('is there to be typed into as soon as it is opened', async () => {
    await using endpoint = await Endpoint.open()
    await using app = await startCollector(
      `systems: [{ id: shop, sources: [{ type: http-json, url: "${endpoint.url}" }] }]\n`,
    )
    await using opened = await openPage(browser, app.url)
    const { page, complaints } = opened
    await page.getByRole('link', { name: 'Watch something' }).click()
    const field = page.getByLabel('Address')
    await field.and(page.locator(':focus')).waitFor()
    // An address holds the letters of shortcuts too.
    await page.keyboard.type('localhost:8123/u')
    expect(await field.inputValue()).toBe('localhost:8123/u')
    expect(complaints).toEqual([])
  })

  it('goes from an empty overview to a card: what was found, named, and the lines to add', async () => {
    await using shop = await openShop()
    await using app = await startCollector('systems: []\n')
    await using opened = await openPage(browser, app.url)
    const { page, complaints } = opened
    await page.getByText('Nothing is watched yet').waitFor()
    expect(await violations(page)).toEqual([])

    await page.getByLabel('Address').focus()
    await page.keyboard.type(shop.origin)
    await page.getByText(`Headroom will ask http://${shop.origin}/ and the usual health pages there.`).waitFor()
    await page.keyboard.press('Enter')
    const found = page.getByRole('heading', { name: /Found \d+ values/ })
    await found.and(page.locator(':focus')).waitFor()
    await page.getByRole('row', { name: 'active_sessions Sessions sessions.active 27' }).waitFor()
    // What has no better name than its own path is folded.
    expect(await page.getByRole('row', { name: /open_tickets/ }).isVisible()).toBe(false)
    await page.getByText(/kept under its own path$/).click()
    await page.getByRole('row', { name: /open_tickets/ }).waitFor()
    expect(await violations(page)).toEqual([])

    await page.getByLabel('Name').fill('My shop')
    await page.getByLabel('Id', { exact: true }).fill('My Shop!')
    await page.getByRole('button', { name: 'Show the lines to add' }).click()
    await page.getByText('Only small letters a to z').waitFor()
    await page.getByLabel('Id', { exact: true }).fill('my-shop')
    await page.getByLabel('Preset').selectOption('workshop-on-render')
    await page.getByRole('button', { name: 'Show the lines to add' }).click()
    await page.getByRole('heading', { name: 'Lines to add' }).waitFor()
    const lines = await page.getByRole('group', { name: 'the lines to add' }).innerText()
    expect(lines).toContain('id: my-shop')
    await page.getByText(join(app.folder, 'headroom.yaml')).first().waitFor()
    expect(await violations(page)).toEqual([])

    await app.writeConfig(`${lines}\n`)
    const card = page.locator('[data-system="my-shop"]')
    await card.getByText('My shop').waitFor()
    await card.getByText(/27\s*of 100/).waitFor()
    await page.locator('#main:focus').waitFor()
    expect(complaints).toEqual([])
  })

  it('writes the file where there is none: the demo gives way, and the system is watched within seconds', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer(health)
    await using demo = await startDemo()
    await using opened = await openPage(browser, demo.url)
    const { page } = opened
    await page.getByRole('link', { name: 'Watch something' }).click()
    await page.waitForURL(/\/watch$/)
    await look(page, endpoint.url)
    await page.getByRole('button', { name: 'Watch it' }).waitFor()
    await page.getByLabel('Name').fill('My shop')
    await page.getByLabel('Id', { exact: true }).fill('my-shop')
    await page.getByRole('button', { name: 'Watch it' }).click()
    await page.getByRole('heading', { name: 'My shop is watched now' }).waitFor()
    expect(await violations(page)).toEqual([])
    expect(await readFile(join(demo.folder, 'headroom.yaml'), 'utf8')).toContain('my-shop')
    await page.getByRole('main').getByRole('link', { name: 'overview' }).click()
    await page.locator('[data-system="my-shop"]').getByText('My shop').waitFor()
    await page.waitForFunction(() => document.querySelectorAll('[data-system]').length === 1)
  })

  it('keeps a token out of everything but the field it was typed into', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer(health)
    await using app = await startCollector('systems: []\n')
    await using opened = await openPage(browser, `${app.url}/watch`)
    const { page } = opened
    await page.getByLabel('Address').fill(`${endpoint.url}?admin_token=very-secret`)
    await page.getByText('The value of admin_token will not be written').waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Show the lines to add' }).click()
    const lines = page.getByRole('group', { name: 'the lines to add' })
    await lines.waitFor()
    expect(await lines.innerText()).toMatch(/\$\{\w+ADMIN_TOKEN\}/)
    expect(await page.getByRole('group', { name: 'the variables to set' }).innerText()).toMatch(
      /^export \w+ADMIN_TOKEN='its value'$/,
    )
    expect(await page.locator('body').innerText()).not.toContain('very-secret')
    expect(page.url()).not.toContain('very-secret')
  })

  it('says of a page for people that it is one, and looks elsewhere on its server', async () => {
    await using shop = await openShop()
    await using app = await startCollector('systems: []\n')
    await using opened = await openPage(browser, `${app.url}/watch`)
    const { page } = opened
    await look(page, `http://${shop.origin}/login`)
    await page.getByRole('heading', { name: 'Nothing to watch at this address' }).waitFor()
    await page.getByText(/web page instead of JSON/).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Look elsewhere on this server' }).click()
    await page.getByRole('row', { name: /active_sessions/ }).waitFor()
    expect(await page.getByLabel('Address').inputValue()).toBe(`http://${shop.origin}`)
  })

  it('says why nothing answers, and what is no address, without asking', async () => {
    await using endpoint = await Endpoint.open()
    const { url } = endpoint
    await endpoint[Symbol.asyncDispose]()
    await using app = await startCollector('systems: []\n')
    await using opened = await openPage(browser, `${app.url}/watch`)
    const { page } = opened
    await look(page, 'ftp://files.example.com')
    await page.getByText('not by ftp').waitFor()
    expect(await page.getByLabel('Address').getAttribute('aria-invalid')).toBe('true')
    await look(page, url)
    await page.getByText(/The connection was refused/).waitFor()
  })

  it('counts the seconds while it waits, and lets go when it is cancelled', async () => {
    let asked = 0
    const slow = createServer(() => (asked += 1))
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve))
    await using app = await startCollector('systems: []\n')
    await using opened = await openPage(browser, `${app.url}/watch`)
    const { page } = opened
    const address = `127.0.0.1:${(slow.address() as AddressInfo).port}/health`
    await look(page, address)
    await page.getByText(/^[1-9] s$/).waitFor()
    await expect.poll(() => asked).toBeGreaterThan(0)
    await page.keyboard.press('Escape')
    await page.getByText('Or write').waitFor()
    expect(await page.getByLabel('Address').inputValue()).toBe(address)
    slow.closeAllConnections()
    await new Promise((resolve) => slow.close(resolve))
  })

  it.each([390, 320])('fits a phone of %s px, by touch, without scrolling sideways', async (width) => {
    await using shop = await openShop()
    await using app = await startCollector('systems: []\n')
    await using opened = await openPage(browser, app.url, { viewport: { width, height: 844 }, hasTouch: true })
    const { page, complaints } = opened
    await page.getByLabel('Address').fill(`http://${shop.origin}/health?and=${'a-long-address-'.repeat(8)}`)
    await page.getByRole('button', { name: 'Look at it' }).tap()
    await page.getByRole('button', { name: 'Show the lines to add' }).tap()
    await page.getByRole('heading', { name: 'Lines to add' }).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
  })
})

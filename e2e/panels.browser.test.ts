import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violations } from './support/axe.ts'
import { openBrowser } from './support/browser.ts'
import { startCollector } from './support/collector.ts'
import { Endpoint } from './support/endpoint.ts'

const PHONE = { viewport: { width: 390, height: 844 } }
const calm = {
  status: 'healthy',
  sessions: { active: 12, max_allowed: 100 },
  users: { active_count: 7 },
  system: { cpu_percent: 21, memory_percent: 34 },
  queue_length: 3,
  build: 41,
}
const withMemory = (percent: number): unknown => ({ ...calm, system: { cpu_percent: 21, memory_percent: percent } })

/** A documented system with one endpoint; `options` go under it, as the screen shows them. */
const yaml = (url: string, options = ''): string => `systems:
  - id: captions
    name: Caption workshop
    preset: workshop-on-render
    sources:
      - type: http-json
        url: "${url}"
        every: 1s
${options}
    flags:
      - { id: queue-long, metric: queue.length, above: 50, for: 1s, severity: critical, title: Job queue is long }
`

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

type Opened = AsyncDisposable & { page: Page; complaints: string[] }

/** A page of its own; what it throws is kept, so that a test can ask that there was nothing. */
async function open(url: string, look: BrowserContextOptions = {}): Promise<Opened> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    permissions: ['clipboard-read', 'clipboard-write'],
    ...look,
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(url)
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() }
}

const copied = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText())
const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
const topOf = async (place: Locator): Promise<number> => (await place.boundingBox())?.y ?? Number.NaN

describe('the success criteria of a system', () => {
  it('turn with what the endpoint says, with the value and for how long, and say what nobody gives', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer(calm)
    await using app = await startCollector(yaml(endpoint.url))
    await using opened = await open(`${app.url}/systems/captions`)
    const { page, complaints } = opened
    const memory = page.locator('[data-criterion="Memory stays under 40 %"]')
    const isNow = (verdict: string): Locator => memory.and(page.locator(`[data-verdict="${verdict}"]`))
    await isNow('met')
      .getByText(/met, 34.%, for \d+\ss/)
      .waitFor()

    endpoint.answer(withMemory(55))
    await isNow('not-met')
      .getByText(/not met, 55.%, for \d+\ss/)
      .waitFor()
    endpoint.answer(calm)
    await isNow('met').waitFor()

    const errors = page.locator('[data-criterion="100 % success at the tested step"]')
    await errors.and(page.locator('[data-verdict="not-known"]')).getByText('no source gives errors yet').waitFor()
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
  })
})

describe('the flags of a system', () => {
  it('open by themselves when they fire, stay closed when somebody closed them, and open again the next time', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer(calm)
    await using app = await startCollector(yaml(endpoint.url))
    await using opened = await open(`${app.url}/systems/captions`)
    const { page, complaints } = opened
    const queue = page.locator('[data-flag="queue-long"]')
    await queue.and(page.locator('[data-mark="ok"]')).getByText('47 to the line').waitFor()
    const memory = page.locator('[data-flag="memory-near-100-high"]')
    await memory.getByText(/warning: memory > 80.%.*, 46.% to the line/).waitFor()
    await memory.getByText(/critical: > 90.%, 56.% to the line/).waitFor()

    endpoint.answer({ ...calm, queue_length: 61 })
    const firing = queue.and(page.locator('[data-standing="firing"]'))
    await firing
      .and(page.locator('[data-mark="critical"]'))
      .getByText(/Firing since/)
      .waitFor()
    await firing.getByText('11 past the line').waitFor()
    await firing.locator('summary').click()
    await firing.getByText(/Firing since/).waitFor({ state: 'hidden' })
    endpoint.answer({ ...calm, queue_length: 75 })
    await firing.getByText('25 past the line').waitFor()
    expect(await firing.locator('details').getAttribute('open')).toBeNull()

    endpoint.answer(calm)
    await queue.and(page.locator('[data-standing="watching"]')).waitFor()
    endpoint.answer({ ...calm, queue_length: 61 })
    await firing.getByText(/Firing since/).waitFor()
    expect(complaints).toEqual([])
  })

  it('are found by their document, and say which source would supply one that has none', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer(calm)
    await using app = await startCollector(yaml(endpoint.url))
    await using opened = await open(`${app.url}/systems/captions`)
    const { page, complaints } = opened
    await page.getByRole('searchbox', { name: 'Search in the flags' }).fill('slow mode')
    await page
      .getByRole('status')
      .getByText(/^\d+ of \d+$/)
      .waitFor()
    const limited = page.locator('[data-flag="upstream-rate-limit"]')
    await limited.locator('summary').click()
    await limited.getByText(/A source of type .* would/).waitFor()
    await limited.getByRole('link', { name: 'Set-up' }).waitFor()
    expect(await page.locator('[data-flag="queue-long"]').count()).toBe(0)
    await page.getByRole('searchbox', { name: 'Search in the flags' }).press('Escape')
    await page.locator('[data-flag="queue-long"]').waitFor()
    expect(complaints).toEqual([])
  })
})

describe('what a source last answered', () => {
  it('is shown without secrets and names, says how many were taken out, and can be copied', async () => {
    const token = 'tok-4f9a8b7c6d5e'
    await using endpoint = await Endpoint.open()
    endpoint.answer({ ...calm, echo: { authorization: token }, active_users: [{ name: 'Ada Lovelace', sessions: 1 }] })
    await using app = await startCollector(yaml(endpoint.url, `        bearer: ${token}`))
    await using opened = await open(`${app.url}/systems/captions`)
    const { page, complaints } = opened
    const source = page.locator('[data-source="http-json"]')
    await source.and(page.locator('[data-mark="ok"]')).waitFor()
    expect(await source.locator('pre').count()).toBe(0)
    await source.getByText('Last answer').click()
    await source.getByText(/^Status 200/).waitFor()
    const shown = await source.locator('pre').innerText()
    expect(shown).toContain('"queue_length": 3')
    expect(shown).not.toContain(token)
    expect(shown).not.toContain('Lovelace')
    await source.getByText(/[2-9] values were taken out/).waitFor()
    await source.getByRole('button', { name: 'Copy the last answer of http-json' }).click()
    await source.getByText('Copied').first().waitFor()
    expect(await copied(page)).toBe(shown)

    endpoint.answer({ ...calm, queue_length: 4 })
    await expect
      .poll(async () => {
        await source.getByRole('button', { name: 'Show the newest' }).click()
        return source.locator('pre').innerText()
      })
      .toContain('"queue_length": 4')
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
  })
})

describe('a system nobody can tell the state of', () => {
  it('looks different and has other words when it is down, when it never answered, and when the collector is gone', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer(calm)
    const app = await startCollector(`${yaml(endpoint.url)}
  - id: nowhere
    name: Nowhere
    sources: [{ type: http-json, url: "http://127.0.0.1:9/health", every: 1s }]
  - { id: empty, name: Nothing asked, sources: [] }
`)
    await using opened = await open(`${app.url}/systems/captions`)
    const { page, complaints } = opened
    const standing = (kind: string): Locator => page.locator(`header [data-standing="${kind}"]`)
    const look = (kind: string): Promise<string> =>
      standing(kind).evaluate((element) => {
        const { borderStyle, backgroundImage, backgroundColor } = getComputedStyle(element)
        return `${borderStyle} ${backgroundImage} ${backgroundColor}`
      })
    await standing('known').waitFor()
    await page.goto(`${app.url}/systems/empty`)
    await standing('unasked').getByText('It has no sources').waitFor()
    await page.goto(`${app.url}/systems/nowhere`)
    await standing('silent').getByText('It has never answered').waitFor()
    const silent = await look('silent')
    await page
      .locator('[data-source="http-json"]')
      .getByText(/Next try (in|now)/)
      .waitFor()
    expect(await violations(page)).toEqual([])

    await page.goto(`${app.url}/systems/captions`)
    await endpoint[Symbol.asyncDispose]()
    await standing('down').getByText('The system does not answer.').waitFor()
    const down = await look('down')
    await app[Symbol.asyncDispose]()
    await standing('lost').getByText('The collector does not answer').waitFor()
    const lost = await look('lost')
    expect(new Set([silent, down, lost]).size).toBe(3)
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
  })

  it('that is not in the configuration is said not to be, with the one that was perhaps meant', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer(calm)
    await using app = await startCollector(yaml(endpoint.url))
    await using opened = await open(`${app.url}/systems/caption`)
    await opened.page.getByRole('heading', { name: 'No system called “caption”' }).waitFor()
    await opened.page.getByRole('link', { name: 'Caption workshop' }).click()
    await opened.page.waitForURL(/systems\/captions$/)
    await opened.page.locator('[data-criterion]').first().waitFor()
    expect(opened.complaints).toEqual([])
  })
})

describe('on a phone', () => {
  it('what is wrong and what is left come first, then the charts, then the lists; and the head stays in sight', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer({ ...calm, queue_length: 61 })
    await using app = await startCollector(yaml(endpoint.url))
    await using opened = await open(`${app.url}/systems/captions`, PHONE)
    const { page, complaints } = opened
    const order = [
      page.locator('header[data-system="captions"]'),
      page.locator('[data-flag="queue-long"][data-standing="firing"]'),
      page.locator('[data-resource="sessions"]'),
      page.locator('[data-metric="memory.used_percent"]').first(),
      page.locator('[data-criterion]').first(),
      page.locator('[data-source="http-json"]'),
      page.locator('[data-flag="memory-near-100-high"]'),
    ]
    for (const place of order) await place.waitFor()
    // Charts that come meanwhile move what is below them.
    await expect
      .poll(async () => {
        const tops: number[] = []
        for (const place of order) tops.push(await topOf(place))
        return tops.every((top, index) => top >= (tops[index - 1] ?? top))
      })
      .toBe(true)

    expect(await page.locator('[data-compact-head]').count()).toBe(0)
    await page.getByRole('button', { name: 'all flags' }).click()
    await page.locator('[data-compact-head]').getByText('critical').waitFor()
    await page.locator('#flags-title:focus').waitFor()
    await page.getByRole('button', { name: 'To the top' }).click()
    await page.locator('[data-compact-head]').waitFor({ state: 'detached' })
    await page.setViewportSize({ width: 320, height: 700 })
    // Pictures follow their width a moment later.
    await expect.poll(() => sideways(page)).toBeLessThanOrEqual(0)
    expect(complaints).toEqual([])
  })
})

describe('a correction of what was mapped', () => {
  it('becomes lines that, put into headroom.yaml, change what is on the screen', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer(calm)
    await using app = await startCollector(yaml(endpoint.url, '        ignore: [nothing.here]'))
    await using opened = await open(`${app.url}/setup`)
    const { page, complaints } = opened
    const row = (path: string): Locator => page.locator(`[data-path="${path}"]`)
    await row('users.active_count').and(page.locator('[data-metric="users.active"]')).waitFor()
    await page.getByText('1 correction in force').waitFor()

    // By keyboard alone, to where it began.
    await page.getByRole('button', { name: 'Correct users.active_count' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('input[name="metric"]').fill('two words')
    await page.keyboard.press('Enter')
    await page.getByText('A name begins with a letter').waitFor()
    await page.locator('input[name="metric"]').fill('sessions.waiting')
    await page.keyboard.press('Enter')
    await row('users.active_count').getByText('to be corrected').waitFor()
    await page.getByRole('button', { name: 'Correct users.active_count' }).and(page.locator(':focus')).waitFor()
    await page.getByRole('button', { name: 'Correct build' }).click()
    await page.getByText('Leave it out').click()
    await page.getByRole('button', { name: 'Add to the lines' }).click()
    await page.getByText('2 corrections').waitFor()
    await page.getByText(/in place of its ignore:/).waitFor()
    expect(await violations(page)).toEqual([])

    await page.getByRole('button', { name: 'Copy the lines for http-json' }).click()
    await page.getByText('Copied').first().waitFor()
    await app.writeConfig(yaml(endpoint.url, await copied(page)))
    await row('users.active_count').and(page.locator('[data-metric="sessions.waiting"][data-how="map"]')).waitFor()
    await row('build').waitFor({ state: 'detached' })
    await page.getByText('The corrections are in force.').waitFor()
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByText('3 corrections in force').waitFor()
    expect(complaints).toEqual([])
  })
})

describe('the set-up screen', () => {
  it('says with line and column what is wrong with the file, keeps the last good one, and is content again', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer(calm)
    await using app = await startCollector(yaml(endpoint.url))
    await using opened = await open(`${app.url}/setup`, { colorScheme: 'dark' })
    const { page, complaints } = opened
    const config = page.getByRole('region', { name: 'Configuration' })
    await config.and(page.locator('[data-mark="ok"]')).getByText('good').waitFor()
    await app.writeConfig(yaml(endpoint.url).replace('every: 1s', 'evry: 1s'))
    await config.getByText(/^line 8, column 9$/).waitFor()
    await config.getByText('systems[0].sources[0].evry').waitFor()
    await config.getByText(/did you mean .*every/i).waitFor()
    await config.getByText('The last good configuration stays in use.').waitFor()
    expect(await violations(page)).toEqual([])
    await app.writeConfig(yaml(endpoint.url))
    await config.and(page.locator('[data-mark="ok"]')).getByText('good').waitFor()
    expect(complaints).toEqual([])
  })

  it('says how the collector does, where its storage leads, and where programs find it', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer(calm)
    await using app = await startCollector(yaml(endpoint.url))
    await using opened = await open(`${app.url}/setup`, PHONE)
    const { page, complaints } = opened
    const collector = page.getByRole('region', { name: 'Collector' })
    await collector.locator('[data-health="Memory"]').getByText('fine').waitFor()
    const addresses = await collector
      .getByRole('link')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')))
    for (const address of addresses) expect((await fetch(`${app.url}${address}`)).status).toBe(200)
    expect(addresses).toEqual(['/metrics', '/api/v1/openapi.json', '/api/v1/config/schema'])
    await page
      .getByRole('region', { name: 'Storage' })
      .getByText(/Retention keeps it|How fast it grows/)
      .waitFor()
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 844 })
      expect(await sideways(page)).toBeLessThanOrEqual(0)
    }
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
  })

  it('finds a path among 200 systems, and types without waiting for them', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer(calm)
    await using odd = await Endpoint.open()
    odd.answer({ ...calm, wombats: { in_burrow: 5 } })
    const systems = Array.from(
      { length: 200 },
      (_, index) =>
        `  - { id: shop-${index}, sources: [{ type: http-json, url: "${index === 150 ? odd.url : endpoint.url}", every: 5s }] }`,
    )
    await using app = await startCollector(`systems:\n${systems.join('\n')}\n`)
    const understood = async (): Promise<string> => (await fetch(`${app.url}/api/v1/mapping?system=shop-150`)).text()
    await expect.poll(understood).toContain('wombats.in_burrow')
    await using opened = await open(`${app.url}/setup`)
    const { page, complaints } = opened
    await page.locator('[data-setup-system]').nth(199).waitFor({ state: 'attached' })
    expect(await page.locator('[data-setup-system][open]').count()).toBe(0)
    const field = page.getByRole('searchbox', { name: 'Search systems, sources, metrics and paths' })
    await field.fill('in_burrow')
    await page.locator('[data-path="wombats.in_burrow"]').waitFor()
    expect(await page.locator('[data-setup-system]').count()).toBe(1)
    await field.fill('shop-19')
    await page.getByText('11 systems of 200').waitFor()
    expect(complaints).toEqual([])
  })
})

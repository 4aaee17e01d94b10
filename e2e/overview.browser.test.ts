import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violations } from './support/axe.ts'
import { openBrowser } from './support/browser.ts'
import { startCollector } from './support/collector.ts'
import { Endpoint } from './support/endpoint.ts'
import { openPage } from './support/open-page.ts'

const healthy = { status: 'healthy', sessions: { active: 12, max_allowed: 100 }, system: { memory_percent: 34 } }

type Written = { id: string; name: string; url: string; preset?: string; more?: string }

const system = ({ id, name, url, preset, more = '' }: Written): string => `
  - id: ${id}
    name: ${JSON.stringify(name)}
    ${preset === undefined ? '' : `preset: ${preset}`}
    sources: [{ type: http-json, url: "${url}", every: 1s }]
    flags: [{ id: queue-long, metric: queue.length, above: 50, for: 1s, severity: critical, title: Job queue is long }]
    ${more}`
const yaml = (systems: readonly Written[]): string => `systems:${systems.map(system).join('')}\n`

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const order = (page: Page): Promise<(string | null)[]> =>
  page.locator('[data-system]').evaluateAll((cards) => cards.map((card) => card.getAttribute('data-system')))

const focusedCard = (page: Page): Promise<string | null | undefined> =>
  page.evaluate(() => document.activeElement?.closest('[data-system]')?.getAttribute('data-system'))

async function untilOrder(page: Page, wanted: readonly string[]): Promise<void> {
  await page.waitForFunction(
    (ids) =>
      [...document.querySelectorAll('[data-system]')].map((card) => card.getAttribute('data-system')).join(' ') === ids,
    wanted.join(' '),
  )
}

describe('many systems', () => {
  it('are found by name, id and preset, and kept by state; the address remembers it', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer(healthy)
    await using ill = await Endpoint.open()
    ill.answer({ ...healthy, queue_length: 61 })
    const names = ['Café', 'Python IDE', 'Grades', 'Marking', 'Library', 'Course site', 'Wiki', 'Mail', 'Chat']
    await using app = await startCollector(
      yaml(
        names.map((name, index) => ({
          id: `app-${index}`,
          name,
          url: index === 1 ? ill.url : endpoint.url,
          ...(index === 0 ? { preset: 'workshop-on-render' } : {}),
        })),
      ),
    )
    await using opened = await openPage(browser, app.url)
    const { page, complaints } = opened
    await page.locator('[data-system="app-1"][data-state="critical"]').waitFor()
    await page.keyboard.press('f')
    const field = page.getByRole('searchbox')
    await field.and(page.locator(':focus')).waitFor()

    await page.keyboard.type('cafe')
    await untilOrder(page, ['app-0'])
    await page.waitForURL((url) => url.searchParams.get('q') === 'cafe')
    await page.getByText('1 of 9 systems').waitFor()
    await field.fill('render')
    await untilOrder(page, ['app-0'])
    await page.reload()
    await untilOrder(page, ['app-0'])
    expect(await field.inputValue()).toBe('render')

    await field.fill('')
    const critical = page.getByRole('button', { name: 'critical 1' })
    await critical.click()
    await untilOrder(page, ['app-1'])
    await page.waitForURL((url) => url.searchParams.get('state') === 'critical')
    expect(await critical.getAttribute('aria-pressed')).toBe('true')
    expect(await violations(page)).toEqual([])

    await field.fill('wiki')
    await page.getByText('No system is critical and matches “wiki”.').waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Show all systems' }).click()
    await page.waitForFunction(() => document.querySelectorAll('[data-system]').length === 9)
    expect(await field.inputValue()).toBe('')
    await page.waitForURL((url) => url.search === '')
    expect(complaints).toEqual([])
  })

  it('keep 200 of them in reach of a search of the page, with few of them drawn and nothing moving by itself', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer(() => ({ ...healthy, system: { memory_percent: 30 + (Date.now() % 20_000) / 1_000 } }))
    const every = (id: number): string =>
      `  - { id: app-${id}, name: "App number ${id}", sources: [{ type: http-json, url: "${endpoint.url}", every: 5s }] }\n`
    await using app = await startCollector(`systems:\n${Array.from({ length: 200 }, (_, id) => every(id)).join('')}`)
    await using opened = await openPage(browser, app.url)
    const { page, complaints } = opened
    await page.locator('[data-system="app-199"]', { hasText: /Memory \d/ }).waitFor({ state: 'attached' })
    // Far fewer than 200 cards are drawn whole: the others say their headroom in a sentence.
    expect(await page.locator('[data-row]').count()).toBeLessThan(60)
    // Not in the types: it is the search that a browser's own "find in page" does.
    const found = await page.evaluate(() =>
      (window as unknown as { find: (text: string) => boolean }).find('App number 188'),
    )
    expect(found).toBe(true)
    await page.locator('[data-system="app-188"] [data-row]').first().waitFor()

    // The collector commits at most ten times a second, and ages are renewed once: nothing moves of itself in between.
    expect(await layoutsPerSecond(page, 5_000)).toBeLessThan(12)
    expect(complaints).toEqual([])
  })
})

/** How often a second the page is laid out, counted by the browser over a while: what else runs here does not count. */
async function layoutsPerSecond(page: Page, ms: number): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const count = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'LayoutCount')?.value ?? Number.NaN
  }
  const before = await count()
  await page.waitForTimeout(ms)
  return (1_000 * ((await count()) - before)) / ms
}

describe('few systems', () => {
  it('have no filter until it is asked for', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer(healthy)
    await using app = await startCollector(yaml([{ id: 'a', name: 'A', url: endpoint.url }]))
    await using opened = await openPage(browser, app.url)
    const { page } = opened
    await page.locator('[data-system="a"]').waitFor()
    expect(await page.getByRole('searchbox').count()).toBe(0)
    await page.keyboard.press('f')
    await page.getByRole('searchbox').waitFor()
    await page.keyboard.type('b')
    await page.getByText('No system matches “b”.').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('[data-system="a"]').waitFor()
  })
})

describe('the order of the cards', () => {
  /** Notes how long each card was told to move, so that motion can be told from none. */
  const notesMoves = (): void => {
    const moves: unknown[] = []
    Object.assign(window, { moves })
    const animate = Element.prototype.animate
    Element.prototype.animate = function noted(this: Element, ...how) {
      const options = how[1]
      moves.push(typeof options === 'object' ? options.duration : options)
      return animate.apply(this, how)
    }
  }
  const moves = (page: Page): Promise<unknown> => page.evaluate(() => (window as unknown as { moves: unknown[] }).moves)

  it.each([
    ['no-preference', 150],
    ['reduce', undefined],
  ] as const)('is held while somebody looks, then follows the states (motion: %s)', async (reducedMotion, duration) => {
    await using calm = await Endpoint.open()
    await using busy = await Endpoint.open()
    calm.answer(healthy)
    busy.answer({ ...healthy, queue_length: 3 })
    await using app = await startCollector(
      yaml([
        { id: 'calm', name: 'Calm', url: calm.url },
        { id: 'busy', name: 'Busy', url: busy.url },
      ]),
    )
    await using opened = await openPage(browser, 'about:blank', { reducedMotion })
    const { page, complaints } = opened
    await page.addInitScript(notesMoves)
    await page.goto(app.url)
    complaints.length = 0
    await page.locator('[data-system="busy"][data-state="ok"]').waitFor()
    await page.locator('[data-system="calm"][data-state="ok"]').hover()
    expect(await moves(page)).toEqual([])

    busy.answer({ ...healthy, queue_length: 61 })
    const held = page.getByText('Order held, 1 changed')
    await held.waitFor()
    expect(await order(page)).toEqual(['calm', 'busy'])
    await page.locator('[data-system="busy"]').getByText('now critical').waitFor()
    expect(await violations(page)).toEqual([])

    await page.mouse.move(5, 5)
    await untilOrder(page, ['busy', 'calm'])
    expect(await page.locator('[data-system="busy"] [data-moved="up"]').innerText()).toContain('now critical')
    expect(await held.count()).toBe(0)
    expect(await moves(page)).toEqual(duration === undefined ? [] : [duration, duration])
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
  })

  it('is given up at once when asked', async () => {
    await using calm = await Endpoint.open()
    await using busy = await Endpoint.open()
    calm.answer(healthy)
    busy.answer(healthy)
    await using app = await startCollector(
      yaml([
        { id: 'calm', name: 'Calm', url: calm.url },
        { id: 'busy', name: 'Busy', url: busy.url },
      ]),
    )
    await using opened = await openPage(browser, app.url)
    const { page } = opened
    await page.locator('[data-system="busy"][data-state="ok"]').waitFor()
    await page.keyboard.press('j')
    busy.answer({ ...healthy, queue_length: 61 })
    await page.getByRole('button', { name: 'Sort now' }).focus()
    expect(await order(page)).toEqual(['calm', 'busy'])
    await page.keyboard.press('Enter')
    await untilOrder(page, ['busy', 'calm'])
    expect(await focusedCard(page)).toBe('busy')
  })
})

describe('by keyboard', () => {
  it('j and k lead from card to card, the arrow keys on, and Enter opens', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer(healthy)
    const ids = ['a', 'b', 'c', 'd', 'e']
    await using app = await startCollector(yaml(ids.map((id) => ({ id, name: `System ${id}`, url: endpoint.url }))))
    await using opened = await openPage(browser, app.url)
    const { page, complaints } = opened
    await page.waitForFunction(() => document.querySelectorAll('[data-system][data-state="ok"]').length === 5)
    await untilOrder(page, ids)
    const after = async (...keys: string[]): Promise<string | null | undefined> => {
      for (const key of keys) await page.keyboard.press(key)
      return focusedCard(page)
    }
    expect(await after('j')).toBe('a')
    expect(await after('j', 'j', 'k')).toBe('b')
    // Three cards in a row at this width.
    expect(await after('ArrowDown')).toBe('e')
    expect(await after('ArrowUp', 'ArrowLeft')).toBe('a')
    expect(await after('End')).toBe('e')
    const card = page.locator('[data-system="e"]')
    expect(await card.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/systems\/e$/)
    expect(complaints).toEqual([])
  })
})

describe('a card', () => {
  it('says a condition with two severities once, and names where each limit comes from', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer({ ...healthy, system: { memory_percent: 97 }, queue_length: 3 })
    const flags = (severity: string, above: number): string =>
      `{ id: mem-${severity === 'critical' ? 'critical' : 'high'}, metric: memory.used_percent, above: ${above}, for: 1s, severity: ${severity}, title: Memory }`
    await using app = await startCollector(`
systems:
  - id: captions
    name: Captions
    limits: { sessions: 80, sessions.tested: 10 }
    sources: [{ type: http-json, url: "${endpoint.url}", every: 1s }]
    flags:
      - ${flags('warning', 80)}
      - ${flags('critical', 90)}
      - { id: memory-high, off: true }
      - { id: memory-critical, off: true }
`)
    await using opened = await openPage(browser, app.url)
    const { page, complaints } = opened
    const card = page.locator('[data-system="captions"][data-state="critical"]')
    await card.getByText('Memory: 97 % now, line is 90 %').waitFor()
    // The warning fires as well; both are one condition.
    await page.waitForFunction(async () => {
      const alerts: unknown = await (await fetch('/api/v1/alerts')).json()
      return Array.isArray(alerts) && alerts.filter((alert: { state: string }) => alert.state === 'firing').length === 2
    })
    await card.getByText('Limit configured').waitFor()
    await card.getByText('2 more than was tested').waitFor()
    const said = await card.innerText()
    expect(said).toMatch(/For \d+\ss, since \d\d:\d\d/)
    expect(said).not.toContain('Also')
    expect(said).toMatch(/12\s+of 80/)
    expect(complaints).toEqual([])
  })

  it('calls nothing a value of now once the collector is gone, and keeps what was last heard readable', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer({ ...healthy, queue_length: 61 })
    const app = await startCollector(yaml([{ id: 'web', name: 'Web', url: endpoint.url }]))
    await using opened = await openPage(browser, app.url)
    const { page } = opened
    const card = page.locator('[data-system="web"][data-state="critical"]')
    await card.getByText('Job queue is long: 61 now, line is 50').waitFor()
    await app[Symbol.asyncDispose]()
    await card.getByText('Job queue is long: 61, line is 50').waitFor()
    const age = card.getByText(/^as of \d\d:\d\d:\d\d$/)
    await age.waitFor()
    expect(await age.evaluate((element) => getComputedStyle(element).backgroundImage)).toContain(
      'repeating-linear-gradient',
    )
    await page.getByRole('heading', { name: /^As of .*: 1 system needs you$/ }).waitFor()
  })

  it('bears any name and any value: nothing is run, cut off, or divided by nothing', async () => {
    await using endpoint = await Endpoint.open()
    endpoint.answer({
      sessions: { active: 3, max_allowed: 0 },
      memory_used_bytes: 1e15,
      memory_limit_bytes: 1.2e15,
      queue_length: null,
    })
    await using silent = await Endpoint.open()
    silent.answer({ sessions: { active: null, max_allowed: null } })
    const names = [`<img src=x onerror="document.title='broken'">`, 'ورشة التسميات', 'x'.repeat(200)]
    await using app = await startCollector(
      yaml([
        ...names.map((name, index) => ({ id: `n${index}`, name, url: endpoint.url })),
        { id: 'nothing', name: 'All null', url: silent.url },
      ]),
    )
    for (const width of [1440, 390, 320]) {
      await using opened = await openPage(browser, app.url, { viewport: { width, height: 844 } })
      const { page, complaints } = opened
      await page.locator('[data-system="n0"]').getByText('<img src=x').waitFor()
      await page.locator('[data-system="nothing"]').waitFor()
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      expect(await page.locator('main').innerText()).not.toMatch(/NaN|Infinity|undefined/)
      expect(await page.title()).not.toBe('broken')
      expect(await violations(page)).toEqual([])
      expect(complaints).toEqual([])
    }
  })
})

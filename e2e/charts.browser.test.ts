import { readFile, rm } from 'node:fs/promises'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violations } from './support/axe.ts'
import { openBrowser } from './support/browser.ts'
import { startCollector } from './support/collector.ts'
import { Endpoint } from './support/endpoint.ts'
import { recordedFolder } from './support/history.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const MEMORY = '[data-metric="memory.used_percent"]'

const healthy = {
  status: 'healthy',
  sessions: { active: 12, max_allowed: 100 },
  system: { cpu_percent: 21, memory_percent: 34 },
}
/** A local time in UTC, as the configuration has it. */
const local = (at: number): string => new Date(at).toISOString().slice(0, 16)
/** Under way for forty minutes. */
const begun = Math.floor(Date.now() / MINUTE) * MINUTE - 40 * MINUTE

const yaml = (url: string): string => `
events:
  - id: wed
    name: Wednesday workshop
    timezone: UTC
    start: "${local(begun)}"
    end: "${local(begun + 3 * HOUR)}"
    runsheet: [{ at: "${local(begun + 30 * MINUTE)}", name: Lab 1 }]
systems:
  - id: captions
    name: Caption workshop
    preset: workshop-on-render
    sources: [{ type: http-json, url: "${url}", every: 1s, maxSeries: 400 }]
`

let browser: Browser
let endpoint: Endpoint
let folder: string
let app: Awaited<ReturnType<typeof startCollector>>
beforeAll(async () => {
  browser = await openBrowser()
  endpoint = await Endpoint.open()
  endpoint.answer(healthy)
  const percent = { system: 'captions', unit: 'percent', everyMs: 10_000 }
  folder = await recordedFolder(Date.now() - 2 * HOUR, [
    { ...percent, metric: 'memory.used_percent', value: (at) => 40 + 20 * Math.sin(at / 400_000) },
    { ...percent, metric: 'cpu.used_percent', value: (at) => 20 + 10 * Math.sin(at / 90_000) },
  ])
  app = await startCollector(yaml(endpoint.url), { folder })
})
afterAll(async () => {
  await app[Symbol.asyncDispose]()
  await endpoint[Symbol.asyncDispose]()
  await browser.close()
  await rm(folder, { recursive: true, force: true })
})

type Opened = { page: Page; complaints: string[] }

/** A page that fails the test by name when anything on it throws, breaks the page's policy, or asks another host. */
async function open(
  search: string,
  prepare?: (page: Page) => Promise<unknown>,
  look: BrowserContextOptions = {},
): Promise<Opened> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    timezoneId: 'Europe/Amsterdam',
    locale: 'en-GB',
    ...look,
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`))
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) complaints.push(message.text())
  })
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    if (protocol !== 'blob:' && hostname !== '127.0.0.1') complaints.push(`asks elsewhere: ${request.url()}`)
  })
  await prepare?.(page)
  await page.goto(`${app.url}/systems/captions${search}`)
  return { page, complaints }
}

async function drawn(page: Page, metric = MEMORY): Promise<Locator> {
  // Only what is in view, or near it, is drawn.
  await page.locator(metric).scrollIntoViewIfNeeded()
  await page.locator(`${metric} path.recharts-curve`).first().waitFor({ state: 'attached' })
  return page.locator(`${metric} [role="slider"]`)
}

/** Draws a span across a chart, from one share of its width to another, and lets go. */
async function drag(page: Page, chart: Locator, from: number, to: number, release = true): Promise<void> {
  const box = await chart.boundingBox()
  if (box === null) throw new Error('The chart is not on the page.')
  await page.mouse.move(box.x + box.width * from, box.y + 60)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * to, box.y + 66, { steps: 8 })
  if (release) await page.mouse.up()
}

function span(page: Page): { from: number; to: number; length: number } {
  const search = new URL(page.url()).searchParams
  const [from, to] = [Number(search.get('from')), Number(search.get('to'))]
  return { from, to, length: to - from }
}

async function act(page: Page, title: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Copy or save ${title}`, exact: true }).click()
  await page.getByRole('menuitem', { name: action }).click()
}

async function saved(page: Page, title: string, action: string): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), act(page, title, action)])
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

describe('a part of a window', () => {
  it('is chosen by dragging, shown on every chart, and left again by a double click, step by step', async () => {
    const { page, complaints } = await open('?range=1h')
    const chart = await drawn(page)
    await drag(page, chart, 0.3, 0.7, false)
    await expect.poll(() => page.locator(MEMORY).innerText()).toMatch(/\d\d:\d\d:\d\d – \d\d:\d\d:\d\d\s*\d+\smin/)
    await page.mouse.up()
    await page.waitForURL(/from=/)
    const first = span(page)
    expect(first.length).toBeGreaterThan(15 * MINUTE)
    expect(first.length).toBeLessThan(40 * MINUTE)
    await page.getByText('Standing still').waitFor()
    const axes = (): Promise<string[]> =>
      page
        .locator('[data-metric] [role="slider"]')
        .evaluateAll((all) =>
          all.map((each) => [each.getAttribute('aria-valuemin'), each.getAttribute('aria-valuemax')].join()),
        )
    await expect.poll(async () => new Set(await axes())).toEqual(new Set([`${first.from},${first.to}`]))

    await drag(page, await drawn(page), 0.4, 0.6)
    await expect.poll(() => span(page).length).toBeLessThan(first.length)
    await (await drawn(page)).dblclick({ position: { x: 200, y: 60 } })
    await expect.poll(() => span(page)).toEqual(first)
    await page.goBack()
    await page.waitForURL(/range=1h$/)
    await page.getByRole('button', { name: 'Pause' }).waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('is not taken when Escape is pressed, nor when it was only a click', async () => {
    const { page, complaints } = await open('?range=1h')
    const chart = await drawn(page)
    await drag(page, chart, 0.3, 0.7, false)
    await page.keyboard.press('Escape')
    await page.mouse.up()
    await drag(page, chart, 0.5, 0.502)
    expect(page.url()).toMatch(/range=1h$/)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('is chosen by keyboard: arrows with Shift, Enter, and back with z, Backspace or the button', async () => {
    const { page, complaints } = await open('?range=1h')
    const chart = await drawn(page)
    await chart.focus()
    await page.keyboard.press('End')
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('Shift+PageDown')
    expect(await chart.getAttribute('aria-valuetext')).toMatch(/ to .*\smin.* chosen, Enter shows it/)
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.waitForURL(/from=/)
    const first = span(page)
    await (await drawn(page)).focus()
    await page.keyboard.press('+')
    await expect.poll(() => span(page).length).toBeLessThan(first.length * 0.6)
    await page.keyboard.press('z')
    await expect.poll(() => span(page)).toEqual(first)
    await page.getByRole('button', { name: 'Back', exact: true }).click()
    await page.waitForURL(/range=1h$/)
    await (await drawn(page)).focus()
    await page.keyboard.press('-')
    await expect.poll(() => span(page).length).toBeGreaterThan(1.9 * HOUR)
    await page.keyboard.press('Backspace')
    await page.waitForURL(/range=1h$/)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('is chosen by a finger drawn sideways', async () => {
    const { page, complaints } = await open('?range=1h', undefined, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
    })
    const chart = await drawn(page)
    const box = await chart.boundingBox()
    if (box === null) throw new Error('The chart is not on the page.')
    const session = await page.context().newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', share?: number): Promise<unknown> =>
      session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: share === undefined ? [] : [{ x: box.x + box.width * share, y: box.y + 60 }],
      })
    await touch('touchStart', 0.3)
    for (const share of [0.35, 0.45, 0.55, 0.65]) await touch('touchMove', share)
    await touch('touchEnd')
    await page.waitForURL(/from=/)
    expect(span(page).length).toBeGreaterThan(10 * MINUTE)
    expect(complaints).toEqual([])
    await page.context().close()
  })
})

describe('a window from one moment to another', () => {
  it('is typed, by keyboard alone, in the zone that is shown, and refused where it ends before it begins', async () => {
    const { page, complaints } = await open('?range=1h')
    const button = page.getByRole('button', { name: 'From … to' })
    const form = page.getByRole('form', { name: 'From one moment to another' })
    await button.focus()
    await page.keyboard.press('Enter')
    await form.getByLabel('From').and(page.locator(':focus')).waitFor()
    expect(await violations(page)).toEqual([])
    await form.getByLabel('From').fill('2026-03-02T10:00:00')
    await form.getByLabel('To').fill('2026-03-02T09:00:00')
    await page.keyboard.press('Enter')
    await form.getByRole('alert').getByText('The end must be after the start.').waitFor()
    await form.getByLabel('To').fill('2026-03-02T11:30:00')
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.searchParams.get('from') === `${Date.UTC(2026, 2, 2, 9)}`)
    expect(new URL(page.url()).searchParams.get('to')).toBe(`${Date.UTC(2026, 2, 2, 10, 30)}`)
    await form.waitFor({ state: 'detached' })
    // Left by Escape it gives the focus back; a click beside it, or on its button again, closes it too.
    await button.click()
    await page.keyboard.press('Escape')
    await form.waitFor({ state: 'detached' })
    await button.and(page.locator(':focus')).waitFor()
    await button.click()
    await form.waitFor()
    await button.click()
    await form.waitFor({ state: 'detached' })
    expect(complaints).toEqual([])
  })
})

describe('a pause', () => {
  it('holds every chart still by p, says so, and lets go again', async () => {
    const { page, complaints } = await open('?range=5m')
    const chart = await drawn(page)
    await page.keyboard.press('p')
    await page.waitForURL(/at=/)
    const end = new URL(page.url()).searchParams.get('at')
    await page.getByText('Standing still').waitFor()
    await expect.poll(() => chart.getAttribute('aria-valuemax')).toBe(end)
    const newest = page.locator(`${MEMORY} [data-newest]`)
    const before = await newest.getAttribute('data-at')
    await expect.poll(() => newest.getAttribute('data-at')).not.toBe(before)
    expect(await chart.getAttribute('aria-valuemax')).toBe(end)
    await page.keyboard.press('p')
    await page.waitForURL(/range=5m$/)
    await expect.poll(() => chart.getAttribute('aria-valuemax')).not.toBe(end)
    expect(complaints).toEqual([])
    await page.context().close()
  })
})

describe('a planned event', () => {
  it('is a window of its own, with times from its beginning and its run-sheet among the notes', async () => {
    const { page, complaints } = await open('')
    await page.getByText('Event', { exact: true }).click()
    await page.waitForURL(/event=wed/)
    const chart = await drawn(page)
    expect(await page.locator(MEMORY).innerText()).toMatch(/T\+1:00/)
    await page.getByText('Lab 1').first().waitFor()
    await chart.focus()
    await page.keyboard.press('End')
    expect(await chart.getAttribute('aria-valuetext')).toMatch(/\(T\+0:\d\d:\d\d\): \d/)
    await drag(page, chart, 0.15, 0.25)
    await page.waitForURL(/event=wed.*from=|from=.*event=wed/)
    expect(await page.locator(MEMORY).innerText()).toMatch(/T[+−]/)
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
  })
})

describe('a chart to take along', () => {
  it('is a picture of its own size, painted, on the clipboard', async () => {
    const { page, complaints } = await open('?range=1h')
    await drawn(page)
    await act(page, 'Memory', 'Copy picture (PNG)')
    await page.getByText('Copied picture').waitFor()
    const picture = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read()
      const blob = await item?.getType('image/png')
      if (blob === undefined) return undefined
      const bitmap = await createImageBitmap(blob)
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
      const context = canvas.getContext('2d')
      context?.drawImage(bitmap, 0, 0)
      const { data } = context?.getImageData(0, 0, bitmap.width, bitmap.height) ?? { data: [] }
      const colors = new Map<number, number>()
      for (let at = 0; at < data.length; at += 4) {
        const color = (data[at] ?? 0) * 65_536 + (data[at + 1] ?? 0) * 256 + (data[at + 2] ?? 0)
        colors.set(color, (colors.get(color) ?? 0) + 1)
      }
      const counts = [...colors.values()].toSorted((a, b) => b - a)
      return {
        width: bitmap.width,
        height: bitmap.height,
        colors: colors.size,
        background: (counts[0] ?? 0) / (data.length / 4),
      }
    })
    expect(picture?.width).toBe(1920)
    expect(picture?.height).toBeGreaterThan(900)
    expect(picture?.colors).toBeGreaterThan(50)
    expect(picture?.background).toBeLessThan(0.97)
    const file = await saved(page, 'Memory', 'Save picture (PNG)')
    expect(file.name).toMatch(/^captions-memory.used_percent-.*\.png$/)
    expect(file.bytes.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001A\n')
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('is a drawing that parses, says what it is of, and asks for nothing from elsewhere', async () => {
    const { page, complaints } = await open('?range=1h', undefined, { colorScheme: 'dark' })
    await drawn(page)
    const { bytes } = await saved(page, 'Memory', 'Save drawing (SVG)')
    const svg = bytes.toString()
    const parsed = await page.evaluate((text) => {
      const document = new DOMParser().parseFromString(text, 'image/svg+xml')
      return {
        errors: document.querySelectorAll('parsererror').length,
        texts: [...document.querySelectorAll('text')].map((each) => each.textContent).join('\n'),
        longest: Math.max(...[...document.querySelectorAll('path')].map((path) => path.getAttribute('d')?.length ?? 0)),
      }
    }, svg)
    expect(parsed.errors).toBe(0)
    expect(parsed.longest).toBeGreaterThan(300)
    for (const words of ['Memory', 'Caption workshop', 'Europe/Amsterdam', 'memory > 80', '100 %', 'Headroom, made'])
      expect(parsed.texts).toContain(words)
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|var\(|href|<style|<image|data:/)
    expect(svg).toMatch(/<rect[^>]* fill="#1a1d22"/)
    await act(page, 'Memory', 'Copy drawing (SVG)')
    await page.getByText('Copied drawing').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^<svg /)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('is every sample with its time in UTC, as the collector has them', async () => {
    const { page, complaints } = await open('?range=1h')
    await drawn(page)
    await page.keyboard.press('p')
    await page.waitForURL(/at=/)
    const at = Number(new URL(page.url()).searchParams.get('at'))
    await page.getByText('Standing still').waitFor()
    await drawn(page)
    // What was measured before that moment may still be on its way to the store.
    const newest = page.locator(`${MEMORY} [data-newest]`)
    await expect.poll(async () => Number(await newest.getAttribute('data-at'))).toBeGreaterThan(at)
    const { name, bytes } = await saved(page, 'Memory', 'Save values (CSV)')
    expect(name).toMatch(/\.csv$/)
    const [head, ...rows] = bytes.toString().trimEnd().split('\r\n')
    expect(head).toBe('time,Memory [percent]')
    const asked = `${app.url}/api/v1/range?system=captions&metric=memory.used_percent&points=raw&from=${at - HOUR}&to=${at}`
    const [series] = ((await (await fetch(asked)).json()) as { series: { t: number[]; v: number[] }[] }).series
    expect(rows).toEqual(series?.t.map((t, index) => `${new Date(t).toISOString()},${series.v[index]}`))
    expect(rows.length).toBeGreaterThan(300)
    await act(page, 'Memory', 'Copy values (CSV)')
    await page.getByText(/Copied values: every sample/).waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(bytes.toString())
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('is saved where the page has no clipboard, and says why', async () => {
    const { page, complaints } = await open('?range=1h', (prepared) =>
      prepared.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'clipboard')),
    )
    await drawn(page)
    const { name } = await saved(page, 'Memory', 'Copy picture (PNG)')
    expect(name).toMatch(/\.png$/)
    await page.getByText(/Saved .*\.png: .*no clipboard/).waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('says what went wrong when the collector does not answer', async () => {
    const { page } = await open('?range=1h')
    await drawn(page)
    await page.route('**/api/v1/range?*points=raw*', (route) => route.abort())
    await act(page, 'Memory', 'Copy values (CSV)')
    await page.getByText(/Not done: The collector did not answer/).waitFor()
    await page.context().close()
  })

  it('is taken by keyboard alone', async () => {
    const { page, complaints } = await open('?range=1h')
    await drawn(page)
    const button = page.getByRole('button', { name: 'Copy or save Memory', exact: true })
    await button.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menu').waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.getByRole('menuitem', { name: 'Copy values (CSV)' }).and(page.locator(':focus')).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'detached' })
    await button.and(page.locator(':focus')).waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })
})

describe('a chart whose history cannot be had', () => {
  it.each([
    ['an error', { status: 500, json: { error: { code: 'store_failed', message: 'The store could not be read.' } } }],
    ['a page to sign in', { status: 200, contentType: 'text/html', body: '<h1>Please sign in</h1>' }],
  ])('says so alone, for %s, and is drawn once it can be had', async (_, answer) => {
    const all = (await (await fetch(`${app.url}/api/v1/series?system=captions`)).json()) as {
      id: number
      metric: string
    }[]
    const memory = all.find((series) => series.metric === 'memory.used_percent')?.id
    let broken = true
    const { page, complaints } = await open(`?from=${Date.now() - HOUR}&to=${Date.now() - MINUTE}`, (prepared) =>
      prepared.route('**/api/v1/range?*', (route) => {
        const ids = new URL(route.request().url()).searchParams.get('series')?.split(',').map(Number) ?? []
        return broken && ids.includes(memory ?? 0) ? route.fulfill(answer) : route.continue()
      }),
    )
    await drawn(page, '[data-metric="cpu.used_percent"]')
    const tile = page.locator(MEMORY)
    await tile.getByText(/The history could not be had/).waitFor()
    expect(await page.getByText(/The history could not be had/).count()).toBe(1)
    expect(await violations(page)).toEqual([])
    broken = false
    await tile.getByRole('button', { name: 'Try again' }).click()
    await drawn(page)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('does not hold up the others while it is slow', async () => {
    const all = (await (await fetch(`${app.url}/api/v1/series?system=captions`)).json()) as {
      id: number
      metric: string
    }[]
    const memory = all.find((series) => series.metric === 'memory.used_percent')?.id
    const { page } = await open(`?from=${Date.now() - HOUR}&to=${Date.now() - MINUTE}`, (prepared) =>
      prepared.route('**/api/v1/range?*', (route) => {
        const ids = new URL(route.request().url()).searchParams.get('series')?.split(',').map(Number) ?? []
        return ids.includes(memory ?? 0) ? undefined : route.continue()
      }),
    )
    await drawn(page, '[data-metric="cpu.used_percent"]')
    expect(await page.locator(`${MEMORY} path.recharts-curve`).count()).toBe(0)
    await page.context().close()
  })
})

describe('a window of which nothing was recorded', () => {
  it('is said in words, not shown as zero', async () => {
    const { page, complaints } = await open('?from=1600000000000&to=1600003600000')
    await page
      .locator(MEMORY)
      .getByText(/^Nothing was recorded between Sun,? 13 Sept?, 14:26:40 and 15:26:40\.$/)
      .waitFor()
    expect(await page.locator(`${MEMORY} path.recharts-curve`).count()).toBe(0)
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
  })
})

describe('three hundred series of one metric', () => {
  it('are one chart with the worst in it, a table of all, and no slow page', async () => {
    const queues = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`q${index}`, index === 217 ? 900 : index % 20]),
    )
    endpoint.answer({ ...healthy, queues })
    try {
      const { page, complaints } = await open('?range=5m')
      const card = page.locator('[data-metric="queue.length"]')
      await card.getByText('300 series, worst').waitFor()
      await card.scrollIntoViewIfNeeded()
      await card.getByText('q217').first().waitFor()
      expect(await card.locator('path.recharts-curve').count()).toBeLessThanOrEqual(16)
      await card.getByRole('button', { name: 'Job queue length as a table' }).click()
      await card.getByRole('row').nth(1).getByText('q217').waitFor()
      expect(await card.getByRole('row').count()).toBe(51)
      await card.getByRole('button', { name: '50 more of 300' }).click()
      expect(await card.getByRole('row').count()).toBe(101)
      expect(await violations(page)).toEqual([])
      const { bytes } = await saved(page, 'Job queue length', 'Save values (CSV)')
      expect(bytes.toString().split('\r\n')[0]?.split(',')).toHaveLength(301)
      expect(complaints).toEqual([])
      await page.context().close()
    } finally {
      endpoint.answer(healthy)
    }
  })
})

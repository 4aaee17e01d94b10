/**
 * What the charts of the System screen cost: opening it on 8 hours of 12 charts, 12 live charts at 1 Hz, and the page's
 * memory over 8 simulated hours. A real collector with a real endpoint, and Chromium.
 *
 *   node bench/charts.ts [open] [live] [soak] [--opens 7] [--seconds 30] [--hours 8] [--speed 60]
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Browser, type BrowserContext, type CDPSession, chromium } from 'playwright-core'
import { METRICS, startCollector } from './charts-collector.ts'

const CHARTS = Object.keys(METRICS).length
const WANTED = { coldMs: 700, warmMs: 400, taskMs: 50, corePercent: 15, shift: 0.01, heapMb: 5 }
/** High enough for all twelve charts. */
const VIEWPORT = { width: 1440, height: 2600 }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    opens: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '30' },
    hours: { type: 'string', default: '8' },
    speed: { type: 'string', default: '60' },
  },
})

declare global {
  interface Window {
    /** When all charts were painted, ms since the navigation or since the click. */
    paintedAt: Promise<number>
    watchPaint(charts: number): Promise<number>
    longTasks: number[]
    shifts: number
  }
}

const wants = (part: string): boolean => positionals.length === 0 || positionals.includes(part)
const CHROMIUM = {
  executablePath: process.env['HEADROOM_CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--enable-precise-memory-info'],
}
/** Chromium keeps what it compiled from the second or third visit on. */
const FIRST_VISITS = 4
const browser = await chromium.launch(CHROMIUM)
try {
  if (wants('open') || wants('live')) {
    await using collector = await startCollector({ hours: 8, speed: 1 })
    if (wants('open')) await measureOpening(browser, collector.url)
    if (wants('live')) await measureLive(browser, collector.url)
  }
  if (wants('soak')) await measureSoak(browser)
} finally {
  await browser.close()
}

/**
 * Eight hours, from the address to twelve pictures: with nothing cached, and by a reader who has been here before. That
 * is measured in a browser with a profile on disk: only there does Chromium keep what it compiled.
 */
async function measureOpening(on: Browser, url: string): Promise<void> {
  const to = Date.now()
  const window8h = `${url}/systems/app?from=${to - 8 * 3_600_000}&to=${to}`
  const turns = Array.from({ length: Number(values.opens) })
  const cold: number[] = []
  for (const _ of turns) {
    const context = await on.newContext({ viewport: VIEWPORT })
    cold.push(await opened(context, window8h))
    await context.close()
  }
  const profile = await mkdtemp(join(tmpdir(), 'headroom-profile-'))
  const warm: number[] = []
  const clicked: number[] = []
  try {
    const reader = await chromium.launchPersistentContext(profile, { ...CHROMIUM, viewport: VIEWPORT })
    for (let visit = 0; visit < FIRST_VISITS; visit++) await opened(reader, window8h)
    for (const _ of turns) warm.push(await opened(reader, window8h))
    for (const _ of turns) clicked.push(await clickedOpen(reader, url))
    await reader.close()
  } finally {
    await rm(profile, { recursive: true, force: true })
  }
  report('opened, nothing cached', median(cold), WANTED.coldMs, 'ms', cold)
  report('opened again, cached', median(warm), WANTED.warmMs, 'ms', warm)
  report('from the overview by a click (15 min)', median(clicked), WANTED.warmMs, 'ms', clicked)
}

async function opened(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage()
  await page.addInitScript(watch)
  await page.goto(url)
  const painted = await page.evaluate((charts) => window.watchPaint(charts), CHARTS)
  await page.close()
  return painted
}

async function clickedOpen(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage()
  await page.addInitScript(watch)
  await page.goto(url)
  const card = page.locator('[data-system="app"] a').first()
  await card.hover()
  await page.waitForTimeout(700)
  const painted = await page.evaluate(async (charts) => {
    const before = performance.now()
    document.querySelector<HTMLElement>('[data-system="app"] a')?.click()
    return (await window.watchPaint(charts)) - before
  }, CHARTS)
  await page.close()
  return painted
}

/** Before anything of the page runs. A chart is painted in the frame after its line stands in the document. */
function watch(): void {
  window.longTasks = []
  window.shifts = 0
  window.watchPaint = (charts) =>
    new Promise((resolve) => {
      const look = (): void => {
        const drawn = [...document.querySelectorAll('[data-metric]')].filter((card) =>
          [...card.querySelectorAll('path')].some((path) => (path.getAttribute('d')?.length ?? 0) > 300),
        )
        if (drawn.length < charts) requestAnimationFrame(look)
        else requestAnimationFrame(() => resolve(performance.now()))
      }
      look()
    })
  new PerformanceObserver((list) => {
    window.longTasks.push(...list.getEntries().map((entry) => entry.duration))
  }).observe({ type: 'longtask', buffered: true })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
      if (!entry.hadRecentInput) window.shifts += entry.value
  }).observe({ type: 'layout-shift', buffered: true })
}

/** Twelve charts that move once a second: the longest task, the share of a core, what jumps. */
async function measureLive(on: Browser, url: string): Promise<void> {
  const context = await on.newContext({ viewport: VIEWPORT })
  const page = await context.newPage()
  await page.addInitScript(watch)
  await page.goto(`${url}/systems/app?range=5m`)
  await page.evaluate((charts) => window.watchPaint(charts), CHARTS)
  await page.waitForTimeout(3_000)
  await page.evaluate(() => {
    window.longTasks = []
    window.shifts = 0
  })
  const session = await context.newCDPSession(page)
  // Time that the thread ran, not time that passed: a neighbour's load is not the page's.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const began = performance.now()
  const before = await metrics(session)
  await page.waitForTimeout(Number(values.seconds) * 1000)
  const after = await metrics(session)
  const seen = await page.evaluate(() => ({ tasks: window.longTasks, shifts: window.shifts }))
  const passed = (performance.now() - began) / 1000
  const share = (name: string): number => (100 * ((after.get(name) ?? 0) - (before.get(name) ?? 0))) / passed
  report('12 live charts at 1 Hz, share of a core', share('TaskDuration'), WANTED.corePercent, '%')
  console.log(
    `  of it script ${share('ScriptDuration').toFixed(1)} %, style ${share('RecalcStyleDuration').toFixed(1)} %, layout ${share('LayoutDuration').toFixed(1)} %`,
  )
  report('  longest task over 50 ms (0: none)', Math.max(0, ...seen.tasks), WANTED.taskMs, 'ms')
  report('  layout shift (a tenth is called good)', seen.shifts, WANTED.shift, '')
  await context.close()
}

/** The page and the collector live through hours in minutes; both clocks go equally fast. */
async function measureSoak(on: Browser): Promise<void> {
  const speed = Number(values.speed)
  await using collector = await startCollector({ hours: 0, speed })
  const context = await on.newContext({ viewport: VIEWPORT })
  const page = await context.newPage()
  await page.addInitScript(hurry, speed)
  await page.goto(`${collector.url}/systems/app?range=15m`)
  const hourMs = 3_600_000 / speed
  await page.waitForTimeout(hourMs / 2)
  const session = await context.newCDPSession(page)
  const first = await heap(session)
  let last = first
  for (let hour = 1; hour <= Number(values.hours); hour++) {
    await page.waitForTimeout(hourMs)
    last = await heap(session)
    console.log(
      `  after ${hour} h: ${last.toFixed(2)} MB, ${(last - first).toFixed(2)} MB more than after half an hour`,
    )
  }
  const counted = await page.evaluate(() => document.querySelectorAll('*').length)
  report(`heap after ${values.hours} h of live data, growth`, last - first, WANTED.heapMb, 'MB')
  console.log(`  ${counted} elements in the page`)
  await context.close()
}

/** In the page: time that goes faster, for everything but frames. */
function hurry(speed: number): void {
  const began = Date.now()
  const realNow = Date.now
  const later = window.setTimeout.bind(window)
  const often = window.setInterval.bind(window)
  Date.now = () => began + (realNow() - began) * speed
  window.setTimeout = ((job: () => void, ms = 0, ...rest: unknown[]) =>
    later(job, ms / speed, ...rest)) as typeof setTimeout
  window.setInterval = ((job: () => void, ms = 0, ...rest: unknown[]) =>
    often(job, ms / speed, ...rest)) as typeof setInterval
}

async function heap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.enable')
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return usedSize / 2 ** 20
}

async function metrics(session: CDPSession): Promise<Map<string, number>> {
  const answer = await session.send('Performance.getMetrics')
  return new Map(answer.metrics.map(({ name, value }) => [name, value]))
}

function median(all: readonly number[]): number {
  return all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN
}

/** A figure beside what it may be, as a share of it; beyond it the command fails. */
function report(what: string, got: number, wanted: number, unit: string, all: readonly number[] = []): void {
  const range = all.length === 0 ? '' : ` (${Math.min(...all).toFixed(0)} to ${Math.max(...all).toFixed(0)})`
  const ratio = wanted === 0 ? '' : `, ${(got / wanted).toFixed(2)} of it`
  console.log(`${what.padEnd(42)} ${got.toFixed(got < 10 ? 2 : 0)} ${unit}${range}; wanted at most ${wanted}${ratio}`)
  if (!(got <= wanted)) process.exitCode = 1
}

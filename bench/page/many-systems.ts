import type { Browser } from 'playwright-core'
import { DESK } from './browser.ts'

declare global {
  interface Window {
    longTasks: number[]
    layoutShift: number
  }
}

/** Of a page that is only looked at: its renderer's share of a core in percent, its longest task, how much its layout jumped. */
export type Cost = { corePercent: number; longestTaskMs: number; layoutShift: number; firstLayoutShift: number }

/** How long the page may put itself in order before it is measured. */
const SETTLE_MS = 10_000

export async function costOfMany(browser: Browser, url: string, systems: number, seconds: number): Promise<Cost> {
  const context = await browser.newContext({ viewport: DESK })
  try {
    const page = await context.newPage()
    await page.addInitScript(observe)
    await page.goto(url)
    await page
      .locator('[data-system]')
      .nth(systems - 1)
      .waitFor({ state: 'attached' })
    await page.waitForTimeout(SETTLE_MS)
    const firstLayoutShift = await page.evaluate(() => window.layoutShift)
    await page.evaluate(() => {
      window.longTasks = []
      window.layoutShift = 0
    })
    const before = await rendererSeconds(browser)
    const began = performance.now()
    await page.waitForTimeout(seconds * 1000)
    const used = (await rendererSeconds(browser)) - before
    const corePercent = (100 * used) / ((performance.now() - began) / 1000)
    const noted = await page.evaluate(() => ({ tasks: window.longTasks, shift: window.layoutShift }))
    return { corePercent, longestTaskMs: Math.max(0, ...noted.tasks), layoutShift: noted.shift, firstLayoutShift }
  } finally {
    await context.close()
  }
}

/** What all renderers have used of the processor. The browser has only one page. */
async function rendererSeconds(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime, 0)
}

/** This runs in the page. Only tasks of 50 ms and more are told. */
function observe(): void {
  window.longTasks = []
  window.layoutShift = 0
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longTasks.push(duration)
  }).observe({ type: 'longtask', buffered: true })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if ('value' in entry) window.layoutShift += Number(entry.value)
  }).observe({ type: 'layout-shift', buffered: true })
}

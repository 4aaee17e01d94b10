import { gzipSync } from 'node:zlib'
import type { Browser, Page, Response } from 'playwright-core'
import { DESK } from './browser.ts'

/** What is loaded until a screen is useful, gzipped, in bytes; and whatever came from elsewhere. */
export type Loaded = { scripts: number; styles: number; laterScripts: number; elsewhere: string[] }

/** Opens the Overview until it is useful, then a system until its charts are drawn. */
export async function loadedBytes(browser: Browser, url: string): Promise<Loaded> {
  const context = await browser.newContext({ viewport: DESK })
  try {
    const page = await context.newPage()
    const elsewhere: string[] = []
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== url) elsewhere.push(request.url())
    })
    const first = await gathered(page, async () => {
      await page.goto(url)
      await page.locator('[data-system] [data-row]').first().waitFor()
    })
    const later = await gathered(page, async () => {
      await page.locator('[data-system] a').first().click()
      await page.locator('[data-metric] [data-drawn]').first().waitFor()
    })
    return {
      scripts: first.script ?? 0,
      styles: (first.stylesheet ?? 0) + (later.stylesheet ?? 0),
      laterScripts: later.script ?? 0,
      elsewhere,
    }
  } finally {
    await context.close()
  }
}

/** The gzipped bytes of what came while something was done, by what it is. */
async function gathered(page: Page, act: () => Promise<void>): Promise<{ script?: number; stylesheet?: number }> {
  const came: Response[] = []
  const note = (response: Response): unknown => came.push(response)
  page.on('response', note)
  await act()
  page.off('response', note)
  const sums: Record<string, number> = {}
  for (const response of came) {
    const kind = response.request().resourceType()
    if (kind === 'script' || kind === 'stylesheet')
      sums[kind] = (sums[kind] ?? 0) + gzipSync(await response.body()).length
  }
  return sums
}

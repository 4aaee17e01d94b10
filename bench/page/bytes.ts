import { gzipSync } from 'node:zlib'
import type { Browser, Response } from 'playwright-core'
import { DESK } from './browser.ts'
import { watchCards } from './readable.ts'

/** What is loaded, gzipped, in bytes; and whatever was asked of another host. */
export type Loaded = {
  /** Asked for before the Overview could be read. */
  scripts: number
  /** Asked for after that: the other screens and the charts, which come while nothing else is to do. */
  laterScripts: number
  styles: number
  elsewhere: string[]
}

/** Opens the Overview until it can be read, then a system until its charts are drawn. */
export async function loadedBytes(browser: Browser, url: string, cards: number): Promise<Loaded> {
  const context = await browser.newContext({ viewport: DESK })
  try {
    const page = await context.newPage()
    const elsewhere: string[] = []
    const came: Response[] = []
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== url) elsewhere.push(request.url())
    })
    page.on('response', (response) => came.push(response))
    await page.addInitScript(watchCards, cards)
    await page.goto(url)
    const early = await page.evaluate(async () => {
      const { writtenAt } = await window.cardsReadable
      const asked = performance.getEntriesByType('resource').filter(({ startTime }) => startTime < writtenAt)
      return asked.map(({ name }) => name)
    })
    await page.locator('[data-system] a').first().click()
    await page.locator('[data-metric] [data-drawn]').first().waitFor()
    const bytesOf = async (kind: string, wanted: (address: string) => boolean): Promise<number> => {
      const those = came.filter((each) => each.request().resourceType() === kind && wanted(each.url()))
      const sizes = await Promise.all(those.map(async (each) => gzipSync(await each.body()).length))
      return sizes.reduce((sum, size) => sum + size, 0)
    }
    return {
      scripts: await bytesOf('script', (address) => early.includes(address)),
      laterScripts: await bytesOf('script', (address) => !early.includes(address)),
      styles: await bytesOf('stylesheet', () => true),
      elsewhere,
    }
  } finally {
    await context.close()
  }
}

import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

/** A page of one's own, and what went wrong on it: anything that throws, and any request to another host. */
export type OpenedPage = AsyncDisposable & { page: Page; complaints: string[] }

export async function openPage(browser: Browser, url: string, look: BrowserContextOptions = {}): Promise<OpenedPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', ...look })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`))
  page.on('request', (request) => {
    if (new URL(request.url()).hostname !== '127.0.0.1') complaints.push(`asks elsewhere: ${request.url()}`)
  })
  await page.goto(url)
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() }
}

import { STORY_START } from '@headroom/web/dev/fixture-clock.ts'
import { holdTime } from '@headroom/web/dev/held-time.ts'
import type { Browser, BrowserContext, Page } from 'playwright-core'

const PATIENCE_MS = 30_000
export type Look = { width: number; height: number; scheme: 'light' | 'dark' }

/**
 * A page in which one story is told after another, all under one host. The program is read and compiled for the first of
 * them; a page opened anew for each would spend most of its time on that.
 */
export class Stage implements AsyncDisposable {
  readonly page: Page
  readonly host: string
  readonly #context: BrowserContext

  private constructor(context: BrowserContext, page: Page, host: string) {
    this.#context = context
    this.page = page
    this.host = host
  }

  static async open(browser: Browser, host: string): Promise<Stage> {
    const context = await browser.newContext({
      reducedMotion: 'reduce',
      locale: 'en-GB',
      timezoneId: 'Europe/Amsterdam',
    })
    const page = await context.newPage()
    page.setDefaultTimeout(PATIENCE_MS)
    await holdTime(page, STORY_START)
    return new Stage(context, page, host)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.close()
  }

  async light({ width, height, scheme }: Look): Promise<void> {
    await this.page.mouse.move(0, 0)
    await this.page.emulateMedia({ colorScheme: scheme })
    await this.page.setViewportSize({ width, height })
  }

  /** Nothing of what a story left behind is there for the next one. @param blank a page of the same host, without a program */
  async clear(blank: string): Promise<void> {
    await this.page.goto(blank)
    await this.page.evaluate(() => {
      localStorage.clear()
      sessionStorage.clear()
    })
    await this.#context.clearCookies()
  }
}

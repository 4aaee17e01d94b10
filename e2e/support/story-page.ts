import { address } from '@headroom/web/dev/fixture-server.ts'
import type { Fixture, OpenedStory } from '@headroom/web/dev/fixture-server.ts'
import { StillClock, STORY_START } from '@headroom/web/dev/fixture-clock.ts'
import type { Act, Story } from '@headroom/web/dev/stories/story.ts'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { AtRest } from './at-rest.ts'
import { holdTime } from '@headroom/web/dev/held-time.ts'

const PATIENCE_MS = 30_000
export type Look = { width: number; height: number; scheme: 'light' | 'dark' }

/** A story opened in a browser, at a time that stands still: its page, and all that it complains of. */
export class StoryPage implements AsyncDisposable {
  readonly page: Page
  readonly complaints: string[] = []
  readonly #story: Story
  readonly #context: BrowserContext
  readonly #opened: OpenedStory
  readonly #clock: StillClock
  readonly #rest: AtRest

  private constructor(story: Story, context: BrowserContext, page: Page, opened: OpenedStory, clock: StillClock) {
    this.page = page
    this.#story = story
    this.#context = context
    this.#opened = opened
    this.#clock = clock
    this.#rest = new AtRest(page, opened.heldBack)
    this.#listen()
  }

  static async open(browser: Browser, fixture: Fixture, story: Story, look: Look): Promise<StoryPage> {
    const clock = new StillClock(STORY_START)
    const opened = fixture.open(story, clock)
    const context = await browser.newContext({
      viewport: { width: look.width, height: look.height },
      colorScheme: look.scheme,
      reducedMotion: 'reduce',
      locale: 'en-GB',
      timezoneId: 'Europe/Amsterdam',
    })
    const page = await context.newPage()
    page.setDefaultTimeout(PATIENCE_MS)
    const self = new StoryPage(story, context, page, opened, clock)
    try {
      await holdTime(page, STORY_START)
      await page.goto(address(opened))
      await self.atRest()
      for (const act of story.act ?? []) await self.#do(act)
      await page.locator(story.shows).first().waitFor({ state: 'visible' })
      await self.atRest()
    } catch (error) {
      await context.close()
      throw error
    }
    return self
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.close()
  }

  atRest(): Promise<void> {
    return this.#rest.reached()
  }

  /** The same page in another window; what the pointer and the scrolling did is done again. */
  async look({ width, height, scheme }: Look): Promise<void> {
    await this.page.mouse.move(0, 0)
    await this.page.emulateMedia({ colorScheme: scheme })
    await this.page.setViewportSize({ width, height })
    await this.atRest()
    for (const act of this.#story.act ?? []) if ('hover' in act || 'scrollTo' in act) await this.#do(act)
  }

  /** Makes the window as high as the page is, so that all of it is drawn. */
  async stretch(tallest: number): Promise<void> {
    const { width, height } = await this.page.evaluate(() => ({
      width: window.innerWidth,
      height: document.documentElement.scrollHeight,
    }))
    await this.page.setViewportSize({ width, height: Math.min(tallest, height) })
    await this.atRest()
  }

  #listen(): void {
    const own = new URL(this.#opened.url).host
    this.page.on('pageerror', (error) => this.complaints.push(`throws: ${error.message}`))
    this.page.on('request', (request) => {
      const { protocol, host } = new URL(request.url())
      if (protocol.startsWith('http') && host !== own) this.complaints.push(`asks elsewhere: ${request.url()}`)
    })
    this.page.on('console', (message) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return
      if (this.#story.logs?.test(message.text()) !== true) this.complaints.push(`logs: ${message.text()}`)
    })
  }

  async #do(act: Act): Promise<void> {
    const { page } = this
    if ('press' in act) await page.keyboard.press(act.press)
    else if ('click' in act) await page.locator(act.click).first().click()
    else if ('fill' in act) await page.locator(act.fill).first().fill(act.with)
    else if ('scrollTo' in act) await page.locator(act.scrollTo).first().scrollIntoViewIfNeeded()
    else if ('hangUp' in act) this.#opened.hangUp()
    else if ('endAccess' in act) this.#opened.endAccess()
    else if ('waitFor' in act) await page.locator(act.waitFor).first().waitFor({ state: 'visible' })
    else if ('pass' in act) await this.#pass(act.pass)
    else await this.#pointAt(act.hover, act.at ?? [0.5, 0.5])
    await this.atRest()
  }

  async #pointAt(place: string, [across, down]: readonly [number, number]): Promise<void> {
    const box = await this.page.locator(place).first().boundingBox()
    if (box === null) throw new Error(`${place} cannot be pointed at: it is not to be seen.`)
    await this.page.mouse.move(box.x + box.width * across, box.y + box.height * down)
  }

  /** Time goes on from one due timer to the next, and the page comes to rest after each. */
  async #pass(ms: number): Promise<void> {
    const end = this.#clock.now() + ms
    while (this.#clock.now() < end) {
      const due = await this.page.evaluate(() => window.heldTime.nextDue())
      const next = Math.min(end, Math.max(this.#clock.now() + 1, due ?? end))
      this.#clock.advance(next - this.#clock.now())
      this.#opened.goOn()
      await this.page.evaluate((time) => window.heldTime.moveTo(time), next)
      await this.atRest()
    }
  }
}

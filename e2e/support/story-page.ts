import { address } from '@headroom/web/dev/fixture-server.ts'
import type { OpenedStory } from '@headroom/web/dev/fixture-server.ts'
import type { StillClock } from '@headroom/web/dev/fixture-clock.ts'
import type { Act, Story } from '@headroom/web/dev/stories/story.ts'
import type { ConsoleMessage, Locator, Page, Request } from 'playwright-core'
import { AtRest } from './at-rest.ts'
import type { Look, Stage } from './stage.ts'
import type { Told } from './stages.ts'

/** So much of what a story shows has to be in the window, px. */
const LEAST_SEEN = 80

/** A story opened in a browser, at a time that stands still: its page, and all that it complains of. */
export class StoryPage implements Disposable {
  readonly page: Page
  readonly complaints: string[] = []
  readonly #story: Story
  readonly #stage: Stage
  readonly #opened: OpenedStory
  readonly #clock: StillClock
  readonly #rest: AtRest

  private constructor({ story, opened, clock, stage }: Told) {
    this.page = stage.page
    this.#story = story
    this.#stage = stage
    this.#opened = opened
    this.#clock = clock
    this.#rest = new AtRest(this.page, opened)
    this.page.on('pageerror', this.#heard.error).on('request', this.#heard.request).on('console', this.#heard.log)
  }

  static async open(told: Told, look: Look): Promise<StoryPage> {
    const { story, opened, stage } = told
    await stage.light(look)
    const self = new StoryPage(told)
    try {
      await self.page.goto(address(opened))
      await self.atRest()
      for (const act of story.act ?? []) await self.#do(act)
      await self.#shows().first().waitFor({ state: 'visible' })
      await self.look(look)
    } catch (error) {
      self[Symbol.dispose]()
      throw error
    }
    return self
  }

  /** It is listened to no longer; its page stays. */
  [Symbol.dispose](): void {
    this.page.off('pageerror', this.#heard.error).off('request', this.#heard.request).off('console', this.#heard.log)
    this.#rest[Symbol.dispose]()
  }

  atRest(): Promise<void> {
    return this.#rest.reached()
  }

  /** The same page in another window, scrolled to what the story shows; what is undone by that is done again. */
  async look(look: Look): Promise<void> {
    await this.#stage.light(look)
    await this.atRest()
    await this.#comeToWhatIsShown()
    for (const act of this.#story.act ?? []) if ('hover' in act || 'scrollTo' in act) await this.#do(act)
    // A chart of another width asks anew, and what came of asking takes as long as it did before.
    for (const act of this.#story.act ?? [])
      if ('pass' in act && !(await this.#shows().first().isVisible())) await this.#do(act)
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

  readonly #heard = {
    error: (error: Error): void => {
      this.complaints.push(`throws: ${error.message}`)
    },
    request: (request: Request): void => {
      const { protocol, host } = new URL(request.url())
      if (protocol.startsWith('http') && host !== new URL(this.#opened.url).host)
        this.complaints.push(`asks elsewhere: ${request.url()}`)
    },
    log: (message: ConsoleMessage): void => {
      if (message.type() !== 'error' && message.type() !== 'warning') return
      if (this.#story.logs?.test(message.text()) !== true) this.complaints.push(`logs: ${message.text()}`)
    },
  }

  #shows(): Locator {
    return this.page.locator(this.#story.shows)
  }

  async #comeToWhatIsShown(): Promise<void> {
    await this.page.evaluate(() => window.scrollTo(0, 0))
    await this.atRest()
    // In another window it may not be drawn before it is come to.
    for (let moved = true; moved && (await this.#shows().count()) === 0;) {
      moved = await this.page.evaluate(() => {
        const before = window.scrollY
        window.scrollBy(0, window.innerHeight / 2)
        return window.scrollY > before
      })
      await this.atRest()
    }
    await this.#shows().evaluateAll(([shown], least) => {
      const { top = 0, bottom = window.innerHeight } = shown?.getBoundingClientRect() ?? {}
      if (top + least > window.innerHeight || bottom < least) shown?.scrollIntoView({ block: 'center' })
    }, LEAST_SEEN)
    await this.atRest()
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
      // What is said is heard before anything is put off no longer: whichever came first would show.
      await this.atRest()
      await this.page.evaluate((time) => window.heldTime.moveTo(time), next)
      await this.atRest()
    }
  }
}

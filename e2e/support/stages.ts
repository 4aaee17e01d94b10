import { StillClock, STORY_START } from '@headroom/web/dev/fixture-clock.ts'
import { BLANK, type Fixture, type OpenedStory, startFixture } from '@headroom/web/dev/fixture-server.ts'
import type { Story } from '@headroom/web/dev/stories/story.ts'
import type { Browser } from 'playwright-core'
import { openBrowser } from './browser.ts'
import { Stage } from './stage.ts'

/** A story that is ready to be looked at: its world, the time there, and the page that it is told in until this is disposed of. */
export type Told = AsyncDisposable & { story: Story; opened: OpenedStory; clock: StillClock; stage: Stage }

/** As many stages as stories are told side by side, with the browser and the fixture behind them. */
export class Stages implements AsyncDisposable {
  readonly browser: Browser
  readonly #fixture: Fixture
  readonly #free: Stage[] = []
  #made = 0

  private constructor(browser: Browser, fixture: Fixture) {
    this.browser = browser
    this.#fixture = fixture
  }

  static async open(): Promise<Stages> {
    const [browser, fixture] = await Promise.all([openBrowser(), startFixture({ port: 0 })])
    return new Stages(browser, fixture)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser.close()
    await this.#fixture[Symbol.asyncDispose]()
  }

  async tell(story: Story): Promise<Told> {
    // Where files cannot be had, they may not be at hand from the story before.
    const alone = story.world.lost !== undefined
    const stage = (alone ? undefined : this.#free.pop()) ?? (await this.#make())
    const clock = new StillClock(STORY_START)
    const opened = this.#fixture.open(story, clock, stage.host)
    return {
      story,
      opened,
      clock,
      stage,
      [Symbol.asyncDispose]: () => (alone ? stage[Symbol.asyncDispose]() : this.#takeBack(stage, opened)),
    }
  }

  #make(): Promise<Stage> {
    this.#made += 1
    return Stage.open(this.browser, `stage-${this.#made}.localhost`)
  }

  async #takeBack(stage: Stage, { url }: OpenedStory): Promise<void> {
    try {
      await stage.clear(`${url}${BLANK}`)
    } catch {
      // Its page has crashed, or does nothing any more: the next story is told on another.
      await stage[Symbol.asyncDispose]()
      return
    }
    this.#free.push(stage)
  }
}

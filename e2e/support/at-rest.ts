import type { OpenStory } from '@headroom/web/dev/open-story.ts'
import type { Page, Request } from 'playwright-core'

const PATIENCE_MS = 30_000
const QUIET_FRAMES = 3
/** Nobody says that a question will stay open: it is looked again this soon. */
const LOOK_AGAIN_MS = 20

/** Knows when a page whose time is held has nothing left to do. */
export class AtRest implements Disposable {
  readonly #page: Page
  readonly #asked = new Set<Request>()
  readonly #story: OpenStory
  #changed = Promise.withResolvers<void>()

  /** @param story knows what is asked and will not be answered, and what it has said by itself */
  constructor(page: Page, story: OpenStory) {
    this.#page = page
    this.#story = story
    page.on('request', this.#begins).on('requestfinished', this.#ends).on('requestfailed', this.#ends)
  }

  [Symbol.dispose](): void {
    this.#page.off('request', this.#begins).off('requestfinished', this.#ends).off('requestfailed', this.#ends)
  }

  /** Resolves once nothing is asked for, all that was said is heard, and neither a timer nor a frame waits to change the page. */
  async reached(): Promise<void> {
    const { promise: late, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(() => reject(new Error(`The page does not come to rest: ${this.#words()}.`)), PATIENCE_MS)
    try {
      for (let said = NaN; this.#waitedFor().length > 0 || said !== this.#story.live.said;) {
        while (this.#waitedFor().length > 0) await Promise.race([this.#changed.promise, lookAgain(), late])
        ;({ said } = this.#story.live)
        while ((await Promise.race([this.#heard(), late])) !== this.#story.live.said) await lookAgain()
        const still = this.#page.evaluate((frames) => window.heldTime.untilAtRest(frames), QUIET_FRAMES)
        await Promise.race([still, late])
      }
    } finally {
      clearTimeout(timer)
    }
  }

  readonly #begins = (request: Request): void => {
    this.#asked.add(request)
  }

  readonly #ends = (request: Request): void => {
    this.#asked.delete(request)
    this.#changed.resolve()
    this.#changed = Promise.withResolvers()
  }

  #heard(): Promise<number> {
    return this.#page.evaluate(() => window.heldTime.heard())
  }

  #waitedFor(): string[] {
    return [...this.#asked]
      .map((request) => new URL(request.url()))
      .map(({ pathname, search }) => `${pathname}${search}`)
      .filter((path) => !this.#story.heldBack.has(path))
  }

  #words(): string {
    const waiting = this.#waitedFor()
    return waiting.length > 0
      ? `${waiting.join(', ')} not answered`
      : 'it asks for timers or frames without end, or does not hear what is said'
  }
}

function lookAgain(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, LOOK_AGAIN_MS)
  })
}

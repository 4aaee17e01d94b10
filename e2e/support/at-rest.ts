import type { Page, Request } from 'playwright-core'

const PATIENCE_MS = 10_000
const QUIET_FRAMES = 3

/** Knows when a page whose time is held has nothing left to do. */
export class AtRest {
  readonly #page: Page
  readonly #asked = new Set<Request>()
  readonly #ignored: (url: URL) => boolean
  #changed = Promise.withResolvers<void>()

  /** @param ignored requests that are not waited for, because nobody will answer them */
  constructor(page: Page, ignored: (url: URL) => boolean) {
    this.#page = page
    this.#ignored = ignored
    page.on('request', (request) => {
      if (!this.#ignored(new URL(request.url()))) this.#asked.add(request)
    })
    const over = (request: Request): void => {
      this.#asked.delete(request)
      this.#changed.resolve()
      this.#changed = Promise.withResolvers()
    }
    page.on('requestfinished', over)
    page.on('requestfailed', over)
  }

  /** Resolves once nothing is asked for, and neither a timer nor a frame waits to change the page. */
  async reached(): Promise<void> {
    const { promise: late, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(() => reject(new Error(`The page does not come to rest: ${this.#words()}.`)), PATIENCE_MS)
    try {
      do {
        while (this.#asked.size > 0) await Promise.race([this.#changed.promise, late])
        const still = this.#page.evaluate((frames) => window.heldTime.untilAtRest(frames), QUIET_FRAMES)
        await Promise.race([still, late])
      } while (this.#asked.size > 0)
    } finally {
      clearTimeout(timer)
    }
  }

  #words(): string {
    const waiting = [...this.#asked].map((request) => new URL(request.url()).pathname)
    return waiting.length > 0 ? `${waiting.join(', ')} not answered` : 'it asks for timers or frames without end'
  }
}

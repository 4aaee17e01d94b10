import type { Page, Request } from 'playwright-core'

const PATIENCE_MS = 30_000
const QUIET_FRAMES = 3
/** Nobody says that a question will stay open: it is looked again this soon. */
const LOOK_AGAIN_MS = 20

/** Knows when a page whose time is held has nothing left to do. */
export class AtRest {
  readonly #page: Page
  readonly #asked = new Set<Request>()
  readonly #heldBack: ReadonlySet<string>
  #changed = Promise.withResolvers<void>()

  /** @param heldBack paths of what is asked and not answered, as the server knows them: they are not waited for */
  constructor(page: Page, heldBack: ReadonlySet<string>) {
    this.#page = page
    this.#heldBack = heldBack
    page.on('request', (request) => this.#asked.add(request))
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
        while (this.#waitedFor().length > 0) await Promise.race([this.#changed.promise, lookAgain(), late])
        const still = this.#page.evaluate((frames) => window.heldTime.untilAtRest(frames), QUIET_FRAMES)
        await Promise.race([still, late])
      } while (this.#waitedFor().length > 0)
    } finally {
      clearTimeout(timer)
    }
  }

  #waitedFor(): string[] {
    return [...this.#asked]
      .map((request) => new URL(request.url()))
      .map(({ pathname, search }) => `${pathname}${search}`)
      .filter((path) => !this.#heldBack.has(path))
  }

  #words(): string {
    const waiting = this.#waitedFor()
    return waiting.length > 0 ? `${waiting.join(', ')} not answered` : 'it asks for timers or frames without end'
  }
}

function lookAgain(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, LOOK_AGAIN_MS)
  })
}

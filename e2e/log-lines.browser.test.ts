import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violations } from './support/axe.ts'
import { openBrowser } from './support/browser.ts'
import { startCollector } from './support/collector.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

/** A log that a system writes while it is being watched. */
class WrittenLog implements AsyncDisposable {
  readonly file: string
  readonly #folder: string

  private constructor(folder: string) {
    this.#folder = folder
    this.file = join(folder, 'app.log')
  }

  static async open(): Promise<WrittenLog> {
    const log = new WrittenLog(await mkdtemp(join(tmpdir(), 'headroom-log-')))
    await writeFile(log.file, 'MemoryError of last week\n')
    return log
  }

  write(...lines: string[]): Promise<void> {
    return appendFile(this.file, lines.map((line) => `${line}\n`).join(''))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
  }
}

const yaml = (file: string): string => `systems:
  - id: tutor
    preset: fastapi-on-render
    sources:
      - { type: log, id: app, file: ${JSON.stringify(file)}, every: 1s }
`

async function open(url: string): Promise<AsyncDisposable & { page: Page; complaints: string[] }> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(url)
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() }
}

const flagOf = (page: Page, id: string): Locator => page.locator(`[data-flag="${id}"]`)

describe('a flag that is raised by lines of a log', () => {
  it('shows the lines themselves, the newest first, and those that come while it is looked at', async () => {
    await using log = await WrittenLog.open()
    await using app = await startCollector(yaml(log.file))
    await using opened = await open(`${app.url}/systems/tutor`)
    const { page, complaints } = opened
    const flag = flagOf(page, 'log-memory-error')
    await flag.and(page.locator('[data-mark="ok"]')).locator('summary').click()
    await flag.getByText('None was found in the last 7 days.').waitFor()

    await log.write(
      'quiet',
      'MemoryError for ada@example.com, password=hunter2',
      `MemoryError ${'while it grew '.repeat(20)}`,
    )
    await flag.and(page.locator('[data-standing="firing"]')).waitFor()
    const lines = flag.locator('[data-pattern="memory-error"] ol code')
    await lines.nth(1).waitFor()
    expect(await lines.count()).toBe(2)
    expect(await lines.nth(0).textContent()).toMatch(/^MemoryError (while it grew )+.*…$/)
    expect(await lines.nth(1).textContent()).toBe('MemoryError for [e-mail], password=[secret]')
    const said = (await page.locator('body').textContent()) ?? ''
    for (const secret of ['hunter2', 'ada@example.com', 'of last week']) expect(said).not.toContain(secret)

    await flag.getByRole('button', { name: 'Whole line' }).press('Enter')
    await expect.poll(() => lines.nth(0).textContent()).not.toContain('…')
    await flag
      .getByRole('button', { name: /Copy the line/ })
      .first()
      .press('Enter')
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(await lines.nth(0).textContent())

    await log.write('MemoryError, and again')
    await lines.getByText('MemoryError, and again').waitFor()
    expect(await lines.nth(0).textContent()).toBe('MemoryError, and again')
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
  })

  it('folds away what is more than a few, says how many were not kept, and is one mark on the time axis', async () => {
    await using log = await WrittenLog.open()
    await using app = await startCollector(yaml(log.file))
    await using opened = await open(`${app.url}/systems/tutor?range=5m`)
    const { page } = opened
    const flag = flagOf(page, 'log-memory-error')
    await flag.and(page.locator('[data-mark="ok"]')).waitFor()

    await log.write(...Array.from({ length: 60 }, (_, index) => `MemoryError ${index}`))
    await flag
      .and(page.locator('[data-standing="firing"]'))
      .getByText('and 55 more after it, counted and not kept')
      .waitFor()
    expect(await flag.locator('[data-pattern] ol code').allTextContents()).toEqual(
      [4, 3, 2, 1, 0].map((each) => `MemoryError ${each}`),
    )
    await page
      .getByRole('region', { name: 'Flags and notes over time' })
      .getByText(/log: about \d\d log lines: memory-error/)
      .waitFor({ state: 'attached' })
  })

  it('stands beside the good signs of the log, with when each was last there', async () => {
    await using log = await WrittenLog.open()
    await using app = await startCollector(yaml(log.file))
    await using opened = await open(`${app.url}/systems/tutor`)
    const { page } = opened
    const sign = page.locator('[data-sign="booting-worker"]')
    await sign.scrollIntoViewIfNeeded()
    await sign.getByText('not in the last 7 days').waitFor()
    await log.write('[INFO] Booting worker with pid: 8')
    await sign.getByText(/^\d+\ss ago, \d\d:\d\d$/).waitFor()
    await page.locator('[data-sign="listening"]').getByText('not in the last 7 days').waitFor()
    expect(await page.locator('[data-flag="log-memory-error"][data-standing="firing"]').count()).toBe(0)
  })
})

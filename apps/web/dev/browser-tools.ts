import { createRequire } from 'node:module'
import { join } from 'node:path'
import type * as Playwright from 'playwright-core'

/** The browser driver and axe are the browser tests' own dependencies: they are borrowed from there. */
const borrow = createRequire(join(import.meta.dirname, '../../../e2e/package.json'))

export type Page = Playwright.Page
type Violation = { id: string; nodes: { html: string; failureSummary?: string }[] }
type Axe = { AxeBuilder: new (options: { page: Page }) => { analyze: () => Promise<{ violations: Violation[] }> } }

export function launch(): Promise<Playwright.Browser> {
  const { chromium } = borrow('playwright-core') as typeof Playwright
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
}

export async function violationsOf(page: Page): Promise<Violation[]> {
  const { AxeBuilder } = borrow('@axe-core/playwright') as Axe
  return (await new AxeBuilder({ page }).analyze()).violations
}

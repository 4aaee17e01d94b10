import axe, { type RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Every violation of WCAG 2.2 AA on the page as it stands, in words; an accessible page gives none. */
export function violations(page: Page): Promise<string[]> {
  return run(page, { runOnly: TAGS })
}

/** Only what depends on colours: what there is to ask of a page again once its colour scheme has changed. */
export function colourViolations(page: Page): Promise<string[]> {
  return run(page, { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } })
}

async function run(page: Page, options: RunOptions): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  return page.evaluate(async (asked) => {
    const { violations: found } = await window.axe.run(document, { ...asked, resultTypes: ['violations'] })
    return found.map(
      ({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target }) => target.join(' ')).join('; ')})`,
    )
  }, options)
}

declare global {
  interface Window {
    axe: typeof axe
  }
}

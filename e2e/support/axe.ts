import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** Every violation of WCAG 2.2 AA on the page as it stands, in words; an accessible page gives none. */
export async function violations(page: Page): Promise<string[]> {
  const result = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  return result.violations.map(
    (violation) =>
      `${violation.id}: ${violation.help} (${violation.nodes.map((node) => node.target.join(' ')).join('; ')})`,
  )
}

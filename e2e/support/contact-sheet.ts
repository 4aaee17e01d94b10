import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'

export type Picture = { file: string; caption: string }

const WIDTH = 1920

/** Several pictures side by side under their names, to look at them together. */
export async function contactSheet(
  browser: Browser,
  pictures: readonly Picture[],
  options: { columns: number; file: string },
): Promise<void> {
  const figures = await Promise.all(pictures.map(figureOf))
  const context = await browser.newContext({ viewport: { width: WIDTH, height: 400 } })
  try {
    const page = await context.newPage()
    await page.setContent(
      `<style>body { margin: 0; padding: 8px; display: grid; gap: 8px; align-items: start; background: #777; font: 13px system-ui;
        grid-template-columns: repeat(${options.columns}, 1fr) } figure { margin: 0 } img { width: 100%; display: block }
        figcaption { color: #fff; padding: 2px }</style>${figures.join('')}`,
    )
    await page.screenshot({ path: options.file, fullPage: true })
  } finally {
    await context.close()
  }
}

async function figureOf({ file, caption }: Picture): Promise<string> {
  const image = (await readFile(file)).toString('base64')
  return `<figure><figcaption>${caption}</figcaption><img alt="" src="data:image/png;base64,${image}"></figure>`
}

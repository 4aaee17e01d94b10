import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { launch } from './browser-tools.ts'

// Several screenshots side by side, to look at them together: `node dev/contact-sheet.ts OUT.png NAME...`.
const [out = 'sheet.png', ...names] = process.argv.slice(2)
const images = names.map(
  (name) =>
    `<img style="flex:1;min-width:0;border:1px solid #888" src="data:image/png;base64,${readFileSync(join(import.meta.dirname, 'screenshots', `${name}.png`)).toString('base64')}">`,
)
const browser = await launch()
const page = await browser.newPage({ viewport: { width: 1950, height: 400 } })
await page.setContent(`<body style="margin:0;display:flex;gap:8px;align-items:start">${images.join('')}</body>`)
await page.screenshot({ path: out, fullPage: true })
await browser.close()

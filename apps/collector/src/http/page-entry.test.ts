import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createPageEntry } from './page-entry.ts'

const page = (script: string): string =>
  `<!doctype html><html><head><script>0</script>\n<script type="module" crossorigin src="/assets/${script}"></script></head></html>`

test('the entry script of the page as it is built now; none without a build', async () => {
  const root = await mkdtemp(join(tmpdir(), 'headroom-page-'))
  let now = 0
  const entry = createPageEntry(root, () => now)
  expect(await entry()).toBeNull()
  await writeFile(join(root, 'index.html'), page('index-aaaa.js'))
  now = 2_000
  expect(await entry()).toBe('index-aaaa.js')
  await writeFile(join(root, 'index.html'), page('index-bbbbbb.js'))
  now = 4_000
  expect(await entry()).toBe('index-bbbbbb.js')
  await rm(root, { recursive: true })
})

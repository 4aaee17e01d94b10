import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { codeIn, loadExample } from '../testing/document.ts'
import { RedisOptions } from './schema.ts'

test('the examples of docs/sources/redis.md are accepted, without a warning', async () => {
  const examples = await codeIn('redis.md', 'yaml')
  expect(examples.length).toBeGreaterThan(0)
  for (const example of examples) {
    const loaded = loadExample(example)
    expect(loaded).toMatchObject({ ok: true, warnings: [] })
    const sources = loaded.ok ? loaded.config.systems.flatMap((system) => system.sources) : []
    expect(sources.map(({ type }) => type)).toContain('redis')
  }
})

test('docs/sources/redis.md names every option', async () => {
  const text = await readFile(new URL('../../../../../docs/sources/redis.md', import.meta.url), 'utf8')
  for (const option of Object.keys(RedisOptions.shape)) expect(text).toContain(`\`${option}\``)
})

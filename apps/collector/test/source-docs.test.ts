import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { loadConfig } from '../src/config/load.ts'
import { loadPresets } from '../src/presets/load.ts'
import { SOURCES } from '../src/sources/index.ts'
import { DERIVATIONS } from '../src/sources/measures/derive.ts'
import { KNOWN } from '../src/sources/measures/known/index.ts'
import { RENDER } from '../src/sources/measures/known/render.ts'
import { isPart } from '../src/sources/measures/rule.ts'

const FOLDER = fileURLToPath(new URL('../../../docs/sources/', import.meta.url))
const pages = globSync('*.md', { cwd: FOLDER, exclude: ['README.md'] }).toSorted()
const page = (name: string): string => readFileSync(`${FOLDER}${name}`, 'utf8')

describe.each(pages)('docs/sources/%s', (name) => {
  const blocks = [...page(name).matchAll(/```yaml\n([^]*?)```/g)].map(([, yaml = '']) => yaml)

  it('is of a kind that there is, and has an example of it', () => {
    const kind = name.replace(/\.md$/, '')
    expect(Object.keys(SOURCES)).toContain(kind)
    expect(blocks.join('\n')).toContain(`type: ${kind}`)
  })

  it('has only examples that the configuration takes as they stand', () => {
    for (const yaml of blocks) {
      const lookup = (variable: string): string => `value-of-${variable}`
      const result = loadConfig(yaml, { lookup, sources: SOURCES, presets: loadPresets() })
      expect(result.ok ? result.warnings : result.problems, yaml).toEqual([])
    }
  })

  it('names every option of the kind', () => {
    const kind = name.replace(/\.md$/, '')
    const schema = SOURCES[kind as keyof typeof SOURCES].schema
    const options =
      'shape' in schema && typeof schema.shape === 'object' && schema.shape !== null ? Object.keys(schema.shape) : []
    for (const option of options) expect(page(name), option).toContain(`\`${option}\``)
  })
})

it('the index has a line for every kind, with its page', () => {
  for (const kind of Object.keys(SOURCES)) {
    expect(pages).toContain(`${kind}.md`)
    expect(page('README.md')).toMatch(new RegExp(`^\\| \\[\`${kind}\`\\]\\(${kind}\\.md\\) \\|`, 'm'))
  }
})

it('the page on otlp names every metric of Render that is known', () => {
  const names = RENDER.map(({ name }) => name.source.replace(/^\^|\$$/g, ''))
  const text = page('otlp.md')
  for (const name of names) {
    const last =
      name
        .replace(/\(.*?\)\?/, '')
        .split('_')
        .at(-1) ?? ''
    expect(text, name).toContain(last)
  }
  for (const { metric } of RENDER) if (!isPart(metric)) expect(text).toContain(`\`${metric}\``)
})

it('the page on prometheus names every metric that series are taken for', () => {
  const metrics = [...KNOWN.map(({ metric }) => metric), ...DERIVATIONS.map(({ metric }) => metric)]
  const missing = new Set(metrics.filter((metric) => !isPart(metric) && !metric.startsWith('render_')))
  for (const metric of missing) {
    const [group = ''] = metric.split('.')
    const text = page('prometheus.md')
    if (text.includes(`\`${metric}\``) || text.includes(`\`${group}.*\``)) missing.delete(metric)
  }
  expect([...missing]).toEqual([])
})

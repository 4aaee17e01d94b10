import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { METRICS } from '@headroom/shared/metrics.ts'
import { expect, it } from 'vitest'
import { SOURCES, type SourceOptions } from './index.ts'

it('every source is listed under its own kind', () => {
  for (const [kind, module] of Object.entries(SOURCES)) expect(module.kind).toBe(kind)
})

it('knows the options of each kind by type', () => {
  const options: Pick<SourceOptions<'host'>, 'processes' | 'everyMs'> = { processes: 5, everyMs: 5_000 }
  expect(options.processes).toBe(SOURCES.host.schema.parse({}).processes)
})

it('every kind that lists what it gives names each metric that its code speaks of', () => {
  for (const [kind, module] of Object.entries(SOURCES)) {
    const { gives } = module
    if (typeof gives !== 'object') continue
    const files = globSync(`${kind}/**/*.ts`, {
      cwd: import.meta.dirname,
      exclude: ['**/*.test.ts', '**/testing/**', `${kind}/${kind}.ts`],
    })
    const code = files.map((file) => readFileSync(join(import.meta.dirname, file), 'utf8')).join('\n')
    const named = Object.keys(METRICS).filter((metric) => metric.includes('.') && code.includes(`'${metric}'`))
    expect(
      named.filter((metric) => !gives.some((given) => given === metric)),
      kind,
    ).toEqual([])
  }
})

import { expect, it } from 'vitest'
import { SOURCES, type SourceOptions } from './index.ts'

it('every source is listed under its own kind', () => {
  for (const [kind, module] of Object.entries(SOURCES)) expect(module.kind).toBe(kind)
})

it('knows the options of each kind by type', () => {
  const options: Pick<SourceOptions<'host'>, 'processes' | 'everyMs'> = { processes: 5, everyMs: 5_000 }
  expect(options.processes).toBe(SOURCES.host.schema.parse({}).processes)
})

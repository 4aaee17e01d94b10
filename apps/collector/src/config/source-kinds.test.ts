import { SourceKindView } from '@headroom/shared/model/source-kind.ts'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { loadPresets } from '../presets/load.ts'
import { SOURCES } from '../sources/index.ts'
import type { SourceModule } from '../sources/types.ts'
import { presetViews } from './preset-views.ts'
import { sourceKinds } from './source-kinds.ts'

const Options = z.strictObject({
  service: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe('One id, or several.'),
  apiKey: z.string().describe('The key.'),
  region: z.enum(['eu', 'us']).default('eu'),
  events: z.boolean().default(true),
  size: z.union([z.int(), z.string().regex(/^[1-9]\d*$/)]).optional(),
  period: z.union([z.number(), z.string()]).optional(),
  ports: z.array(z.int()).optional(),
  match: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  headers: z.record(z.string(), z.string()).default({}),
  follow: z.strictObject({ owner: z.string(), token: z.string().optional() }).optional(),
  command: z.array(z.string()).optional(),
  file: z.string().optional(),
  deep: z.array(z.strictObject({ a: z.string() })).optional(),
})
const made: SourceModule<z.infer<typeof Options>> = {
  kind: 'made',
  title: 'Made up',
  about: 'Nothing.',
  gives: ['queue.length'],
  schema: Options,
  defaults: { everyMs: 15_000, timeoutMs: 5_000, maxSeries: 7, lagMs: 0 },
  describe: () => 'nowhere',
  open: () => {
    throw new Error('nobody opens it')
  },
}

describe('a kind of source, as the screen offers it', () => {
  const [kind] = sourceKinds({ made })
  const option = (name: string): unknown => kind?.options.find((each) => each.name === name)

  it('gives what it says and what every source gives', () => {
    expect(kind).toMatchObject({ title: 'Made up', gives: ['up', 'probe.seconds', 'queue.length'], pushed: false })
  })

  it('has a field that fits each option', () => {
    const shapes = Object.fromEntries((kind?.options ?? []).map(({ name, shape }) => [name, shape]))
    expect(shapes).toMatchObject({
      service: 'list',
      apiKey: 'text',
      region: 'choice',
      events: 'switch',
      size: 'number',
      period: 'text',
      ports: 'numbers',
      match: 'pairs',
      follow: 'group',
      deep: 'other',
      every: 'text',
      maxSeries: 'number',
      labels: 'pairs',
    })
    expect(option('service')).toMatchObject({ orOne: true, required: false, about: 'One id, or several.' })
    expect(option('region')).toMatchObject({ choices: ['eu', 'us'], default: 'eu' })
    expect(option('follow')).toMatchObject({
      options: [
        { name: 'owner', required: true },
        { name: 'token', secret: true },
      ],
    })
  })

  it('puts what must be given first, and what is seldom needed out of sight, with its defaults', () => {
    expect(kind?.options[0]).toMatchObject({ name: 'apiKey', required: true, folded: false })
    expect(option('every')).toMatchObject({ folded: true, default: '15s' })
    expect(option('maxSeries')).toMatchObject({ folded: true, default: 7 })
    expect(option('headers')).toMatchObject({ folded: true })
  })

  it('tells secrets, and what counts only in the file', () => {
    expect([option('apiKey'), option('headers'), option('match')]).toMatchObject([
      { secret: true },
      { secret: true },
      { secret: false },
    ])
    expect([option('command'), option('file'), option('apiKey')]).toMatchObject([
      { reach: 'file' },
      { reach: 'lines' },
      { reach: 'tried' },
    ])
  })
})

it('every kind of this version is as the contract says, and none of its own options is beyond a form', () => {
  for (const kind of sourceKinds(SOURCES)) {
    expect(SourceKindView.safeParse(kind).error, kind.kind).toBeUndefined()
    expect(
      kind.options.filter(({ shape, folded }) => shape === 'other' && !folded),
      kind.kind,
    ).toEqual([])
  }
})

it('a preset has its own flags and those of every system, without what it switches off', () => {
  const workshop = presetViews(loadPresets()).find(({ id }) => id === 'workshop-on-render')
  const ids = workshop?.flags.map(({ id }) => id)
  expect(ids).toContain('down')
  expect(ids).toContain('server-busy')
  expect(ids).not.toContain('memory-high')
})

import type { EventBody } from '@headroom/shared/model/event.ts'
import { createEngine } from '@headroom/shared/rules/engine.ts'
import { World } from '@headroom/shared/world/world.ts'
import { expect, it } from 'vitest'
import { loadConfig } from './config/load.ts'
import { FakeClock } from './lib/fake-clock.ts'
import { applyChange, LiveConfig } from './live-config.ts'
import { loadPresets } from './presets/load.ts'
import { SOURCES } from './sources/index.ts'
import { silentLogger } from './telemetry/logger.ts'

const yaml = (port: number, comment = ''): string =>
  `${comment}\nsystems: [{ id: shop, sources: [{ type: http-json, url: "http://127.0.0.1:${port}/health" }] }]\n`
const load = (text: string): ReturnType<typeof loadConfig> =>
  loadConfig(text, { lookup: () => undefined, sources: SOURCES, presets: loadPresets() })

it('only what says something new is recorded as a change', async () => {
  const first = load(yaml(1))
  if (!first.ok) throw new Error('the test is wrong')
  const config = new LiveConfig(first, 'headroom.yaml', false, 0)
  const world = new World()
  for (const transition of config.transitions(world.told)) world.apply({ at: 0, ...transition })
  const said: string[] = []
  const pipeline = {
    async say(...bodies: EventBody[]): Promise<void> {
      for (const body of bodies) {
        world.apply({ at: 0, ...body })
        said.push(body.kind === 'config' && body.error !== undefined ? 'bad config' : body.kind)
      }
    },
  }
  let replaced = 0
  const replaceSources = async (): Promise<void> => void (replaced += 1)
  const engine = createEngine([], world)
  const save = (text: string): Promise<void> =>
    applyChange(load(text), {
      config,
      world,
      engine,
      pipeline,
      clock: new FakeClock(),
      log: silentLogger,
      replaceSources,
    })
  await save(yaml(1, '# Another comment.'))
  expect([said, replaced]).toEqual([[], 0])
  await save(yaml(2))
  expect([said.splice(0), replaced]).toEqual([['config', 'note'], 1])
  await save('systems: nonsense')
  expect([said.splice(0), replaced]).toEqual([['bad config'], 1])
  await save(yaml(2))
  expect([said.splice(0), config.error]).toEqual([['config', 'note'], undefined])
})

it('of a configuration only what changed is kept: a system by itself, a save that was refused by its error', () => {
  const systems = (limit: number): string =>
    Array.from(
      { length: 200 },
      (_, index) =>
        `  - { id: s${index}, limits: { sessions: ${index === 7 ? limit : 100} }, sources: [{ type: http-json, url: "http://127.0.0.1/${index}" }] }\n`,
    ).join('')
  const first = load(`systems:\n${systems(100)}`)
  const second = load(`systems:\n${systems(50)}`)
  if (!first.ok) throw new Error('the test is wrong')
  const config = new LiveConfig(first, 'headroom.yaml', false, 0)
  const world = new World()
  const kept = (): EventBody[] => {
    const transitions = config.transitions(world.told)
    for (const transition of transitions) world.apply({ at: 0, ...transition })
    return transitions
  }
  expect(kept()).toHaveLength(201)
  expect([...world.definitions.values()]).toEqual(first.compiled.systems)
  const whole = JSON.stringify(first.compiled.systems).length

  config.take(load('systems: 3'), 1)
  const refused = kept()
  expect(refused).toMatchObject([{ kind: 'config', error: expect.stringContaining('must be a list') as string }])
  expect(JSON.stringify(refused).length).toBeLessThan(whole / 100)
  expect(world.definitions.size).toBe(200)

  config.take(second, 2)
  const changed = kept()
  expect(changed).toMatchObject([{ kind: 'definition', system: { id: 's7' } }, { kind: 'config' }])
  expect(JSON.stringify(changed).length).toBeLessThan(whole / 50)
  expect(world.definitions.get('s7')?.limits['sessions']?.value).toBe(50)
})

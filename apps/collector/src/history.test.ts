import type { Event } from '@headroom/shared/model/event.ts'
import type { SystemDefinition } from '@headroom/shared/model/system.ts'
import { expect, it } from 'vitest'
import { worldAt } from './history.ts'
import { loadConfig } from './config/load.ts'
import { LiveConfig } from './live-config.ts'
import { loadPresets } from './presets/load.ts'
import { SOURCES } from './sources/index.ts'
import { MemoryStore } from './store/memory.ts'

function loaded(yaml: string): ReturnType<typeof loadConfig> {
  return loadConfig(yaml, { lookup: () => undefined, sources: SOURCES, presets: loadPresets() })
}

function good(yaml: string): Extract<ReturnType<typeof loadConfig>, { ok: true }> {
  const result = loaded(yaml)
  if (!result.ok) throw new Error('the test is wrong')
  return result
}

const A = '  - { id: a, sources: [{ type: host }] }\n'
const B = (sessions: number): string => `  - { id: b, limits: { sessions: ${sessions} }, sources: [{ type: host }] }\n`

/** Keeps configurations in a store as a collector does: each from what the world of then was told. */
class Keeper {
  readonly store = new MemoryStore()
  #seq = 0

  async keep(config: LiveConfig, at: number): Promise<void> {
    const world = await worldAt(this.store, at)
    const bodies = config.transitions(world.told)
    await this.put(bodies.map((body) => ({ ...body, seq: ++this.#seq, at })))
  }

  async put(events: Event[]): Promise<void> {
    this.#seq = Math.max(this.#seq, ...events.map(({ seq }) => seq))
    await this.store.commit({ seq: this.#seq, at: 0, samples: [], events })
  }

  async systems(at: number): Promise<[string, number | undefined][]> {
    const { definitions } = await worldAt(this.store, at)
    return [...definitions.values()].map((system: SystemDefinition) => [system.id, system.limits['sessions']?.value])
  }
}

it('knows the configuration of every past moment: as an older program kept it, and by what changed since', async () => {
  const keeper = new Keeper()
  const old = good(`systems:\n${A}${B(10)}`)
  await keeper.put([{ seq: 1, at: 10, kind: 'config', demo: false, systems: old.compiled.systems, events: [] }])
  const config = new LiveConfig(good(`systems:\n${A}${B(20)}`), 'headroom.yaml', false, 0)
  await keeper.keep(config, 20)
  config.take(loaded('systems: 3'), 0)
  await keeper.keep(config, 30)
  config.take(good(`systems:\n${B(20)}`), 0)
  await keeper.keep(config, 40)
  config.take(good(`systems:\n${B(30)}${A}`), 0)
  await keeper.keep(config, 50)

  expect(await keeper.systems(9)).toEqual([])
  expect(await keeper.systems(10)).toEqual([
    ['a', undefined],
    ['b', 10],
  ])
  expect(await keeper.systems(20)).toEqual([
    ['a', undefined],
    ['b', 20],
  ])
  expect([await keeper.systems(30), (await worldAt(keeper.store, 30)).configError]).toEqual([
    await keeper.systems(20),
    expect.stringContaining('systems'),
  ])
  expect([await keeper.systems(40), (await worldAt(keeper.store, 40)).configError]).toEqual([[['b', 20]], undefined])
  expect(await keeper.systems(60)).toEqual([
    ['b', 30],
    ['a', undefined],
  ])
  // `a` came back as it was: it was not written again.
  const kept = await keeper.store.events({ limit: 100, kinds: ['definition'] })
  expect(kept.map((event) => (event.kind === 'definition' ? `${event.at} ${event.system.id}` : ''))).toEqual([
    '20 a',
    '20 b',
    '50 b',
  ])
})

import type { EventBody } from '@headroom/shared/model/event.ts'
import { World } from '@headroom/shared/world/world.ts'
import { expect, it } from 'vitest'
import { FakeClock } from './lib/fake-clock.ts'
import { createWrites } from './notes.ts'

function writes(): ReturnType<typeof createWrites> {
  const world = new World()
  const system = {
    id: 'captions',
    name: 'Captions',
    presets: [],
    sources: [],
    limits: {},
    tested: {},
    bands: [],
    flags: [],
    expected: [],
    success: [],
    actions: [],
  }
  world.apply({ kind: 'config', at: 0, demo: false, events: [], systems: [system] })
  const say = async (...bodies: EventBody[]): Promise<void> => {
    for (const body of bodies) world.apply({ at: 0, ...body })
  }
  return createWrites({ say }, world, new FakeClock(1_000))
}

it('a note of a system that is not there is refused, with the one perhaps meant', async () => {
  const { addNote } = writes()
  await expect(addNote({ text: 'x', kind: 'note', system: 'caption' }, 'ann')).rejects.toMatchObject({
    status: 404,
    message: expect.stringContaining('captions'),
  })
  expect(await addNote({ text: 'x', kind: 'note', system: 'captions' }, 'ann')).toMatchObject({ at: 1_000, by: 'ann' })
})

it('a change may not leave a note ending before it begins', async () => {
  const { addNote, changeNote } = writes()
  const { id } = await addNote({ text: 'x', kind: 'note', at: 10, until: 20 }, 'ann')
  await expect(changeNote(id, { at: 30 }, 'ann')).rejects.toMatchObject({ status: 400, code: 'bad_span' })
  await expect(changeNote(id, { until: 5 }, 'ann')).rejects.toMatchObject({ status: 400, code: 'bad_span' })
  expect(await changeNote(id, { at: 30, until: null }, 'ann')).toEqual({
    id,
    at: 30,
    text: 'x',
    kind: 'note',
    by: 'ann',
  })
  expect(await changeNote('nowhere', { text: 'y' }, 'ann')).toBeNull()
})

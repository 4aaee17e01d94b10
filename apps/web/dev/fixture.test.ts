import { ROUTES, type RouteName } from '@headroom/shared/contracts.ts'
import { ServerMessage } from '@headroom/shared/protocol.ts'
import { describe, expect, it } from 'vitest'
import { StillClock } from './fixture-clock.ts'
import { FixtureApi } from './fixture-api.ts'
import { FixtureLive } from './fixture-live.ts'
import { FixtureWorld } from './fixture-world.ts'
import { STORIES } from './stories/stories.ts'
import type { Story } from './stories/story.ts'
import { nothing } from './stories/worlds.ts'

async function asked(
  api: FixtureApi,
  method: string,
  path: string,
  query = new URLSearchParams(),
  body?: unknown,
): Promise<{ status: number; body: unknown } | undefined> {
  const reply = await api.call(method, path, query, body)
  return typeof reply === 'object' && 'status' in reply ? reply : undefined
}

function told(story: Pick<Story, 'world'>): {
  world: FixtureWorld
  live: FixtureLive
  api: FixtureApi
  clock: StillClock
} {
  const clock = new StillClock()
  const world = new FixtureWorld(story.world, clock)
  const live = new FixtureLive(world)
  return { world, live, api: new FixtureApi(world, live, () => '/assets/index.js'), clock }
}

/** What a page asks each route. */
const QUERIES: Partial<Record<RouteName, string>> = {
  range: 'series=1,2,3&points=120',
  answers: 'system=captions',
  alerts: 'state=all&limit=5000',
}
const READINGS = Object.entries(ROUTES).filter(([, route]) => route.method === 'GET')

describe('the stories', () => {
  it('are named by screen and state, each once, so that each has a host of its own', () => {
    for (const { id } of STORIES) expect(id).toMatch(/^[a-z]+\/[a-z0-9-]+$/)
    expect(new Set(STORIES.map(({ id }) => id.replace('/', '-'))).size).toBe(STORIES.length)
  })
})

describe('the fixture', () => {
  it.each(STORIES)('answers every question of $id as the contract says', async (story) => {
    const { world, api } = told(story)
    for (const [name, route] of READINGS) {
      const query = new URLSearchParams(QUERIES[name as RouteName])
      if (name === 'answers') query.set('system', world.systems()[0]?.id ?? 'none')
      const reply = await asked(api, 'GET', route.path, query)
      if (reply === undefined) continue
      if (reply.status === 200) expect(route.response.parse(reply.body), route.path).toEqual(reply.body)
      else
        expect(reply.body, route.path).toMatchObject({
          error: { code: expect.any(String), message: expect.any(String) },
        })
    }
  })

  it.each(STORIES)('greets and goes on in $id as the protocol says', async (story) => {
    const { live, clock } = told(story)
    const { stream, frames, seq } = await live.frames(undefined, undefined, 0)
    clock.advance(30_000)
    live.say(clock.now() - 30_000, clock.now())
    const later = await live.frames(stream, seq, 0)
    for (const frame of [...frames, ...later.frames]) expect(ServerMessage.parse(frame)).toEqual(frame)
    expect(frames[0]?.kind).toBe('hello')
    const numbered = later.frames.filter((frame) => frame.kind === 'tick')
    expect(numbered.map((frame) => frame.prev)).toEqual([seq, ...numbered.map((frame) => frame.seq)].slice(0, -1))
  })

  it('says the same at the same moment, whoever asks', () => {
    for (const story of STORIES) expect(told(story).world.series()).toEqual(told(story).world.series())
  })

  it('refuses what a role may not do, in the words of the collector', async () => {
    const { api } = told({ world: { role: 'viewer' } })
    const reply = await asked(api, 'POST', '/notes', undefined, { text: 'Hello' })
    expect(reply?.status).toBe(403)
    expect(reply?.body).toMatchObject({ error: { code: 'forbidden', message: expect.stringContaining('operator') } })
  })

  it('keeps a note that is written, and tells it live', async () => {
    const { api, live } = told({ world: {} })
    const { stream, seq } = await live.frames(undefined, undefined, 0)
    await asked(api, 'POST', '/notes', undefined, { text: 'Lab 1 starts' })
    const [note] = await live.frames(stream, seq, 0).then(({ frames }) => frames)
    expect(note).toMatchObject({ kind: 'note', note: { text: 'Lab 1 starts', by: 'Ada' } })
    const kept = await asked(api, 'GET', '/notes')
    expect(kept?.body).toMatchObject([{ text: 'Lab 1 starts' }])
  })

  it('watches what is written where nothing is configured', async () => {
    const { api, world } = told({ world: nothing })
    const wanted = { id: 'my-app', name: 'My app', url: 'https://my-app.example.com/health' }
    const reply = await asked(api, 'POST', '/config/systems', undefined, wanted)
    expect(reply?.body).toMatchObject({ written: true, lines: expect.stringContaining('id: my-app') })
    expect(world.systems().map(({ id }) => id)).toEqual(['my-app'])
  })
})

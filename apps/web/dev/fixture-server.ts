import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { parseArgs } from 'node:util'
import { systemClock, type FixtureClock } from './fixture-clock.ts'
import { OpenStory } from './open-story.ts'
import { servePage } from './page-files.ts'
import { STORIES } from './stories/stories.ts'
import { storiesPage } from './stories-page.ts'
import type { Story } from './stories/story.ts'

/** A story, and the address that its world alone has. */
export type OpenedStory = OpenStory & { url: string }

export type Fixture = AsyncDisposable & {
  url: string
  /** Opens a story in a world of its own, and gives the address of that world; whoever was told under its host is told no more. */
  open: (story: Story, clock?: FixtureClock, host?: string) => OpenedStory
}

/** Where the page of an opened story is. */
export function address({ url, story, world }: OpenedStory): string {
  return `${url}${typeof story.path === 'string' ? story.path : story.path(world.start)}`
}

/** An empty page that every host has: between two stories told under one. */
export const BLANK = '/stories/blank'
const ACT_AFTER_MS = 3000
const API = '/api/v1'
/** The oldest worlds that nobody looks at are forgotten beyond this many. */
const MOST_WORLDS = 60

/**
 * A collector that is not one: the same HTTP and WebSocket, with made-up systems, for developing the page and for
 * pictures of it. Every opened story is a world under a host name of its own, `overview-empty.localhost`, so that
 * any number can be open side by side.
 */
export async function startFixture(options: { port: number }): Promise<Fixture> {
  const worlds = new Map<string, OpenStory>()
  let port = options.port
  const open = (story: Story, clock = systemClock, host = hostFor(story, worlds)): OpenedStory => {
    const opened = new OpenStory(story, clock)
    worlds.set(host, opened)
    forgetOldest(worlds)
    return Object.assign(opened, { url: `http://${host}:${port}` })
  }
  const server = createServer((request, response) => void serve(request, response, worlds, open))
  server.on('upgrade', (request, socket) => {
    const world = worlds.get(hostOf(request))
    if (world === undefined) socket.destroy()
    else world.live.join(request, socket)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const bound = server.address()
  if (typeof bound === 'object' && bound !== null) port = bound.port
  const beat = setInterval(() => {
    for (const world of worlds.values()) world.goOn()
  }, 1000)
  return {
    url: `http://localhost:${port}`,
    open,
    [Symbol.asyncDispose]: () => {
      clearInterval(beat)
      for (const world of worlds.values()) world.live.hangUp()
      return shut(server)
    },
  }
}

function shut(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

function hostOf(request: IncomingMessage): string {
  return (request.headers.host ?? '').replace(/:\d+$/, '')
}

/** The first name of a story that no world has that somebody looks at. */
function hostFor(story: Story, worlds: ReadonlyMap<string, OpenStory>): string {
  const name = story.id.replace('/', '-')
  for (let copy = 1; ; copy += 1) {
    const host = `${name}${copy === 1 ? '' : `--${copy}`}.localhost`
    const world = worlds.get(host)
    if (world === undefined || !world.live.inUse) return host
  }
}

function forgetOldest(worlds: Map<string, OpenStory>): void {
  for (const [host, world] of worlds) {
    if (worlds.size <= MOST_WORLDS) return
    if (!world.live.inUse) worlds.delete(host)
  }
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  worlds: Map<string, OpenStory>,
  open: Fixture['open'],
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fixture')
  const host = hostOf(request)
  const world = worlds.get(host) ?? reopened(host, worlds)
  if (pathname === '/stories' || (world === undefined && pathname === '/')) {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(storiesPage(STORIES))
  } else if (pathname === BLANK) {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html>')
  } else if (pathname.startsWith('/stories/')) {
    const story = STORIES.find((each) => `/stories/${each.id}` === pathname)
    if (story === undefined) response.writeHead(404).end(`There is no story ${pathname.slice('/stories/'.length)}.`)
    else response.writeHead(302, { location: address(begun(open(story))) }).end()
  } else if (world === undefined) {
    response.writeHead(404).end('No story is told here. They are listed at /stories.')
  } else if (pathname.startsWith(`${API}/`)) {
    await world.answer(request, response, pathname.slice(API.length), searchParams)
  } else if (world.story.world.lost?.test(pathname) === true) {
    response.writeHead(404).end()
  } else await servePage(pathname, response)
}

/** What the collector of a story does while somebody looks, it does here by itself. */
function begun(opened: OpenedStory): OpenedStory {
  for (const act of opened.story.act ?? []) {
    if ('hangUp' in act) setTimeout(() => opened.hangUp(), ACT_AFTER_MS)
    if ('endAccess' in act) setTimeout(() => opened.endAccess(), ACT_AFTER_MS)
  }
  return opened
}

/** A page that is reloaded after the fixture was started again finds its story anew. */
function reopened(host: string, worlds: Map<string, OpenStory>): OpenStory | undefined {
  const name = host.replace(/(--\d+)?\.localhost$/, '')
  const story = STORIES.find((each) => each.id.replace('/', '-') === name)
  if (story === undefined) return undefined
  const world = new OpenStory(story, systemClock)
  worlds.set(host, world)
  return world
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '4610' } } })
  const fixture = await startFixture({ port: Number(values.port) })
  console.log(`The stories are told at ${fixture.url}/stories`)
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { FixtureApi } from './fixture-api.ts'
import type { FixtureClock } from './fixture-clock.ts'
import { FixtureLive } from './fixture-live.ts'
import { FixtureWorld } from './fixture-world.ts'
import { entryScript } from './page-files.ts'
import type { Story } from './stories/story.ts'

/** As the collector says it: an answer is of its moment. */
const NEVER_KEPT = { 'content-type': 'application/json', 'cache-control': 'no-store' }

/** A story that is being told: its world, and what speaks for it. */
export class OpenStory {
  readonly story: Story
  readonly world: FixtureWorld
  readonly live: FixtureLive
  /** Paths of questions that are not answered, or not yet: a page may be at rest while they are open. */
  readonly heldBack = new Set<string>()
  readonly #api: FixtureApi
  #saidUntil: number
  #reachable = true

  constructor(story: Story, clock: FixtureClock) {
    this.story = story
    this.world = new FixtureWorld(story.world, clock)
    this.live = new FixtureLive(this.world)
    this.#api = new FixtureApi(this.world, this.live, entryScript)
    this.#saidUntil = this.world.now()
  }

  /** Says what has come since the last time. */
  goOn(): void {
    const now = this.world.now()
    this.live.say(this.#saidUntil, now)
    this.#saidUntil = now
  }

  /** The collector is gone: nobody is answered any more. */
  hangUp(): void {
    this.#reachable = false
    this.live.hangUp()
  }

  endAccess(): void {
    this.world.accessEnded = true
    this.live.endAccess()
  }

  async answer(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    query: URLSearchParams,
  ): Promise<void> {
    if (!this.#reachable) {
      response.destroy()
      return
    }
    const { url = '' } = request
    // Who waits for the first answer of a collector that gives none sees what a first load looks like.
    const silent = this.story.world.live === 'silent'
    const waits = path === '/frames'
    if (silent || waits) this.heldBack.add(url)
    if (silent) return
    // Whether the socket or an answer says it first would show.
    if (this.story.world.live === 'ended') await this.live.sentAway
    try {
      const reply = await this.#api.call(request.method ?? 'GET', path, query, await bodyOf(request))
      if (waits) this.heldBack.delete(url)
      if (reply === 'never') {
        this.heldBack.add(url)
        return
      }
      if ('html' in reply) response.writeHead(200, { 'content-type': 'text/html' }).end(reply.html)
      else response.writeHead(reply.status, NEVER_KEPT).end(JSON.stringify(reply.body))
    } catch (error) {
      const message = `The fixture is at fault: ${error instanceof Error ? error.message : String(error)}`
      console.error(`${this.story.id} ${request.method ?? ''} ${path}`, error)
      response.writeHead(500, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ error: { code: 'fixture', message } }))
    }
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const said = await text(request)
  return said === '' ? undefined : JSON.parse(said)
}

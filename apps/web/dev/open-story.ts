import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { FixtureApi } from './fixture-api.ts'
import type { FixtureClock } from './fixture-clock.ts'
import { FixtureLive } from './fixture-live.ts'
import { FixtureWorld } from './fixture-world.ts'
import { entryScript } from './page-files.ts'
import type { Story } from './stories/story.ts'

/** A story that is being told: its world, and what speaks for it. */
export class OpenStory {
  readonly story: Story
  readonly world: FixtureWorld
  readonly live: FixtureLive
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
    // Who waits for the first answer of a collector that gives none sees what a first load looks like.
    if (this.story.world.live === 'silent') return
    try {
      const { status, body } = await this.#api.call(request.method ?? 'GET', path, query, await bodyOf(request))
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
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

import { join } from 'node:path'
import { mkdir, writeFile } from 'node:fs/promises'
import type { Alert } from '@headroom/shared/model/alert.ts'
import { startApp } from '../../../src/app.ts'
import { Api } from '../../support/api.ts'
import { temporaryFolder } from '../../support/collector.ts'
import type { Moment, Row, Scenes, Stage, Wired } from './types.ts'
import { DEADLINE_MS, WatchedClock } from './watched-clock.ts'

const SPEAK_EVERY_S = 5
/** Render's sources wait for each other for a moment before they ask: so long a question may be open. */
const OPEN_MS = 500
const PATIENCE_MS = 20_000

/** What became of a row: its alerts that fired, when it was wrong, and sources that never spoke or were cut short. */
export type Outcome = { wrongAt: number; wellAt: number; alerts: Alert[]; unheard: string[] }

/** Plays all rows of some scenes at once, each a system of its own in one collector, and gives what was seen of each. */
export async function play(preset: string, scenes: Scenes): Promise<Map<Row, Outcome>> {
  await using stack = new AsyncDisposableStack()
  const theatre = await Theatre.open(preset, scenes, stack)
  await theatre.playThrough()
  return await theatre.outcomes()
}

type Played = { row: Row; system: string; wired: Wired[] }

class Theatre {
  readonly #scenes: Scenes
  readonly #clock = new WatchedClock()
  readonly #began = this.#clock.now()
  readonly #folder: string
  readonly #stack: AsyncDisposableStack
  readonly #env = new Map<string, string>()
  #played: Played[] = []
  #heldBack = 0
  #url = ''

  private constructor(scenes: Scenes, folder: string, stack: AsyncDisposableStack) {
    this.#scenes = scenes
    this.#folder = folder
    this.#stack = stack
  }

  static async open(preset: string, scenes: Scenes, stack: AsyncDisposableStack): Promise<Theatre> {
    const { path } = stack.use(await temporaryFolder())
    const theatre = new Theatre(scenes, path, stack)
    theatre.#played = await Promise.all(scenes.rows.map((row, index) => theatre.#wire(row, `row-${index + 1}`)))
    const config = join(path, 'headroom.yaml')
    // JSON is YAML.
    await writeFile(config, JSON.stringify(theatre.#config(preset)))
    const { url } = stack.use(
      await startApp({
        config,
        demo: false,
        host: '127.0.0.1',
        port: 0,
        data: join(path, 'data'),
        lookup: (name) => theatre.#env.get(name),
        write: () => undefined,
        clock: theatre.#clock,
      }),
    )
    theatre.#url = url
    return theatre
  }

  async playThrough(): Promise<void> {
    const { calm, wrong, wellAgain, stepMs } = this.#scenes
    const until = calm + wrong + wellAgain
    for (let spokenAt = -Infinity; this.#moment().at < until;) {
      const moment = this.#moment()
      if (moment.at - spokenAt >= SPEAK_EVERY_S) {
        spokenAt = moment.at
        for (const { wired } of this.#played) for (const { speak } of wired) await speak?.(moment)
      }
      await this.#clock.advance(stepMs)
      await this.#answered()
    }
  }

  async outcomes(): Promise<Map<Row, Outcome>> {
    const api = new Api(this.#url)
    const systems = await api.systems()
    const wrongAt = this.#began + this.#scenes.calm * 1_000
    const wellAt = wrongAt + this.#scenes.wrong * 1_000
    const all = this.#played.map(async ({ row, system }): Promise<[Row, Outcome]> => {
      const alerts = await api.alerts(`state=all&system=${system}`)
      const sources = systems.find(({ id }) => id === system)?.sources ?? []
      const pending = sources.filter(({ state }) => state === 'pending').map(({ id }) => id)
      const late = (await api.events(`kind=source&system=${system}`)).flatMap((event) =>
        event.kind === 'source' && event.error?.code === 'timeout' ? [event.source] : [],
      )
      const fired = alerts.filter(({ firedAt }) => firedAt !== undefined)
      return [row, { wrongAt, wellAt, alerts: fired, unheard: [...pending, ...late] }]
    })
    return new Map(await Promise.all(all))
  }

  #moment(now = this.#clock.now()): Moment {
    const { calm, wrong } = this.#scenes
    const at = (now - this.#began) / 1_000
    const since = at - calm
    const phase = since < 0 ? 'calm' : since < wrong ? 'wrong' : 'well again'
    return { phase, at, since, wrongFor: Math.min(Math.max(0, since), wrong), now }
  }

  async #wire(row: Row, system: string): Promise<Played> {
    const folder = join(this.#folder, system)
    await mkdir(folder)
    const stage: Stage = {
      clock: this.#clock,
      system,
      folder,
      stack: this.#stack,
      moment: () => this.#moment(),
      momentAt: (now) => this.#moment(now),
      holdBack: (ms, answer) => {
        this.#heldBack++
        this.#clock.after(ms, () => {
          this.#heldBack--
          answer()
        })
      },
      secret: (name, value) => void this.#env.set(name, value),
      url: () => this.#url,
    }
    return { row, system, wired: await Promise.all([row.from].flat().map((wire) => wire(stage))) }
  }

  #config(preset: string): unknown {
    const systems = this.#played.map(({ system, wired }) => ({
      id: system,
      ...(preset === 'web-service' ? {} : { preset }),
      sources: wired.map(({ source }) => ({ every: '15s', timeout: `${DEADLINE_MS}ms`, ...source })),
    }))
    const events = this.#played.flatMap(({ row: { event }, system }) =>
      event === undefined ? [] : [{ id: system, systems: [system], timezone: 'UTC', ...event }],
    )
    return { systems, ...(events.length === 0 ? {} : { events }) }
  }

  /** Time stands still until what was asked is answered; what is kept back on purpose is waited for by nobody. */
  async #answered(): Promise<void> {
    const openMs = Math.min(OPEN_MS, this.#scenes.stepMs)
    const began = performance.now()
    while (this.#clock.unanswered(openMs) > this.#heldBack) {
      if (performance.now() - began > PATIENCE_MS) throw new Error('a question was not answered')
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}

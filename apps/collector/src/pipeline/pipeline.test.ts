import type { Event } from '@headroom/shared/model/event.ts'
import type { Happening, Point } from '@headroom/shared/model/reading.ts'
import type { LiveFrame } from '@headroom/shared/protocol.ts'
import { systemView } from '@headroom/shared/world/views.ts'
import { describe, expect, it } from 'vitest'
import { loadConfig } from '../config/load.ts'
import { type Core, openCore, snapshotOf } from '../core.ts'
import { worldAt } from '../history.ts'
import type { Clock } from '../lib/clock.ts'
import { FakeClock } from '../lib/fake-clock.ts'
import { LiveConfig } from '../live-config.ts'
import { loadPresets } from '../presets/load.ts'
import { SOURCES } from '../sources/index.ts'
import { MemoryStore } from '../store/memory.ts'
import type { CommitResult, Tick } from '../store/types.ts'
import { silentLogger } from '../telemetry/logger.ts'

const YAML = `
systems:
  - id: shop
    sources: [{ type: http-json, id: app, url: "http://127.0.0.1:1/health" }]
    flags:
      - { id: queue-long, metric: queue.length, above: 50, for: 15s, severity: critical }
`

/** A store whose disk can be filled. */
class FillableStore extends MemoryStore {
  full = false

  override commit(tick: Tick): Promise<CommitResult> {
    if (this.full)
      return Promise.resolve({ ok: false, failure: { code: 'full', message: 'the disk is full', retryable: true } })
    return super.commit(tick)
  }
}

/** A collector without a network: readings are put in by hand, frames are taken out. */
class Day {
  readonly clock = new FakeClock()
  readonly store = new FillableStore()
  readonly frames: { frame: LiveFrame; stored: boolean }[] = []
  #core: Core | undefined
  #alive = { yes: true }

  get core(): Core {
    if (this.#core === undefined) throw new Error('not started')
    return this.#core
  }

  async start(yaml = YAML): Promise<this> {
    const loaded = loadConfig(yaml, { lookup: () => undefined, sources: SOURCES, presets: loadPresets() })
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))
    const bus = {
      publish: (frames: readonly LiveFrame[], stored: boolean): void => {
        for (const frame of frames) this.frames.push({ frame, stored })
      },
    }
    const alive = (this.#alive = { yes: true })
    const clock: Clock = {
      now: () => this.clock.now(),
      monotonic: () => this.clock.monotonic(),
      random: () => this.clock.random(),
      after: (ms, fn) => this.clock.after(ms, () => (alive.yes ? fn() : undefined)),
    }
    this.#core = await openCore({
      store: this.store,
      config: new LiveConfig(loaded, 'headroom.yaml', false, 0),
      bus,
      clock,
      log: silentLogger,
    })
    return this
  }

  /** Stopped without a chance to tidy up, as by kill -9: nothing is disposed, and no timer of it runs any more. */
  kill(): void {
    this.#alive.yes = false
    this.#core = undefined
  }

  /** One answer of the app with these values, and the time until it is shown. */
  async answers(values: Record<string, number>, up: 0 | 1 = 1): Promise<void> {
    const points: Point[] = Object.entries({ up, ...values }).map(([metric, value]) => ({
      metric,
      unit: 'count',
      labels: {},
      value,
      kind: 'gauge',
    }))
    const problem = up === 1 ? {} : { error: { code: 'refused', message: 'refused' } }
    this.core.take({
      system: 'shop',
      source: 'app',
      slotAt: this.clock.now(),
      reading: { up, points, texts: [], mapped: [], leftOut: 0, ...problem },
      points,
    })
    await this.clock.advance(100)
  }

  /** The app answers the same every 5 s for so long. */
  async keepsAnswering(seconds: number, values: Record<string, number>, up: 0 | 1 = 1): Promise<void> {
    for (let second = 0; second < seconds; second += 5) {
      await this.answers(values, up)
      await this.clock.advance(4_900)
    }
  }

  get system(): ReturnType<typeof systemView> {
    const definition = this.core.world.definitions.get('shop')
    if (definition === undefined) throw new Error('no system shop')
    return systemView(this.core.world, definition, this.clock.now())
  }

  get firing(): string[] {
    return [...this.core.world.alerts.values()].filter((alert) => alert.state === 'firing').map((alert) => alert.flag)
  }

  events(): Promise<Event[]> {
    return this.store.events({ limit: 5_000 })
  }
}

describe('a group commit', () => {
  it('takes everything of 100 ms into one tick, shown only once it is stored', async () => {
    const day = await new Day().start()
    const at = day.clock.now()
    await day.answers({ 'queue.length': 3 })
    const ticks = day.frames.filter(({ frame }) => frame.kind === 'tick')
    expect(ticks).toHaveLength(1)
    expect(ticks[0]?.stored).toBe(true)
    const id = day.core.world.idOf({ system: 'shop', source: 'app', metric: 'queue.length', labels: {} })
    expect(ticks[0]?.frame).toMatchObject({ values: expect.arrayContaining([[id, at, 3]]) })
    expect(await day.store.newest({ ids: [id ?? 0] })).toEqual([{ series: id, at, value: 3 }])
  })

  it('numbers its frames in the order they are sent', async () => {
    const day = await new Day().start()
    await day.keepsAnswering(60, { 'queue.length': 61 })
    const seqs = day.frames.map(({ frame }) => frame.seq)
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b))
    expect(new Set(seqs).size).toBe(seqs.length)
  })

  it('rounds before anybody stores, judges or shows', async () => {
    const day = await new Day().start()
    await day.answers({ 'queue.length': 2.71349265 })
    const id = day.core.world.idOf({ system: 'shop', source: 'app', metric: 'queue.length', labels: {} }) ?? 0
    expect(day.core.world.series(id)?.value).toBe(2.713)
    expect((await day.store.newest({ ids: [id] }))[0]?.value).toBe(2.713)
  })
})

describe('a flag', () => {
  it('rises after its hold and clears by itself, and every step is kept', async () => {
    const day = await new Day().start()
    await day.keepsAnswering(10, { 'queue.length': 3 })
    expect(day.system.state).toBe('ok')
    await day.keepsAnswering(10, { 'queue.length': 61 })
    expect(day.firing).toEqual([])
    await day.keepsAnswering(10, { 'queue.length': 61 })
    expect(day.firing).toEqual(['queue-long'])
    expect(day.system).toMatchObject({ state: 'critical', alerts: { critical: 1 } })
    await day.keepsAnswering(25, { 'queue.length': 2 })
    expect(day.system.state).toBe('ok')
    const kept = (await day.events()).flatMap((event) =>
      event.kind === 'alert' && event.alert.flag === 'queue-long' ? [event.alert.state] : [],
    )
    expect(kept).toEqual(['pending', 'firing', 'resolved'])
    const states = (await day.events()).flatMap((event) => (event.kind === 'system' ? [event.state] : []))
    expect(states).toEqual(['unknown', 'ok', 'critical', 'ok'])
  })

  it('[RU29] of two degrees is told again when it is folded under the other, and when it no longer is', async () => {
    const flags = [40, 60].map(
      (above) =>
        `{ id: long-${above}, metric: queue.length, above: ${above}, for: 0, severity: ${above === 40 ? 'warning' : 'critical'} }`,
    )
    const day = await new Day().start(YAML.replace(/flags:[^]*$/, `flags: [${flags.join(', ')}]\n`))
    /** Which alerts the screens were told of since, and what each is under. */
    const told = (): string[] =>
      day.frames
        .splice(0)
        .flatMap(({ frame }) => (frame.kind === 'alert' ? [frame.alert] : []))
        .map(
          ({ flag, state, under }) => `${flag} ${state}${under === undefined ? '' : ` under ${under.split('/')[1]}`}`,
        )
    await day.keepsAnswering(10, { 'queue.length': 50 })
    expect(told()).toEqual(['long-40 firing'])
    await day.keepsAnswering(10, { 'queue.length': 70 })
    expect(told()).toEqual(['long-60 firing', 'long-40 firing under long-60'])
    expect(snapshotOf(day.core, day.clock.now()).alerts.map(({ flag, under }) => [flag, under?.split('/')[1]])).toEqual(
      [
        ['long-40', 'long-60'],
        ['long-60', undefined],
      ],
    )
    await day.keepsAnswering(10, { 'queue.length': 50 })
    expect(told()).toEqual(['long-60 resolved', 'long-40 firing'])
    await day.keepsAnswering(10, { 'queue.length': 3 })
    expect(told()).toEqual(['long-40 resolved'])
    const kept = (await day.events()).flatMap((event) => (event.kind === 'alert' ? [event.alert] : []))
    expect(kept.map(({ flag, state, under }) => [flag, state, under])).toEqual([
      ['long-40', 'firing', undefined],
      ['long-60', 'firing', undefined],
      ['long-60', 'resolved', undefined],
      ['long-40', 'resolved', undefined],
    ])
  })

  it('goes on holding across a restart, and does not fire anew what fires already', async () => {
    const day = await new Day().start()
    await day.keepsAnswering(10, { 'queue.length': 61 })
    day.kill()
    await day.start()
    await day.keepsAnswering(10, { 'queue.length': 61 })
    expect(day.firing).toEqual(['queue-long'])
    const since = [...day.core.world.alerts.values()][0]?.since
    day.kill()
    await day.start()
    expect(day.firing).toEqual(['queue-long'])
    await day.keepsAnswering(10, { 'queue.length': 61 })
    expect([...day.core.world.alerts.values()][0]?.since).toBe(since)
    const kept = (await day.events()).filter((event) => event.kind === 'alert' && event.alert.state === 'firing')
    expect(kept).toHaveLength(1)
  })

  it('that is no longer in the configuration after a restart is closed; one that is new there judges what was recorded', async () => {
    const day = await new Day().start()
    await day.keepsAnswering(30, { 'queue.length': 61 })
    expect(day.firing).toEqual(['queue-long'])
    day.kill()
    await day.start(YAML.replace('id: queue-long', 'id: queue-other'))
    await day.clock.advance(1_000)
    expect(day.firing).toEqual(['queue-other'])
  })
})

describe('a series that jumps between processes', () => {
  it('is told to the screens as a spread, and as an ordinary one when it is one again', async () => {
    const day = await new Day().start()
    const uptime = async (value: number, spread: boolean): Promise<void> => {
      const points: Point[] = [
        { metric: 'uptime.seconds', unit: 'seconds', labels: {}, value, kind: 'gauge', ...(spread ? { spread } : {}) },
      ]
      day.core.take({
        system: 'shop',
        source: 'app',
        slotAt: day.clock.now(),
        reading: { up: 1, points, texts: [], mapped: [], leftOut: 0 },
        points,
      })
      await day.clock.advance(5_000)
    }
    await uptime(100, false)
    await uptime(20, true)
    await uptime(105, true)
    await uptime(110, false)
    const told = day.frames.flatMap(({ frame }) =>
      frame.kind === 'series' ? frame.series.map((series) => series.spread === true) : [],
    )
    expect(told).toEqual([false, true, false])
    expect(day.firing).toEqual([])
  })
})

describe('silence', () => {
  it('makes values stale and the system unknown after three intervals, and says so once', async () => {
    const day = await new Day().start()
    await day.keepsAnswering(10, { 'queue.length': 3 })
    const id = day.core.world.idOf({ system: 'shop', source: 'app', metric: 'queue.length', labels: {} })
    day.frames.length = 0
    await day.clock.advance(30_000)
    const nulls = day.frames
      .flatMap(({ frame }) => (frame.kind === 'tick' ? frame.values : []))
      .filter(([series, , value]) => series === id && value === null)
    expect(nulls).toHaveLength(1)
    expect(day.system.state).toBe('unknown')
    expect(day.core.world.series(id ?? 0)).toMatchObject({ stale: true, value: 3 })
    await day.answers({ 'queue.length': 4 })
    expect(day.system.state).toBe('ok')
  })

  it('of a source that was added later counts from then', async () => {
    const day = await new Day().start()
    await day.keepsAnswering(60, { 'queue.length': 3 })
    const [system] = [...day.core.world.definitions.values()]
    if (system === undefined) throw new Error('no system')
    const sources = [...system.sources, { id: 'late', type: 'http-json', everyMs: 5_000, lagMs: 0 }]
    await day.core.pipeline.say({ kind: 'config', demo: false, events: [], systems: [{ ...system, sources }] })
    await day.keepsAnswering(10, { 'queue.length': 3 })
    expect(day.core.world.source('shop', 'late').stale).toBe(false)
    await day.keepsAnswering(10, { 'queue.length': 3 })
    expect(day.core.world.source('shop', 'late').stale).toBe(true)
  })

  it('of a source that is pushed to is three of its intervals without a push, and its lag', async () => {
    const day = await new Day().start('systems: [{ id: shop, sources: [{ type: otlp, id: app, every: 10s }] }]')
    expect(day.system.state).toBe('unknown')
    await day.answers({ 'queue.length': 3 })
    expect([day.system.state, day.system.sources[0]?.state]).toEqual(['ok', 'ok'])
    await day.clock.advance(89_000)
    expect(day.system.state).toBe('ok')
    await day.clock.advance(3_000)
    expect(day.system.state).toBe('unknown')
    await day.answers({ 'queue.length': 3 })
    expect(day.system.state).toBe('ok')
  })

  it('of a system that refuses three times is down, and stays down while nothing is known', async () => {
    const day = await new Day().start()
    await day.keepsAnswering(10, { 'queue.length': 3 })
    await day.keepsAnswering(15, {}, 0)
    expect(day.system).toMatchObject({
      state: 'critical',
      down: true,
      sources: [{ state: 'failing', error: { code: 'refused' } }],
    })
    await day.clock.advance(60_000)
    expect(day.system).toMatchObject({ state: 'critical', down: true })
  })
})

describe('what a source says has happened', () => {
  const tell = async (day: Day, happened: Happening[]): Promise<void> => {
    const reading = { up: 1 as const, points: [], texts: [], happened, mapped: [], leftOut: 0 }
    day.core.take({ system: 'shop', source: 'app', slotAt: day.clock.now(), reading, points: [] })
    await day.clock.advance(100)
  }
  const deploy = (text: string): Happening => ({ kind: 'note', id: 'dep-1', at: 1_000, text, as: 'deploy' })

  it('is kept as notes and log lines; told again in the same words it is not news', async () => {
    const day = await new Day().start()
    await tell(day, [deploy('Deploy began.'), { kind: 'log', level: 'error', text: 'MemoryError' }])
    await tell(day, [deploy('Deploy began.')])
    await tell(day, [deploy('Deployed.')])
    const events = await day.store.events({ kinds: ['note', 'log'], limit: 100 })
    expect(events).toMatchObject([
      {
        kind: 'note',
        note: { id: 'shop/app/dep-1', at: 1_000, system: 'shop', text: 'Deploy began.', kind: 'deploy' },
      },
      { kind: 'log', system: 'shop', source: 'app', level: 'error', text: 'MemoryError' },
      { kind: 'note', note: { text: 'Deployed.' } },
    ])
    expect(day.core.world.deploys('shop')).toEqual([1_000])
  })

  it('is bounded, and says how much there was beyond', async () => {
    const day = await new Day().start()
    await tell(
      day,
      Array.from({ length: 130 }, (_, line) => ({ kind: 'log', level: 'info', text: `line ${line}` })),
    )
    const events = await day.store.events({ kinds: ['log'], limit: 1_000 })
    expect([events.length, events.at(-1)]).toMatchObject([101, { text: '30 more at once, and not kept.' }])
  })
})

describe('a slow disk', () => {
  it('leaves the collector behind only once very much waits, and until it is written', async () => {
    const day = await new Day().start()
    const points = Array.from({ length: 60_000 }, (_, index): Point => {
      const at = day.clock.now() + (index % 600)
      return { metric: `m${Math.floor(index / 600)}`, unit: 'count', labels: {}, value: 1, kind: 'gauge', at }
    })
    const reading = { up: 1 as const, points: [], texts: [], mapped: [], leftOut: 0 }
    const arrive = (): void =>
      day.core.take({ system: 'shop', source: 'app', slotAt: day.clock.now(), reading, points })
    arrive()
    expect(day.core.pipeline.behind).toBe(false)
    arrive()
    expect(day.core.pipeline.behind).toBe(true)
    await day.clock.advance(200)
    expect(day.core.pipeline.behind).toBe(false)
    // So many new series take their time where several suites share a core.
  })
})

describe('a full disk', () => {
  it('leaves screens and flags going, says that nothing is recorded, and leaves a gap', async () => {
    const day = await new Day().start()
    await day.keepsAnswering(10, { 'queue.length': 3 })
    day.store.full = true
    day.frames.length = 0
    await day.keepsAnswering(30, { 'queue.length': 61 })
    expect(day.firing.toSorted()).toEqual(['not-recording', 'queue-long'])
    expect(day.frames.every(({ stored }) => !stored)).toBe(true)
    expect(day.frames.some(({ frame }) => frame.kind === 'alert' && frame.alert.flag === 'not-recording')).toBe(true)

    day.store.full = false
    await day.keepsAnswering(10, { 'queue.length': 61 })
    expect(day.firing).toEqual(['queue-long'])
    expect(day.frames.at(-1)?.stored).toBe(true)
    const kept = (await day.events()).flatMap((event) =>
      event.kind === 'alert' ? [`${event.alert.flag} ${event.alert.state}`] : [],
    )
    expect(kept).toEqual(
      expect.arrayContaining([
        'queue-long pending',
        'queue-long firing',
        'not-recording firing',
        'not-recording resolved',
      ]),
    )
    const id = day.core.world.idOf({ system: 'shop', source: 'app', metric: 'queue.length', labels: {} }) ?? 0
    const { series } = await day.store.raw({ series: [id], from: 0, to: day.clock.now() + 1, limit: 100 })
    expect(series[0]?.v).toEqual([3, 3, 61, 61])
  })
})

describe('a clock that is set back', () => {
  it('keeps what was recorded, and records the hour that comes again beside it', async () => {
    const day = await new Day().start()
    await day.keepsAnswering(20, { 'queue.length': 3 })
    day.clock.jump(-20_000)
    day.core.pipeline.clockJumped(-20_000)
    await day.keepsAnswering(20, { 'queue.length': 7 })
    const id = day.core.world.idOf({ system: 'shop', source: 'app', metric: 'queue.length', labels: {} }) ?? 0
    const { series } = await day.store.raw({ series: [id], from: 0, to: day.clock.now() + 60_000, limit: 100 })
    expect(series[0]?.v.toSorted()).toEqual([3, 3, 3, 3, 7, 7, 7, 7])
    expect((await day.events()).some((event) => event.kind === 'log' && event.text.includes('set back by 20 s'))).toBe(
      true,
    )
  })

  it('leaves the screens neither frozen nor fresh for ever', async () => {
    const day = await new Day().start()
    await day.keepsAnswering(20, { 'queue.length': 3 })
    day.clock.jump(-3_600_000)
    await day.answers({ 'queue.length': 7 })
    const id = day.core.world.idOf({ system: 'shop', source: 'app', metric: 'queue.length', labels: {} }) ?? 0
    expect(day.core.world.series(id)).toMatchObject({ value: 7, at: day.clock.now() - 100 })
    await day.keepsAnswering(20, { 'queue.length': 8 })
    day.clock.jump(-3_600_000)
    day.core.pipeline.clockJumped(-3_600_000)
    expect(day.core.world.series(id)).toMatchObject({ value: 8, at: day.clock.now() })
    expect(day.system.sources[0]?.lastOkAt).toBeLessThanOrEqual(day.clock.now())
    await day.clock.advance(20_000)
    expect(day.core.world.series(id)).toMatchObject({ value: 8, stale: true })
    expect(day.system.state).toBe('unknown')
  })
})

describe('restarts', () => {
  it('are noted each time, also while it goes on restarting', async () => {
    const day = await new Day().start()
    const upFor = async (seconds: number, from = 0): Promise<void> => {
      for (let uptime = from; uptime < from + seconds; uptime += 5) {
        await day.answers({ 'uptime.seconds': uptime })
        await day.clock.advance(4_900)
      }
    }
    await upFor(30, 5_000)
    for (let crash = 0; crash < 3; crash++) await upFor(120, 1)
    expect([...day.core.world.notes.values()].map((note) => [note.kind, note.text])).toEqual([
      ['restart', 'Restarted: its uptime began again.'],
      ['restart', 'Restarted again.'],
      ['restart', 'Restarted again.'],
    ])
    expect(day.firing.toSorted()).toEqual(['crash-loop', 'restarted'])
  })
})

const TWO_SOURCES = `
systems:
  - id: shop
    sources:
      - { type: http-json, id: app, url: "http://127.0.0.1:1/health" }
      - { type: http-json, id: other, url: "http://127.0.0.1:1/other" }
`

describe('several sources', () => {
  it('that change places as the primary one are told to the screens', async () => {
    const day = await new Day().start(TWO_SOURCES)
    const says = async (source: string, value: number): Promise<void> => {
      const points: Point[] = [{ metric: 'queue.length', unit: 'count', labels: {}, value, kind: 'gauge' }]
      day.core.take({
        system: 'shop',
        source,
        slotAt: day.clock.now(),
        reading: { up: 1, points, texts: [], mapped: [], leftOut: 0 },
        points,
      })
      await day.clock.advance(5_000)
    }
    await says('other', 3)
    await says('app', 4)
    const told = new Map(
      day.frames.flatMap(({ frame }) =>
        frame.kind === 'series' ? frame.series.map((view) => [view.source, view.primary] as const) : [],
      ),
    )
    expect(Object.fromEntries(told)).toEqual({ other: false, app: true })
  })
})

describe('a past moment', () => {
  it('is seen as it was: state, alerts, values, limits', async () => {
    const day = await new Day().start()
    await day.keepsAnswering(30, { 'queue.length': 61, 'sessions.active': 30, 'sessions.limit': 100 })
    // The moment just before the next slot.
    const then = day.clock.now() - 1
    const seen = day.system
    await day.keepsAnswering(60, { 'queue.length': 2, 'sessions.active': 5, 'sessions.limit': 50 })
    const world = await worldAt(day.store, then)
    const definition = world.definitions.get('shop')
    expect(definition).toBeDefined()
    if (definition !== undefined) expect(systemView(world, definition, then)).toEqual(seen)
    expect([...world.alerts.values()].map((alert) => [alert.flag, alert.state])).toEqual([['queue-long', 'firing']])
    expect(world.limits.get('shop/sessions')).toBe(100)
  })
})

import { describe, expect, it } from 'vitest'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { SeriesView } from '@headroom/shared/model/series.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import type { ServerMessage } from '@headroom/shared/protocol.ts'
import { ManualClock } from './clock.ts'
import { Timeline } from './timeline.ts'

const SYSTEM: SystemView = {
  id: 'captions',
  name: 'Caption workshop',
  presets: [],
  state: 'ok',
  down: false,
  since: 0,
  sources: [],
  headroom: [],
  texts: [],
  alerts: { warning: 0, critical: 0 },
}
const SERIES: SeriesView = {
  id: 1,
  system: 'captions',
  source: 'health',
  primary: true,
  metric: 'sessions.active',
  unit: 'count',
  labels: {},
  at: 1000,
  value: 27,
}
const UP: SeriesView = { ...SERIES, id: 2, metric: 'up', unit: 'bool', at: 1000, value: 1 }

function hello(change: Partial<Extract<ServerMessage, { kind: 'hello' }>> = {}): ServerMessage {
  return {
    kind: 'hello',
    protocol: 1,
    stream: 'a',
    now: 10_000,
    seq: 5,
    role: 'admin',
    stored: true,
    demo: false,
    systems: [SYSTEM],
    series: [SERIES, UP],
    alerts: [],
    ...change,
  }
}

function greeted(): { timeline: Timeline; clock: ManualClock } {
  const clock = new ManualClock(4_000)
  const timeline = new Timeline(clock)
  timeline.fold(hello())
  return { timeline, clock }
}

const tick = (values: [number, number, number | null][], more: { stored?: boolean } = {}): ServerMessage => ({
  kind: 'tick',
  seq: 6,
  prev: 5,
  values,
  ...more,
})

describe('Timeline', () => {
  it('is not misled by a browser clock that is minutes off, set while it runs, or stopped by a sleep', () => {
    const clock = new ManualClock(10_000 - 5 * 60_000)
    const timeline = new Timeline(clock)
    timeline.fold(hello({ now: 10_000 }))
    clock.advance(1_000)
    expect(timeline.serverNow()).toBe(11_000)
    clock.jump(-3_600_000)
    clock.advance(1_000)
    expect(timeline.serverNow()).toBe(12_000)
    timeline.fold({ kind: 'pong', now: 12_000 })
    // Asleep for an hour: what was heard before is an hour old at once, not only after the next word.
    clock.jump(3_600_000)
    expect(timeline.serverNow()).toBe(12_000 + 3_600_000)
  })

  it('takes everything from hello, and the time from the collector', () => {
    const { timeline, clock } = greeted()
    expect(timeline.greeted).toBe(true)
    expect(timeline.systems).toEqual([SYSTEM])
    expect(timeline.newest(1)).toEqual({ at: 1000, value: 27, last: 27, lastAt: 1000 })
    clock.advance(500)
    expect(timeline.serverNow()).toBe(10_500)
  })

  it('folds a tick into the newest value and the samples', () => {
    const { timeline } = greeted()
    timeline.fold(tick([[1, 2000, 28]]))
    expect(timeline.newest(1).value).toBe(28)
    expect(timeline.samples(1, 0)).toEqual([
      [1000, 27],
      [2000, 28],
    ])
  })

  it('keeps the last value readable when it becomes stale, and marks the gap', () => {
    const { timeline } = greeted()
    timeline.fold(tick([[1, 3000, null]]))
    expect(timeline.newest(1)).toEqual({ at: 3000, value: null, last: 27, lastAt: 1000 })
    expect(timeline.samples(1, 0)).toEqual([
      [1000, 27],
      [3000, null],
    ])
  })

  it('does not let a late or corrected sample become the newest', () => {
    const { timeline } = greeted()
    timeline.fold(tick([[1, 3000, 30]]))
    timeline.fold(
      tick([
        [1, 2000, 29],
        [1, 1000, 26],
      ]),
    )
    expect(timeline.newest(1).value).toBe(30)
    expect(timeline.samples(1, 0)).toEqual([
      [1000, 26],
      [2000, 29],
      [3000, 30],
    ])
  })

  it('takes the state of a new hello, even if an older one, as after a clock that was set back', () => {
    const { timeline } = greeted()
    timeline.fold(tick([[1, 9_000, 30]]))
    timeline.fold(hello({ now: 3_000, series: [{ ...SERIES, at: 2_000, value: 28 }, UP] }))
    timeline.fold(tick([[1, 3_000, 29]]))
    expect(timeline.newest(1)).toMatchObject({ at: 3_000, value: 29 })
  })

  it('takes a sample of a source as its answer, but never `up` at 0', () => {
    const { timeline } = greeted()
    timeline.fold(tick([[2, 5000, 0]]))
    expect(timeline.answeredAt('captions', 'health')).toBe(1000)
    timeline.fold(tick([[1, 6000, 27]]))
    expect(timeline.answeredAt('captions', 'health')).toBe(6000)
  })

  it('calls for the history again after a gap, and when it is greeted anew, but not at first', () => {
    const { timeline } = greeted()
    expect(timeline.epoch).toBe(0)
    timeline.fold({ kind: 'gap', seq: 7, prev: 6, from: 0, to: 1 })
    expect(timeline.epoch).toBe(1)
    timeline.fold(hello())
    expect(timeline.epoch).toBe(2)
  })

  it('keeps its samples and its history through a greeting after which nothing is missing', () => {
    const { timeline } = greeted()
    timeline.fold(tick([[1, 2000, 28]]))
    timeline.fold(hello(), true)
    expect([timeline.samples(1, 0), timeline.epoch]).toEqual([
      [
        [1000, 27],
        [2000, 28],
      ],
      0,
    ])
    timeline.fold(hello({ stream: 'b' }))
    expect(timeline.samples(1, 0)).toEqual([[1000, 27]])
  })

  it('begins its samples anew after a hole, so that the hole is drawn from what is fetched', () => {
    const { timeline } = greeted()
    timeline.fold(tick([[1, 2000, 28]]))
    timeline.fold({ kind: 'gap', seq: 7, prev: 6, from: 2_000, to: 9_000 })
    timeline.fold(tick([[1, 9500, 30]]))
    expect(timeline.samples(1, 0)).toEqual([[9500, 30]])
  })

  it('says when another collector or another configuration answers', () => {
    const { timeline } = greeted()
    timeline.fold(hello(), true)
    expect(timeline.edition).toBe(0)
    timeline.fold({ kind: 'systems', seq: 6, prev: 5, systems: [SYSTEM] })
    timeline.fold(hello({ stream: 'b' }))
    expect(timeline.edition).toBe(2)
  })

  it('knows the age of its newest value, which a word without values does not renew', () => {
    const { timeline, clock } = greeted()
    timeline.fold(tick([[1, 9_500, 28]]))
    clock.advance(8_000)
    timeline.fold({ kind: 'pong', now: 18_000 })
    timeline.fold(tick([[1, 17_000, null]]))
    expect([timeline.dataAt, timeline.heardAt, timeline.serverNow()]).toEqual([9_500, 18_000, 18_000])
  })

  it('says whether it is recorded, frame by frame', () => {
    const { timeline } = greeted()
    timeline.fold(tick([], { stored: false }))
    expect(timeline.stored).toBe(false)
    timeline.fold(tick([]))
    expect(timeline.stored).toBe(true)
  })

  it('replaces systems, alerts and notes by their id', () => {
    const { timeline } = greeted()
    const alert: Alert = {
      id: 'x',
      flag: 'f',
      system: 'captions',
      severity: 'warning',
      state: 'firing',
      value: 1,
      line: 0,
      unit: 'count',
      since: 0,
      title: 'F',
      why: { text: '', document: '', figure: '', ours: true },
      steps: [],
    }
    timeline.fold({ kind: 'system', seq: 6, prev: 5, system: { ...SYSTEM, state: 'critical' } })
    timeline.fold({ kind: 'alert', seq: 7, prev: 6, alert })
    timeline.fold({ kind: 'alert', seq: 8, prev: 7, alert: { ...alert, state: 'resolved', resolvedAt: 9 } })
    timeline.fold({ kind: 'note', seq: 9, prev: 8, note: { id: 'n', at: 1, text: 'hello', kind: 'note' } })
    expect(timeline.systems.map((system) => system.state)).toEqual(['critical'])
    expect(timeline.alerts.map((each) => each.state)).toEqual(['resolved'])
    timeline.fold({
      kind: 'note',
      seq: 10,
      prev: 9,
      note: { id: 'n', at: 1, text: 'hello', kind: 'note' },
      deleted: true,
    })
    expect(timeline.notes).toEqual([])
  })

  it('takes what comes with a stale series for the last value, not for the one of now', () => {
    const timeline = new Timeline(new ManualClock())
    timeline.fold(hello({ series: [{ ...SERIES, stale: true }] }))
    expect(timeline.newest(1)).toMatchObject({ value: null, last: 27, lastAt: 1000 })
    timeline.fold(tick([[1, 9_000, 30]]))
    expect(timeline.newest(1)).toEqual({ at: 9_000, value: 30, last: 30, lastAt: 9_000 })
  })

  it('tells its listeners once a frame, however much came', () => {
    const { timeline, clock } = greeted()
    clock.advance(100)
    let told = 0
    const stop = timeline.subscribe(() => {
      told += 1
    })
    for (let at = 0; at < 50; at += 1) timeline.fold(tick([[1, 2000 + at, at]]))
    clock.advance(20)
    expect(told).toBe(1)
    stop()
  })

  it('gives the same object until it changes', () => {
    const { timeline } = greeted()
    const before = timeline.newest(1)
    timeline.fold(tick([[2, 2000, 1]]))
    expect(timeline.newest(1)).toBe(before)
    expect(timeline.seriesOf('nobody')).toBe(timeline.seriesOf('nobody'))
    expect(timeline.newest(99)).toBe(timeline.newest(99))
  })
})

describe('a page left open for a week', () => {
  const DAY = 86_400_000
  const note = (n: number): ServerMessage => ({
    kind: 'note',
    seq: n,
    prev: n - 1,
    note: { id: `n${n}`, at: n, text: 'deploy', kind: 'deploy' },
  })

  it('keeps twenty minutes of samples and no more', () => {
    const { timeline, clock } = greeted()
    for (let at = 2_000; at < 3 * 3_600_000; at += 5_000) {
      clock.advance(5_000)
      timeline.fold(tick([[1, at, at]]))
    }
    const kept = timeline.samples(1, 0)
    const span = (kept.at(-1)?.[0] ?? 0) - (kept[0]?.[0] ?? 0)
    expect(span).toBeGreaterThanOrEqual(20 * 60_000)
    expect(span).toBeLessThan(26 * 60_000)
  })

  it('forgets series that were silent for a day, as each deploy leaves its own behind', () => {
    const { timeline, clock } = greeted()
    for (let day = 0; day < 7; day += 1) {
      const id = 100 + day
      const at = 10_000 + day * DAY
      timeline.fold({
        kind: 'series',
        seq: id,
        prev: id - 1,
        series: [{ ...SERIES, id, labels: { instance: `i${day}` }, at, value: 1 }],
      })
      for (let hour = 0; hour < 24; hour += 1) {
        timeline.fold(tick([[id, at + hour * 3_600_000, 1]]))
        clock.advance(3_600_000)
      }
    }
    timeline.fold(tick([[106, 10_000 + 7 * DAY, 1]]))
    expect(timeline.seriesOf('captions').map((series) => series.id)).toEqual([106])
    expect([timeline.samples(101, 0), timeline.newest(101).at]).toEqual([[], null])
  })

  it('forgets what belonged to a system that is no longer watched', () => {
    const { timeline } = greeted()
    timeline.fold({ kind: 'systems', seq: 6, prev: 5, systems: [] })
    expect([timeline.seriesOf('captions'), timeline.samples(1, 0)]).toEqual([[], []])
    expect(timeline.answeredAt('captions', 'health')).toBeNull()
  })

  it('keeps the newest few hundred notes', () => {
    const { timeline } = greeted()
    for (let n = 1; n <= 2_000; n += 1) timeline.fold(note(n))
    expect([timeline.notes.length, timeline.notes.at(-1)?.id]).toEqual([500, 'n2000'])
  })
})

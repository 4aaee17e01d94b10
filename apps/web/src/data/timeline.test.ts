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

  it('calls for the history again after a gap, and after coming back, but not at first', () => {
    const { timeline } = greeted()
    expect(timeline.epoch).toBe(0)
    timeline.fold({ kind: 'gap', seq: 7, prev: 6, from: 0, to: 1 })
    expect(timeline.epoch).toBe(1)
    timeline.fold(hello())
    expect(timeline.epoch).toBe(2)
  })

  it('forgets the samples of another stream, keeps those of the same', () => {
    const { timeline } = greeted()
    timeline.fold(tick([[1, 2000, 28]]))
    timeline.fold(hello())
    expect(timeline.samples(1, 0)).toHaveLength(2)
    timeline.fold(hello({ stream: 'b' }))
    expect(timeline.samples(1, 0)).toHaveLength(1)
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

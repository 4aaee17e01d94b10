import { describe, expect, it } from 'vitest'
import type { Range } from '@headroom/shared/contracts.ts'
import type { Note } from '@headroom/shared/model/note.ts'
import type { PlannedEvent } from '@headroom/shared/model/planned-event.ts'
import type { SeriesView } from '@headroom/shared/model/series.ts'
import { ManualClock } from '../../data/clock.ts'
import { eventsOf, nearestEvent } from './choose-event.ts'
import { noteSpans } from './lane-spans.ts'
import { metricGroups } from './metric-groups.ts'
import { createRangeBatch } from './range-batch.ts'
import type { LoadRange } from './range-batch.ts'
import { chooseSeries, worseEnd } from './series-choice.ts'
import { seriesRows } from './series-rows.ts'
import { isGrowing, viewOf } from './view.ts'

const HOUR = 3_600_000

const event = (change: Partial<PlannedEvent> = {}): PlannedEvent => ({
  id: 'wed',
  name: 'Wednesday workshop',
  systems: [],
  timezone: 'Europe/Amsterdam',
  startAt: 100 * HOUR,
  endAt: 103 * HOUR,
  runsheet: [{ at: 101 * HOUR, name: 'Lab 1' }],
  ...change,
})
const seriesView = (id: number, change: Partial<SeriesView> = {}): SeriesView => ({
  id,
  system: 's',
  source: 'health',
  primary: true,
  metric: 'queue.length',
  unit: 'count',
  labels: { queue: `q${id}` },
  at: null,
  value: null,
  ...change,
})
const bucket = (id: number, min: number, max: number): Range['series'][number] => ({
  id,
  t: [0],
  min: [min],
  max: [max],
  avg: [(min + max) / 2],
  last: [max],
})

describe('a planned event', () => {
  it('is shown whole, with those who come early and stay late, and counts its times from its beginning', () => {
    expect(viewOf({ event: 'wed' }, event())).toMatchObject({
      kind: 'fixed',
      from: 100 * HOUR - 600_000,
      to: 103 * HOUR + 600_000,
      origin: 100 * HOUR,
    })
  })

  it('keeps counting while a part of it is looked at, and ends where it was paused', () => {
    expect(viewOf({ event: 'wed', from: 5, to: 9 }, event())).toMatchObject({ from: 5, to: 9, origin: 100 * HOUR })
    expect(viewOf({ event: 'wed', at: 101 * HOUR }, event())).toMatchObject({ to: 101 * HOUR, origin: 100 * HOUR })
  })

  it('grows while it is under way, and stands still before and after', () => {
    const view = viewOf({}, event())
    expect([99, 102, 104].map((hour) => isGrowing(view, hour * HOUR))).toEqual([false, true, false])
    expect(isGrowing(viewOf({}), 0)).toBe(true)
  })

  it('is the one under way, else the nearest, of those that concern the system', () => {
    const before = event({ id: 'mon', startAt: 10 * HOUR, endAt: 12 * HOUR, systems: ['s'] })
    const other = event({ id: 'other', systems: ['x'] })
    const all = eventsOf('s', [event(), other, before])
    expect(all.map(({ id }) => id)).toEqual(['mon', 'wed'])
    expect(nearestEvent(all, 102 * HOUR)?.id).toBe('wed')
    expect(nearestEvent(all, 13 * HOUR)?.id).toBe('mon')
    expect(nearestEvent([], 0)).toBeUndefined()
  })

  it('puts its run-sheet among the notes, and what somebody noted only once', () => {
    const note: Note = { id: 'n', at: 101 * HOUR, text: 'Lab 1', kind: 'runsheet' }
    const window = { from: 100 * HOUR, to: 103 * HOUR }
    const marks = [
      { at: 101 * HOUR, name: 'Lab 1' },
      { at: 102 * HOUR, name: 'Lab 2' },
      { at: 200 * HOUR, name: 'Another day' },
    ]
    const spans = noteSpans([note], [event({ runsheet: marks })], window)
    expect(spans.map(({ name, group }) => [name, group])).toEqual([
      ['Lab 2', 'run-sheet'],
      ['Lab 1', 'run-sheet'],
    ])
  })
})

describe('many series in one chart', () => {
  const all = Array.from({ length: 300 }, (_, value) => ({ value, extreme: 1000 - value }))

  it('show those that are worst now and those that were worst in the window', () => {
    const { shown, more } = chooseSeries('queue.length', all)
    expect(shown.map((each) => each.value)).toEqual([0, 1, 2, 3, 296, 297, 298, 299])
    expect(more).toHaveLength(292)
  })

  it('show what was worst in the window where nothing is known of now', () => {
    const past = all.map((each) => ({ ...each, value: null }))
    expect(chooseSeries('queue.length', past).shown.map((each) => each.extreme)).toEqual([
      1000, 999, 998, 997, 996, 995, 994, 993,
    ])
  })

  it('call the least the worst where more is better', () => {
    expect([worseEnd('replicas.ready', 1, 9), worseEnd('queue.length', 1, 9)]).toEqual([1, 9])
    expect(chooseSeries('replicas.ready', all).shown.map((each) => each.value)).toContain(0)
  })

  it('stand in the table with what each was over the window, the worst first', () => {
    const [group] = metricGroups([seriesView(1), seriesView(2), seriesView(3)]).known
    if (group === undefined) throw new Error('there is no group')
    const rows = seriesRows(group, [bucket(1, 0, 5), bucket(2, 1, 50)], (id) => id)
    expect(rows.map(({ label, newest, least, mean, most }) => [label, newest, least, mean, most])).toEqual([
      ['q2', 2, 1, 25.5, 50],
      ['q1', 1, 0, 2.5, 5],
      ['q3', 3, null, null, null],
    ])
  })

  it('in two units are two charts, because one axis cannot hold both', () => {
    const { known } = metricGroups([seriesView(1), seriesView(2, { unit: 'percent' })])
    expect(known.map(({ key, unit, title }) => [key, unit, title])).toEqual([
      ['queue.length', 'count', 'Job queue length'],
      ['queue.length in percent', 'percent', 'Job queue length, in percent'],
    ])
  })
})

describe('asking for the history of several charts', () => {
  const answer = (ids: readonly number[]): Range => ({
    from: 0,
    to: 10,
    stepMs: 1,
    series: ids.map((id) => bucket(id, 0, id)),
  })
  const never = new AbortController().signal
  const query = (...series: number[]): Parameters<LoadRange>[0] => ({ series, from: 0, to: 10, points: 5 })

  /** A loader that notes what it is asked, and fails for what `fails` says. */
  function rig(fails: (series: readonly number[]) => boolean = () => false): {
    asked: string[]
    clock: ManualClock
    load: LoadRange
    askNow: () => void
  } {
    const asked: string[] = []
    const clock = new ManualClock()
    const batch = createRangeBatch(async ({ series, points }) => {
      asked.push(`${series.join(',')}/${points}`)
      if (fails(series)) throw new Error('the store could not be read')
      return answer(series)
    }, clock)
    return { asked, clock, ...batch }
  }

  it('is one request for those that ask in the same moment, and each gets its own', async () => {
    const { asked, clock, load } = rig()
    const both = Promise.all([load(query(1, 2), never), load(query(2, 3), never)])
    clock.advance(1)
    expect((await both).map((range) => range.series.map(({ id }) => id))).toEqual([
      [1, 2],
      [2, 3],
    ])
    expect(asked).toEqual(['1,2,3/5'])
  })

  it('keeps apart what is asked for other times or in other steps', async () => {
    const { asked, clock, load } = rig()
    const all = Promise.all([load(query(1), never), load({ ...query(2), points: 1 }, never)])
    clock.advance(1)
    await all
    expect(asked.toSorted()).toEqual(['1/5', '2/1'])
  })

  it('lets only the one fail whose series cannot be had', async () => {
    const { clock, load, asked } = rig((series) => series.includes(2))
    const all = Promise.allSettled([load(query(1), never), load(query(2), never), load(query(3), never)])
    clock.advance(1)
    expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(asked).toEqual(['1,2,3/5', '1/5', '2/5', '3/5'])
  })

  it('does not hold up the others for one that is slow', async () => {
    const clock = new ManualClock()
    const { load } = createRangeBatch(
      ({ series }, signal) =>
        new Promise((resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('given up')))
          if (!series.includes(2)) resolve(answer(series))
        }),
      clock,
    )
    const one = load(query(1), never)
    const stop = new AbortController()
    const two = load(query(2), stop.signal).catch((error: unknown) => error)
    clock.advance(1)
    clock.advance(2_000)
    expect((await one).series.map(({ id }) => id)).toEqual([1])
    stop.abort()
    expect(await two).toBeInstanceOf(Error)
  })

  it('asks alone for a while after that, and together again later', async () => {
    let broken = true
    const { clock, load, asked } = rig((series) => broken && series.length > 1)
    const first = Promise.all([load(query(1), never), load(query(2), never)])
    clock.advance(1)
    await first
    broken = false
    await Promise.all([load(query(1), never), load(query(2), never)])
    expect(asked).toEqual(['1,2/5', '1/5', '2/5', '1/5', '2/5'])
    clock.advance(31_000)
    const later = Promise.all([load(query(1), never), load(query(2), never)])
    clock.advance(1)
    await later
    expect(asked.at(-1)).toBe('1,2/5')
  })

  it('asks for a great many in several requests', async () => {
    const { asked, clock, load } = rig()
    const all = Promise.all(Array.from({ length: 100 }, (_, id) => load(query(id), never)))
    clock.advance(1)
    expect((await all).every((range, id) => range.series[0]?.id === id)).toBe(true)
    expect(asked).toHaveLength(2)
  })

  it('is done at once when it is known that nobody else will ask', async () => {
    const { asked, load, askNow } = rig()
    const both = Promise.all([load(query(1), never), load(query(2), never)])
    askNow()
    await both
    expect(asked).toEqual(['1,2/5'])
  })

  it('forgets who no longer wants an answer', async () => {
    const { asked, clock, load } = rig()
    const stop = new AbortController()
    const gone = load(query(1), stop.signal).catch((error: unknown) => error)
    stop.abort()
    clock.advance(1)
    expect(await gone).toBeInstanceOf(DOMException)
    expect(asked).toEqual([])
  })
})

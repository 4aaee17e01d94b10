import { describe, expect, it } from 'vitest'
import type { MappingView } from '@headroom/shared/contracts.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import type { Mapped } from '@headroom/shared/model/trial.ts'
import { addChange, changeWords, pendingChanges, withChanges } from './changes.ts'
import type { Change } from './changes.ts'
import { healthOf, worstHealth } from './collector-health.ts'
import { fieldsOf, readFields } from './correction-form.ts'
import { forecastWords } from './forecast-words.ts'
import { matchesRow, placeOf, takenCounts } from './mapping-rows.ts'
import { forecast } from './storage-forecast.ts'
import { searchSystems } from './use-system-search.ts'

const DAY_SECONDS = 86_400
const plain = (text: string): string => text.replaceAll(/\s/g, ' ')

describe('where the storage leads', () => {
  const store = { bytes: 1e9, maxBytes: 10e9, bytesPerDay: 1e8, retainSeconds: 30 * DAY_SECONDS, freeBytes: 100e9 }

  it('is kept under its maximum by retention, and says at what', () => {
    expect(forecast(store)).toEqual({ kind: 'kept-under', bytes: 3e9 })
    expect(plain(forecastWords(forecast(store)))).toMatch(/Retention keeps it under its maximum: .* about 2.79 GiB/)
  })

  it('is never said to settle below what there is already', () => {
    expect(forecast({ ...store, bytes: 5e9 })).toEqual({ kind: 'kept-under', bytes: 5e9 })
  })

  it('is full in so many days, where retention does not help', () => {
    const fast = { ...store, bytesPerDay: 1e9 }
    expect(forecast(fast)).toEqual({ kind: 'full', days: 9 })
    expect(forecastWords(forecast(fast))).toBe(
      'Full in about 9 days at this rate; from then on the oldest days make room.',
    )
    expect(forecastWords({ kind: 'full', days: 1.2 })).toContain('about 1 day ')
    expect(forecastWords({ kind: 'full', days: 0.3 })).toContain('less than a day')
  })

  it('names the disk where that is full first', () => {
    expect(forecast({ ...store, bytesPerDay: 1e9, freeBytes: 2e9 })).toEqual({ kind: 'disk-full', days: 2 })
    expect(forecastWords({ kind: 'disk-full', days: 0 })).toBe('The disk is full: free some space.')
    expect(forecast({ ...store, freeBytes: 1e9 })).toEqual({ kind: 'disk-full', days: 10 })
  })

  it('does not guess where nothing is known, and needs no free space to be known', () => {
    expect(forecast({ ...store, bytesPerDay: null })).toEqual({ kind: 'unknown' })
    expect(forecast({ ...store, freeBytes: null })).toEqual({ kind: 'kept-under', bytes: 3e9 })
    expect(forecast({ ...store, bytesPerDay: 0 })).toEqual({ kind: 'kept-under', bytes: 1e9 })
  })

  it('is at its maximum once it is nearly there', () => {
    expect(forecast({ ...store, bytes: 9.9e9, bytesPerDay: null })).toEqual({ kind: 'at-maximum' })
    expect(forecast({ ...store, maxBytes: 0 })).toEqual({ kind: 'at-maximum' })
  })
})

describe('the collector’s health', () => {
  const well = { cpuPercent: 2, rssBytes: 88 * 2 ** 20, commitP99Ms: 6, latenessP99Ms: 2, dropped: 0 }

  it('is fine in every word while it is', () => {
    expect(healthOf(well).map(({ word }) => word)).toEqual(['fine', 'fine', 'fine', 'fine', 'fine'])
    expect(worstHealth(healthOf(well))).toBe('ok')
  })

  it.each([
    [{ cpuPercent: 97 }, 'CPU', 'too busy: it falls behind'],
    [{ rssBytes: 400 * 2 ** 20 }, 'Memory', 'more than usual'],
    [{ commitP99Ms: 940 }, 'Writing a commit', 'slow: the disk is busy'],
    [{ latenessP99Ms: 3_200 }, 'Asking late', 'too late: it has too much to do'],
    [{ dropped: 1 }, 'Readings lost', 'lost: the disk was too slow'],
    [{ commitP99Ms: null }, 'Writing a commit', 'not measured yet'],
  ])('%j: %s is %s', (change, name, word) => {
    expect(healthOf({ ...well, ...change }).find((each) => each.name === name)?.word).toBe(word)
  })

  it('is as bad as the worst of it', () => {
    expect(worstHealth(healthOf({ ...well, dropped: 1, commitP99Ms: 940 }))).toBe('warning')
  })
})

describe('corrections that are gathered', () => {
  const inForce = {
    map: { a: { metric: 'users.active' }, b: { metric: 'cache.hits', unit: 'count' } },
    ignore: ['build'],
  }
  const metric = (path: string, name: string): Change => ({
    path,
    wish: { kind: 'metric', correction: { metric: name } },
  })

  it('stand with those in force, each in its place', () => {
    expect(withChanges(inForce, [metric('a', 'sessions.active'), metric('c', 'queue.length')])).toEqual({
      map: {
        a: { metric: 'sessions.active' },
        b: { metric: 'cache.hits', unit: 'count' },
        c: { metric: 'queue.length' },
      },
      ignore: ['build'],
    })
  })

  it('move a path from one list to the other', () => {
    expect(withChanges(inForce, [{ path: 'a', wish: { kind: 'ignore' } }, metric('build', 'build.number')])).toEqual({
      map: { b: { metric: 'cache.hits', unit: 'count' }, build: { metric: 'build.number' } },
      ignore: ['a'],
    })
  })

  it('take a path back to what it is by itself', () => {
    const none = ['a', 'b', 'build'].map((path): Change => ({ path, wish: { kind: 'none' } }))
    expect(withChanges(inForce, none)).toEqual({ map: {}, ignore: [] })
  })

  it('wait until the configuration says them, and a plain value is a gauge', () => {
    const changes: Change[] = [
      { path: 'a', wish: { kind: 'metric', correction: { metric: 'users.active', kind: 'gauge' } } },
      { path: 'build', wish: { kind: 'ignore' } },
      { path: 'c', wish: { kind: 'none' } },
      metric('b', 'cache.hits'),
    ]
    expect(pendingChanges(inForce, changes).map(({ path }) => path)).toEqual(['b'])
  })

  it('of one path the last one counts', () => {
    expect(addChange([metric('a', 'x'), metric('b', 'y')], metric('a', 'z'))).toEqual([
      metric('b', 'y'),
      metric('a', 'z'),
    ])
  })

  it('are said in words', () => {
    expect(
      changeWords({
        path: 'shards.*.mem',
        wish: { kind: 'metric', correction: { metric: 'shard.mem', unit: 'MB', kind: 'gauge', label: 'shard' } },
      }),
    ).toBe('shards.*.mem is shard.mem, in MB, a gauge, by shard')
    expect(changeWords({ path: 'build', wish: { kind: 'ignore' } })).toBe('build is left out')
  })
})

describe('the fields of a correction', () => {
  const fields = fieldsOf('users.active_count', { metric: 'users.active' }, false)

  it('begin as the row is now', () => {
    expect(fields).toMatchObject({ action: 'metric', path: 'users.active_count', metric: 'users.active', unit: '' })
    expect(fieldsOf('build', undefined, true).action).toBe('ignore')
  })

  it('say only what was filled in', () => {
    expect(readFields(fields)).toEqual({
      change: { path: 'users.active_count', wish: { kind: 'metric', correction: { metric: 'users.active' } } },
    })
    expect(readFields({ ...fields, path: ' mem.* ', unit: ' MB ', kind: 'counter', label: 'shard' })).toEqual({
      change: {
        path: 'mem.*',
        wish: { kind: 'metric', correction: { metric: 'users.active', unit: 'MB', kind: 'counter', label: 'shard' } },
      },
    })
  })

  it.each([
    [{ path: ' ' }, 'path'],
    [{ metric: '' }, 'metric'],
    [{ metric: '9lives' }, 'metric'],
    [{ metric: 'two words' }, 'metric'],
    [{ unit: 'x'.repeat(33) }, 'unit'],
    [{ path: 'a.*', label: 'Shard' }, 'label'],
    [{ path: 'a.b', label: 'shard' }, 'label'],
  ])('%j is refused at %s', (change, field) => {
    const read = readFields({ ...fields, ...change })
    expect('problems' in read ? Object.keys(read.problems) : []).toEqual([field])
  })

  it('need no metric to leave a path out', () => {
    expect(readFields({ ...fields, action: 'ignore', metric: '' })).toEqual({
      change: { path: 'users.active_count', wish: { kind: 'ignore' } },
    })
  })
})

describe('the rows of an answer', () => {
  const row = (change: Partial<Mapped>): Mapped => ({
    path: 'users.active_count',
    metric: 'users.active',
    unit: 'count',
    value: 3,
    labels: {},
    how: 'known',
    ...change,
  })

  it('are counted by how they were taken', () => {
    const rows = [
      row({}),
      row({ how: 'own path' }),
      row({ how: 'own path' }),
      row({ how: 'ignored' }),
      row({ how: 'map' }),
    ]
    expect(takenCounts(rows)).toEqual([
      ['recognised', 1],
      ['corrected', 1],
      ['own', 2],
      ['out', 1],
    ])
  })

  it('are found by path, metric and label, every word of it', () => {
    expect(matchesRow(row({ labels: { queue: 'high' } }), 'HIGH users')).toBe(true)
    expect(matchesRow(row({}), 'users queue')).toBe(false)
    expect(matchesRow(row({}), '')).toBe(true)
  })

  it('are corrected at their place, where they have one', () => {
    expect(placeOf(row({}))).toBe('users.active_count')
    expect(placeOf(row({ place: 'queues.*.length' }))).toBe('queues.*.length')
    expect(placeOf(row({ place: null }))).toBeUndefined()
  })
})

describe('the search through systems', () => {
  const system = (id: string, name: string): SystemView => ({
    id,
    name,
    presets: [],
    state: 'ok',
    down: false,
    since: 0,
    sources: [],
    headroom: [],
    texts: [],
    alerts: { warning: 0, critical: 0 },
  })
  const mapping: MappingView = {
    system: 'web',
    source: 'health',
    leftOut: 0,
    mapped: [{ path: 'pool.checked_out', metric: 'db.pool.in_use', unit: 'count', value: 3, labels: {}, how: 'known' }],
  }
  const systems = [system('captions', 'Caption workshop'), system('web', 'Web UI')]
  const found = (search: string): string[] =>
    searchSystems(systems, [mapping], search).map(({ system: { id }, inside }) => `${id}${inside ? ' inside' : ''}`)

  it('finds by name, and by what their sources give', () => {
    expect(found('')).toEqual(['captions', 'web'])
    expect(found('work CAPT')).toEqual(['captions'])
    expect(found('checked_out')).toEqual(['web inside'])
    expect(found('nothing')).toEqual([])
  })
})

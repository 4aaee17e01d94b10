import { correctionLines } from '@headroom/shared/correction-lines.ts'
import type { Corrections } from '@headroom/shared/model/correction.ts'
import { describe, expect, it } from 'vitest'
import { loadConfig } from '../src/config/load.ts'
import { loadPresets } from '../src/presets/load.ts'
import { mapDocument } from '../src/sources/http-json/mapping/map-document.ts'
import { HttpJsonOptions } from '../src/sources/http-json/schema.ts'
import { SOURCES } from '../src/sources/index.ts'

const STYLES = ['lines', 'braces'] as const

/** A file in which the corrections stand as the screen shows them, in a source written either way. */
function fileWith(corrections: Corrections, style: (typeof STYLES)[number]): string {
  const written = correctionLines(corrections, style)
  const address = 'url: "https://app.example.com/stats"'
  return style === 'lines'
    ? `systems:\n  - id: shop\n    sources:\n      - type: http-json\n        ${address}\n${written}\n`
    : `systems:\n  - id: shop\n    sources:\n      - { type: http-json, ${address}${written === '' ? '' : `, ${written}`} }\n`
}

const Read = HttpJsonOptions.pick({ map: true, ignore: true }).strip()

/** The options of the source, as the collector's own loader reads them. */
function loaded(text: string): Pick<HttpJsonOptions, 'map' | 'ignore'> {
  const result = loadConfig(text, { lookup: () => undefined, sources: SOURCES, presets: loadPresets() })
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.message).join('\n'))
  return Read.parse(result.config.systems[0]?.sources[0]?.options)
}

const DOCUMENT = {
  users: { active_count: 12, '${HOME}': 3 },
  cache: { hits: 900 },
  mem: 512,
  build: 7,
  mode: 'running',
  shards: { a: { depth: 4 }, b: { depth: 6 } },
  'a "quoted" key': 5,
}

describe.each(STYLES)('correction lines, as %s', (style) => {
  const take = (corrections: Corrections): Map<string, number> => {
    const { map, ignore } = loaded(fileWith(corrections, style))
    const { mapped } = mapDocument(DOCUMENT, { map, ignore, maxSeries: 200, now: 0 })
    return new Map(
      mapped
        .filter((row) => row.how === 'map')
        .map((row) => [
          `${row.metric}${Object.entries(row.labels)
            .map(([name, value]) => `{${name}=${value}}`)
            .join('')}`,
          Number(row.value),
        ]),
    )
  }

  it('say nothing where nothing is corrected', () => {
    expect(correctionLines({ map: {}, ignore: [] }, style)).toBe('')
  })

  it('make a path another metric, with its unit brought to the catalogue’s', () => {
    expect(
      take({
        map: { 'users.active_count': { metric: 'sessions.active' }, mem: { metric: 'memory.used_bytes', unit: 'MB' } },
        ignore: [],
      }),
    ).toEqual(
      new Map([
        ['sessions.active', 12],
        ['memory.used_bytes', 512 * 2 ** 20],
      ]),
    )
  })

  it('make a counter, a state, and a labelled series of every key', () => {
    expect(
      take({
        map: {
          'cache.hits': { metric: 'cache.hits', kind: 'counter', unit: 'count' },
          mode: { metric: 'mode.on', kind: 'state' },
          'shards.*.depth': { metric: 'shard.depth', label: 'shard' },
        },
        ignore: [],
      }),
    ).toEqual(
      new Map([
        ['cache.hits', 900],
        ['mode.on', 1],
        ['shard.depth{shard=a}', 4],
        ['shard.depth{shard=b}', 6],
      ]),
    )
  })

  it('leave a path out', () => {
    const { map, ignore } = loaded(fileWith({ map: {}, ignore: ['build', 'shards'] }, style))
    const { mapped } = mapDocument(DOCUMENT, { map, ignore, maxSeries: 200, now: 0 })
    expect(mapped.filter((row) => /build|shards/.test(row.path))).toEqual([])
    expect(mapped.some((row) => row.path === 'cache.hits')).toBe(true)
  })

  it('survive names that YAML, JSON or the environment would take for something else', () => {
    const corrections: Corrections = {
      map: { 'a "quoted" key': { metric: 'off' }, 'users.*': { metric: 'users.each', label: 'y', unit: '${UNIT}' } },
      ignore: ['users.${HOME}', 'no', '- x'],
    }
    expect(loaded(fileWith(corrections, style))).toMatchObject(corrections)
  })
})

describe('the place of a row', () => {
  const RICH = {
    status: 'healthy',
    uptime_hours: 2,
    memory: { used_mb: 512, limit_mb: 2048 },
    queues: { high: { length: 4, oldest_seconds: 3 }, low: { length: 9, oldest_seconds: 30 } },
    workers: [
      { name: 'w1', state: 'busy', memory_mb: 120 },
      { name: 'w2', state: 'idle', memory_mb: 90 },
    ],
    responses: { 200: 900, 503: 2 },
    recent: [3, 5, 8],
    uploads: [{ seconds: 10 }, { seconds: 12 }],
    load_average: [0.5, 0.4, 0.3],
    started: '12 h',
    pool: 'total: 5, active: 3',
    'odd key!': 7,
    recommendations: ['raise the limit'],
  }
  const rows = (corrections: Corrections): ReturnType<typeof mapDocument>['mapped'] =>
    mapDocument(RICH, { ...loaded(fileWith(corrections, 'lines')), maxSeries: 200, now: 0 }).mapped
  const name = (row: { path: string; metric: string }): string => `${row.path} ${row.metric}`
  const all = rows({ map: {}, ignore: [] })
  const offered = all.filter((row) => row.place !== null)

  it('is not said where a number is made of several, or stands within a text', () => {
    expect(all.filter((row) => row.place === null).map((row) => row.path)).toEqual(
      expect.arrayContaining([
        'memory.used_mb, memory.limit_mb',
        'recent.sum',
        'uploads.seconds.max',
        'pool.total',
        'status',
      ]),
    )
  })

  it('has a star for each key that became a label, and names a list without its count', () => {
    const places = new Map(all.map((row) => [row.path, row.place]))
    expect(places.get('queues.length')).toBe('queues.*.length')
    expect(places.get('workers.memory_mb')).toBe('workers.*.memory_mb')
    expect(places.get('recent.count')).toBe('recent')
    expect(places.get('uptime_hours')).toBeUndefined()
  })

  it.each(offered.map((row) => [row.place ?? row.path, row] as const))(
    '%s: what is left out there is gone',
    (place, row) => {
      expect(rows({ map: {}, ignore: [place] }).map(name)).not.toContain(name(row))
    },
  )

  it.each(
    offered
      .filter((row) => typeof row.value === 'number' && row.metric !== 'healthy' && !row.metric.startsWith('advice.'))
      .map((row) => [row.place ?? row.path, row] as const),
  )('%s: what is mapped there is taken from there', (place) => {
    const mapped = rows({ map: { [place]: { metric: 'test.corrected', label: 'instance' } }, ignore: [] })
    expect(mapped.filter((row) => row.how === 'map').map((row) => [row.metric, row.place ?? row.path])).toContainEqual([
      'test.corrected',
      place,
    ])
  })
})

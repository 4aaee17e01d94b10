import { describe, expect, it } from 'vitest'
import type { HeadroomView } from '@headroom/shared/model/system.ts'
import { changeWords } from './change-words.ts'
import { conditionWords } from './condition-words.ts'
import { foldAlerts } from './fold-alerts.ts'
import { gistOf } from './gist.ts'
import { limitWords } from './limit-words.ts'
import { nothingFoundWords } from './nothing-found-words.ts'
import { sourceWords } from './source-words.ts'
import { testedWords } from './tested-words.ts'
import { madeAlert } from './testing/made-alert.ts'
import { madeSystem } from './testing/made-system.ts'

const plain = (text: string): string => text.replaceAll('\u00a0', ' ')
const row = (title: string, change: Partial<HeadroomView> = {}): HeadroomView => ({
  resource: title,
  title,
  metric: title,
  used: 1,
  limit: 50,
  unit: 'count',
  usedPercent: 2,
  limitFrom: 'reported',
  ...change,
})

describe('conditionWords', () => {
  const alert = { title: 'DB pool', value: 48, line: 40, unit: 'count' }

  it('tells the value of now, of its limit, and the line', () => {
    expect(conditionWords(alert, { value: 41, now: true }, row('DB pool'))).toBe('DB pool: 41 of 50 now, line is 40')
    expect(conditionWords(alert, { value: 41, now: true }, undefined)).toBe('DB pool: 41 now, line is 40')
  })

  it('says of one that came back, and has not cleared yet, that it did', () => {
    expect(conditionWords(alert, { value: 39, now: true }, undefined)).toBe(
      'DB pool: 39 now, back below the line of 40',
    )
    const few = { title: 'Free workers', value: 0, line: 2, unit: 'count' }
    expect(conditionWords(few, { value: 5, now: true }, undefined)).toBe(
      'Free workers: 5 now, back above the line of 2',
    )
    // On its line it is past it for one flag, and back for another.
    expect(conditionWords(alert, { value: 40, now: true }, undefined)).toBe('DB pool: 40 now, line is 40')
    expect(conditionWords(alert, { value: 39, now: false }, undefined)).toBe('DB pool: 39, line is 40')
  })

  it('says a unit that used and limit share once', () => {
    const memory = { title: 'Memory', value: 200 * 2 ** 20, line: 150 * 2 ** 20, unit: 'bytes' }
    const heard = { value: 198 * 2 ** 20, now: true }
    const words = conditionWords(memory, heard, row('Memory', { unit: 'bytes', limit: 512 * 2 ** 20 }))
    expect(plain(words)).toBe('Memory: 198 of 512 MiB now, line is 150 MiB')
  })

  it('does not call an old value one of now, and divides by no limit', () => {
    expect(conditionWords(alert, { value: 41, now: false }, undefined)).toBe('DB pool: 41, line is 40')
    expect(conditionWords(alert, undefined, row('DB pool', { limit: 0 }))).toBe('DB pool: 48, line is 40')
  })

  it('needs no numbers for a yes or no', () => {
    expect(conditionWords({ ...alert, title: 'Down', unit: 'bool' }, { value: 0, now: true }, undefined)).toBe('Down')
  })
})

describe('foldAlerts', () => {
  const critical = madeAlert('db-pool-critical')
  const high = madeAlert('db-pool-high', { under: critical.id })

  it('says a condition with two severities once, the more severe one', () => {
    expect(foldAlerts([critical, madeAlert('queue-long'), high]).map(({ flag }) => flag)).toEqual([
      'db-pool-critical',
      'queue-long',
    ])
  })

  it('still says the lesser one while the worse does not fire yet', () => {
    expect(foldAlerts([high])).toEqual([high])
  })
})

describe('limitWords', () => {
  it.each([
    [[row('Sessions', { limitFrom: 'config' })], 'Limit configured'],
    [[row('Sessions'), row('DB pool')], 'Limits reported'],
    [
      [row('Sessions'), row('DB pool'), row('Redis pool', { limitFrom: 'config' })],
      'Limits reported, Redis pool configured',
    ],
    [
      [
        row('Request slots', { limitFrom: 'preset' }),
        row('Sessions', { limitFrom: 'config' }),
        row('DB pool', { limitFrom: 'preset' }),
      ],
      'Limits from the document, sessions configured',
    ],
    [[row('CPU', { unit: 'percent', limit: 100 }), row('Users', { limit: 0 })], ''],
    [[row('CPU', { unit: 'percent', limit: 80, limitFrom: 'config' })], 'Limit configured'],
  ])('%#: %s', (rows, words) => {
    expect(limitWords(rows)).toBe(words)
  })
})

describe('testedWords', () => {
  it.each([
    [27, 40, 'tested for 13 more'],
    [40, 40, 'as many as were tested'],
    [44, 40, '4 more than was tested'],
  ])('%s used, %s tested', (used, tested, words) => {
    expect(testedWords(used, tested, 'count')).toBe(words)
  })
})

describe('gistOf', () => {
  it('tells used of limit, what is stale, and what is not known', () => {
    const now = { used: 27, percent: 54, stale: false }
    const rows = [
      { ...row('Sessions'), now },
      { ...row('CPU', { unit: 'percent', limit: 100 }), now: { ...now, stale: true } },
      { ...row('Slots', { limit: 0 }), now },
      { ...row('Memory'), now: { used: null, percent: null, stale: true } },
    ]
    expect(plain(gistOf(rows))).toBe('Sessions 27 of 50, CPU 27 % (stale), Slots 27, Memory not known')
  })
})

describe('small words', () => {
  it('tell a change and where it took the card', () => {
    expect(changeWords({ word: 'critical', moved: 'up' })).toEqual({
      text: 'now critical',
      arrow: '↑',
      moved: 'moved up',
    })
    expect(changeWords({ word: 'ok', moved: 'not' })).toEqual({ text: 'ok again', arrow: '', moved: '' })
  })

  it('count sources that fail', () => {
    const [source] = madeSystem('a').sources
    if (source === undefined) throw new Error('no source')
    const failing = { ...source, state: 'failing' as const }
    expect(
      [[], [source], [failing], [source, source], [failing, source], [failing, failing, source]].map((sources) =>
        sourceWords({ sources }),
      ),
    ).toEqual(['no source', '1 source', 'its source fails', '2 sources', '1 of 2 sources fails', '2 of 3 sources fail'])
  })

  it('say what was asked for where nothing is found', () => {
    expect(nothingFoundWords({ text: ' x ', states: [], presets: [] })).toBe('No system matches “x”.')
    expect(nothingFoundWords({ text: 'x', states: ['down', 'critical'], presets: ['ide-on-ecs'] })).toBe(
      'No system is down or critical, has the preset ide-on-ecs and matches “x”.',
    )
  })
})

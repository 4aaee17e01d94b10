import { describe, expect, it } from 'vitest'
import type { SourceView, SystemView } from '@headroom/shared/model/system.ts'
import { readGuide } from './guide.ts'
import { leftWords, limitWords, testedWords } from './limit-words.ts'
import { standingOf, standingWord } from './standing.ts'

const plain = (text: string): string => text.replaceAll(/\s/g, ' ')
const source = (change: Partial<SourceView> = {}): SourceView => ({
  id: 'health',
  type: 'http-json',
  state: 'ok',
  lastOkAt: 900,
  everySeconds: 5,
  lagSeconds: 0,
  tookSeconds: 0.1,
  leftOut: 0,
  ...change,
})
const system = (change: Partial<SystemView> = {}): SystemView => ({
  id: 's',
  name: 'Shop',
  presets: [],
  state: 'ok',
  down: false,
  since: 500,
  sources: [source()],
  headroom: [],
  texts: [],
  alerts: { warning: 0, critical: 0 },
  ...change,
})
const fresh = { kind: 'fresh', at: 900 } as const
const stale = { kind: 'stale', at: 900 } as const
const refused = { code: 'refused', message: 'Nothing listens there.' }

describe('how a system stands', () => {
  it('is its state while that is known, and says when an answer is late', () => {
    expect(standingOf(system(), fresh, undefined)).toEqual({ kind: 'known', word: 'ok', late: undefined })
    expect(standingOf(system({ state: 'critical' }), stale, undefined)).toEqual({
      kind: 'known',
      word: 'critical',
      late: 900,
    })
  })

  it('keeps down, unknown and a lost collector apart, in words too', () => {
    const failing = [source({ state: 'failing', error: refused })]
    const standings = [
      standingOf(system({ state: 'critical', down: true, sources: failing }), stale, undefined),
      standingOf(system({ state: 'unknown', sources: failing }), stale, undefined),
      standingOf(system(), fresh, 1_000),
    ]
    expect(standings).toEqual([
      { kind: 'down', since: 500, problem: refused },
      { kind: 'unknown', lastAt: 900, problem: refused },
      { kind: 'lost', was: 'ok', at: 1_000 },
    ])
    expect(standings.map(standingWord)).toEqual(['down', 'unknown', 'was ok'])
  })

  it('knows a system that was never heard from, is still waited for, or has no sources', () => {
    const unknown = system({ state: 'unknown' })
    expect(standingOf(unknown, { kind: 'never' }, undefined).kind).toBe('silent')
    expect(standingOf(unknown, { kind: 'pending' }, undefined).kind).toBe('waiting')
    expect(standingOf(system({ sources: [], state: 'unknown' }), { kind: 'never' }, undefined).kind).toBe('unasked')
  })
})

describe('headroom in words', () => {
  const row = {
    resource: 'sessions',
    title: 'Sessions',
    metric: 'sessions.active',
    used: 27,
    limit: 100,
    unit: 'count',
    usedPercent: 27,
    limitFrom: 'preset',
  } as const

  it('says who says the limit, a document by its name', () => {
    expect(limitWords(row, 'Workshop Capacity')).toBe('limit from “Workshop Capacity”')
    expect(limitWords({ ...row, limitFrom: 'config' }, undefined)).toBe('limit set in headroom.yaml')
    expect(limitWords({ ...row, unit: 'percent', limitFrom: 'reported' }, undefined)).toBe('')
  })

  it.each([
    [27, 100, '73 left'],
    [100, 100, 'none left'],
    [103, 100, '3 over the limit'],
    [5, 0, '5 used, and the limit is 0'],
    [0, 0, 'the limit is 0: there is none'],
    [null, 100, 'not known now'],
    [1e15, 2e15, '1e15 left'],
  ])('%s of %s: %s', (used, limit, words) => {
    expect(plain(leftWords(used, limit, 'count'))).toBe(words)
  })

  it.each([
    [27, 'tested to 40: 13 more'],
    [40, 'tested to 40, which it is at'],
    [52, 'tested to 40: 12 beyond'],
    [null, 'tested to 40'],
  ])('%s of a tested 40: %s', (used, words) => {
    expect(testedWords(used, 40, 'count')).toBe(words)
  })
})

describe('the guide of a system', () => {
  it('is read of a definition, and of one that holds none of it', () => {
    const guide = readGuide({
      id: 's',
      name: 'Shop',
      expected: ['Sessions climb to about 30, then hold.'],
      success: [],
      flags: [{ id: 'queue', over: 'sum', windowMs: 60_000 }, { id: 'plain' }],
      limits: { sessions: { value: 100, from: 'preset', document: 'Workshop Capacity' } },
    })
    expect([guide.over.get('queue'), guide.over.get('plain'), guide.windowMs.get('queue')]).toEqual([
      'sum',
      'each',
      60_000,
    ])
    expect([guide.documentOf('sessions'), guide.documentOf('memory')]).toEqual(['Workshop Capacity', undefined])
    expect(readGuide(undefined).expected).toEqual([])
    expect(readGuide({ id: 's', name: 'S', expected: [], success: [], flags: 'odd', limits: 3 }).over.size).toBe(0)
  })
})

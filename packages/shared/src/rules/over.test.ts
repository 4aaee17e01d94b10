import { describe, expect, it } from 'vitest'
import { ruleTest } from '../testing/rule-test.ts'

describe('over', () => {
  const queue = { id: 'queue', metric: 'queue.length', above: 50 } as const

  it('[RU21] each: one alert per series', () => {
    expect(
      ruleTest({ flags: [queue], series: { 'queue.length{queue="a"}': '60 60', 'queue.length{queue="b"}': '10 51' } }),
    ).toEqual(['0s queue{queue="a"} firing 60', '10s queue{queue="b"} firing 51'])
  })

  it('[RU21] sum, max, min, spread: one alert of all together', () => {
    const of = (over: 'sum' | 'max' | 'min' | 'spread'): string[] =>
      ruleTest({
        flags: [{ ...queue, over }],
        series: { 'queue.length{queue="a"}': '10 40 60 110', 'queue.length{queue="b"}': '20 20 55 55' },
      })
    expect(of('sum')).toEqual(['10s queue firing 60'])
    expect(of('max')).toEqual(['20s queue firing 60'])
    expect(of('min')).toEqual(['20s queue firing 55'])
    expect(of('spread')).toEqual(['30s queue firing 55'])
  })

  it('[RU22] a job that moves from one queue to another is never counted twice, or not at all', () => {
    expect(
      ruleTest({
        flags: [{ ...queue, over: 'sum' }],
        series: { 'queue.length{queue="a"}': '51 0 51', 'queue.length{queue="b"}': '0 51 0' },
      }),
    ).toEqual(['0s queue firing 51'])
    expect(
      ruleTest({
        flags: [{ ...queue, over: 'sum' }],
        series: { 'queue.length{queue="a"}': '0 50 0', 'queue.length{queue="b"}': '50 0 50' },
      }),
    ).toEqual([])
  })

  it('[RU22] a queue that is deleted does not hold the others up', () => {
    expect(
      ruleTest({
        flags: [{ ...queue, over: 'sum' }],
        series: { 'queue.length{queue="a"}': '10 10 60 60 60', 'queue.length{queue="b"}': '10 10 _x3' },
      }),
    ).toEqual(['20s queue firing 70'])
    expect(
      ruleTest({
        flags: [{ ...queue, over: 'sum' }],
        series: { 'queue.length{queue="a"}': '10x7', 'queue.length{queue="b"}': '45 45 _ _ _ stale _ _' },
      }),
    ).toEqual(['0s queue firing 55', '50s queue resolved 10'])
  })

  it('[RU8] when all of them are stale, nothing is said', () => {
    expect(
      ruleTest({
        flags: [{ ...queue, over: 'sum', for: '30s' }],
        series: { 'queue.length{queue="a"}': '30 30 stale', 'queue.length{queue="b"}': '30 30 stale' },
      }),
    ).toEqual(['0s queue pending 60', '20s queue dropped 60'])
  })
})

describe('arithmetic', () => {
  it('[RU21] threads a person clears like a count', () => {
    expect(
      ruleTest({
        flags: [{ id: 'threads', metric: 'threads.active / users.active', above: 2, for: '10s' }],
        series: { 'threads.active': '20 21 22 20 20', 'users.active': '10x4' },
      }),
    ).toEqual(['10s threads pending 2.1', '20s threads firing 2.2', '40s threads resolved 2'])
  })

  it('[RU21] nobody there, nothing to divide by', () => {
    expect(
      ruleTest({
        flags: [{ id: 'threads', metric: 'threads.active / users.active', above: 2 }],
        series: { 'threads.active': '20', 'users.active': '0' },
      }),
    ).toEqual([])
  })

  it('[RU21] a missing or stale operand gives no value', () => {
    const flag = { id: 'threads', metric: 'threads.active / users.active', above: 2 } as const
    expect(ruleTest({ flags: [flag], series: { 'threads.active': '30' } })).toEqual([])
    expect(ruleTest({ flags: [flag], series: { 'threads.active': '10 30', 'users.active': '10 stale' } })).toEqual([])
  })

  it('[RU21] joined on equal labels under each, with one without labels joined to all', () => {
    const flag = { id: 'busy', metric: '100 * workers.busy / workers.total', above: 80 } as const
    expect(
      ruleTest({
        flags: [flag],
        series: {
          'workers.busy{queue="a"}': '9',
          'workers.busy{queue="b"}': '1',
          'workers.total{queue="a"}': '10',
          'workers.total{queue="b"}': '2',
        },
      }),
    ).toEqual(['0s busy{queue="a"} firing 90'])
    expect(
      ruleTest({
        flags: [flag],
        series: { 'workers.busy{queue="a"}': '9', 'workers.busy{queue="b"}': '1', 'workers.total': '10' },
      }),
    ).toEqual(['0s busy{queue="a"} firing 90'])
  })

  it('[RU21] otherwise each metric is added up first, and times and percents by their greatest', () => {
    expect(
      ruleTest({
        flags: [
          {
            id: 'pools',
            metric: '(db.pool.size + db.pool.overflow) * processes.active',
            over: 'sum',
            of: 'limit:db_connections',
            above: 100,
          },
        ],
        limits: { db_connections: 100 },
        series: {
          'db.pool.size': '30 30',
          'db.pool.overflow': '20 20',
          'processes.active{instance="a"}': '1 2',
          'processes.active{instance="b"}': '1 1',
        },
      }),
    ).toEqual(['10s pools firing 150'])
  })

  it('[RU24] values of another source are the newest ones it gave', () => {
    expect(
      ruleTest({
        flags: [{ id: 'behind', metric: 'queue.length - jobs.running@redis', above: 10 }],
        series: { 'queue.length@web': '15 15 15 15', 'jobs.running@redis': '6 _ 4' },
      }),
    ).toEqual(['30s behind firing 11'])
  })
})

describe('which series', () => {
  it('[RU24] the primary source only, unless another is named', () => {
    const series = { 'memory.used_percent@web': '50', 'memory.used_percent@host': '90' }
    expect(ruleTest({ flags: [{ id: 'm', metric: 'memory.used_percent', above: 80 }], series })).toEqual([])
    expect(ruleTest({ flags: [{ id: 'm', metric: 'memory.used_percent@host', above: 80 }], series })).toEqual([
      '1s m firing 90',
    ])
  })

  it('[RU24] labels pick series; an asterisk leaves the end or the beginning open', () => {
    const series = {
      'responses.per_minute{status="503"}': '6',
      'responses.per_minute{status="500"}': '6',
      'responses.per_minute{status="200"}': '6',
    }
    const pick = (status: string): number =>
      ruleTest({ flags: [{ id: 'r', metric: 'responses.per_minute', labels: { status }, above: 0 }], series }).length
    expect([pick('503'), pick('5*'), pick('*0'), pick('*'), pick('404')]).toEqual([1, 2, 2, 3, 0])
  })

  it('[RU24] a share of labelled series is of all that `of` means', () => {
    expect(
      ruleTest({
        flags: [
          {
            id: 'errors',
            metric: 'responses.per_minute',
            labels: { status: '5*' },
            over: 'sum',
            of: 'responses.per_minute',
            above: 5,
          },
        ],
        series: { 'responses.per_minute{status="503"}': '3 6', 'responses.per_minute{status="200"}': '97 94' },
      }),
    ).toEqual(['10s errors firing 6'])
  })
})

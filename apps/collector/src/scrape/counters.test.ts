import { describe, expect, it } from 'vitest'
import { judgeCounter, judgeUptime, type SeriesMemory, type Verdict } from './counters.ts'

const EVERY_MS = 5_000

/** One word a sample: a rate per minute, the value itself, `~` for a spread, `-` for nothing. */
function verdicts(judge: typeof judgeCounter, values: readonly number[], everyMs = EVERY_MS): (number | string)[] {
  let memory: SeriesMemory | undefined
  return values.map((value, index) => {
    const [next, verdict] = judge(memory, value, index * everyMs)
    memory = next
    return shown(verdict)
  })
}

function shown(verdict: Verdict): number | string {
  switch (verdict.kind) {
    case 'rate':
      return Math.round(verdict.perMinute)
    case 'value':
      return verdict.value
    case 'spread':
      return '~'
    case 'nothing':
      return '-'
  }
}

const counter = (...values: number[]) => verdicts(judgeCounter, values)
const uptime = (...values: number[]) => verdicts(judgeUptime, values)

describe('a counter', () => {
  it('gives nothing at first, then its growth per minute', () => {
    expect(counter(100, 110, 110, 125)).toEqual(['-', 120, 0, 180])
  })

  it('that falls was reset: nothing, then it goes on', () => {
    expect(counter(100, 110, 120, 5, 15, 25, 30, 42)).toEqual(['-', 120, 120, '-', 120, 120, 60, 144])
  })

  it('that was reset while it was small is no balancer', () => {
    expect(counter(2, 4, 6, 0, 2, 4, 6, 8)).toEqual(['-', 24, 24, '-', 24, 24, 24, 24])
  })

  it('that alternates between two processes is a spread from the moment the other one comes back, and never a wrong rate', () => {
    expect(counter(100, 40, 103, 42, 106, 44)).toEqual(['-', '-', '~', '~', '~', '~'])
  })

  it('of three processes is a spread as well', () => {
    expect(counter(900, 300, 600, 905, 303, 610)).toEqual(['-', '-', '-', '~', '~', '~'])
  })

  it('that sticks to one process for a while is found out when the other comes back', () => {
    expect(counter(100, 101, 40, 41, 42, 104, 43)).toEqual(['-', 12, '-', 12, 12, '~', '~'])
  })

  it('is one process again after thirty samples without a fall', () => {
    const settled = Array.from({ length: 32 }, (_, index) => 50 + index)
    expect(counter(100, 40, 103, 42, ...settled).slice(-3)).toEqual(['~', 12, 12])
  })

  it('is measured over the time that passed, a gap included', () => {
    const [memory] = judgeCounter(undefined, 10, 0)
    expect(judgeCounter(memory, 20, 600_000)[1]).toEqual({ kind: 'rate', perMinute: 1 })
    expect(judgeCounter(memory, 20, 0)[1]).toEqual({ kind: 'nothing', reason: 'no time passed' })
  })
})

describe('an uptime', () => {
  it('stands as it is', () => {
    expect(uptime(100, 105, 110)).toEqual([100, 105, 110])
  })

  it('that starts again is a restart, held back for one sample to see who answers next', () => {
    expect(uptime(1_000, 1_005, 3, 8, 13)).toEqual([1_000, 1_005, '-', 8, 13])
  })

  it('of a second process that was there all along is a spread at once: there is no fall to be taken for a restart', () => {
    expect(uptime(3_600, 1_800, 3_610, 1_810)).toEqual([3_600, '~', '~', '~'])
  })

  it('of an instance that has just joined is a spread when the old one answers again', () => {
    expect(uptime(3_600, 3_605, 4, 3_615, 14)).toEqual([3_600, 3_605, '-', '~', '~'])
  })

  it('in hours of one decimal may restart too', () => {
    expect(verdicts(judgeUptime, [9_000, 9_000, 9_360, 0, 0, 360], 60_000)).toEqual([9_000, 9_000, 9_360, '-', 0, 360])
  })

  it('whose clock runs fast, as in a demonstration, may restart too', () => {
    expect(uptime(3_000, 3_300, 3_600, 150, 450)).toEqual([3_000, 3_300, 3_600, '-', 450])
  })

  it('that wobbles by a second does not fall', () => {
    expect(uptime(100, 105, 104, 115)).toEqual([100, 105, 105, 115])
  })

  it('restarts each time in a crash loop', () => {
    expect(uptime(60, 65, 2, 7, 12, 1, 6)).toEqual([60, 65, '-', 7, 12, '-', 6])
  })
})

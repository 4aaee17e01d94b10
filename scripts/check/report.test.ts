import { describe, expect, it } from 'vitest'
import { Report } from './report.ts'
import type { Result } from './step.ts'
import { tally } from './tally.ts'

const result = (counts: Partial<Result>): Result => ({
  passed: 0,
  failed: 0,
  missing: [],
  skipped: [],
  output: '',
  interrupted: false,
  ...counts,
})

function told(strict: boolean, results: Record<string, Partial<Result>>): { exit: number; lines: string[] } {
  const lines: string[] = []
  const report = new Report({ strict, nameWidth: 8, print: (text) => lines.push(...text.split('\n')) })
  for (const [name, counts] of Object.entries(results)) report.add(name, result(counts), 1)
  return { exit: report.close(), lines }
}

describe('the closing line', () => {
  it('sums every step, and stands alone at the end', () => {
    const { exit, lines } = told(false, { lint: { passed: 1 }, unit: { passed: 41 }, browser: { passed: 3 } })
    expect(lines.at(-1)).toBe('45 passed, 0 failed')
    expect(lines.filter((line) => /^\d+ passed, \d+ failed$/.test(line))).toHaveLength(1)
    expect(exit).toBe(0)
  })

  it('counts what failed, and shows what a step said only then', () => {
    const { exit, lines } = told(false, {
      lint: { failed: 1, output: 'a\nb' },
      types: { passed: 1, output: 'chatter' },
    })
    expect(lines).toContain('    a')
    expect(lines.join()).not.toContain('chatter')
    expect(lines.at(-1)).toBe('1 passed, 1 failed')
    expect(exit).toBe(1)
  })

  it('names a suite that cannot run, and counts it as failed in CI only', () => {
    const missing = { browser: { missing: ['the browser suite: no Chromium'] } }
    expect(told(false, missing).exit).toBe(0)
    expect(told(false, missing).lines).toContain('    the browser suite: no Chromium')
    expect(told(false, missing).lines[0]).toMatch(/^skipped {2}browser/)
    expect(told(true, missing).lines.at(-1)).toBe('0 passed, 1 failed')
  })

  it('tells of suites that ran together also where one of them could not', () => {
    const some = { programs: { passed: 7, missing: ['the redis suite: no Redis', 'the rq suite: no Redis'] } }
    expect(told(false, some).lines[0]).toMatch(/^passed {3}programs/)
    expect(told(false, some).lines).toContain('    the rq suite: no Redis')
    expect(told(true, some).lines.at(-1)).toBe('7 passed, 2 failed')
  })

  it('is not printed when somebody stopped the run', () => {
    expect(told(false, { lint: { passed: 1 }, unit: { interrupted: true } })).toMatchObject({ exit: 130 })
    expect(told(false, { unit: { interrupted: true } }).lines.at(-1)).toBe('Interrupted.')
  })
})

describe('the tally of a run of vitest', () => {
  it('counts tests, and a file that could not be loaded as one failure', () => {
    const test = (status: string): { fullName: string; status: string } => ({ fullName: `is ${status}`, status })
    const counted = tally({
      testResults: [
        { name: 'a.test.ts', status: 'failed', assertionResults: [test('passed'), test('failed'), test('skipped')] },
        { name: 'b.test.ts', status: 'failed', assertionResults: [] },
      ],
    })
    expect(counted).toEqual({
      passed: 1,
      failed: 2,
      skipped: ['is skipped'],
      problems: ['is failed', 'b.test.ts did not run to its end'],
    })
  })
})

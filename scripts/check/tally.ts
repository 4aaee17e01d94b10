import { readFileSync } from 'node:fs'

/** The part of vitest's JSON report that is read here. */
export interface VitestReport {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: readonly string[]
  /** What failed, by name. */
  readonly problems: readonly string[]
}

/** Counts every test of a report that vitest has written. */
export function tallyReport(file: string): Tally {
  try {
    return tally(JSON.parse(readFileSync(file, 'utf8')) as VitestReport)
  } catch {
    return { passed: 0, failed: 1, skipped: [], problems: ['vitest ended without a report'] }
  }
}

export function tally({ testResults }: VitestReport): Tally {
  const tests = testResults.flatMap((result) => result.assertionResults)
  const named = (...statuses: string[]): string[] =>
    tests.filter((test) => statuses.includes(test.status)).map((test) => test.fullName)

  // A file that could not be loaded has no tests of its own to fail.
  const broken = testResults
    .filter((result) => result.status === 'failed' && result.assertionResults.every((test) => test.status !== 'failed'))
    .map((result) => `${result.name} did not run to its end`)
  const problems = [...named('failed'), ...broken]
  return {
    passed: named('passed').length,
    failed: problems.length,
    skipped: named('skipped', 'pending', 'todo'),
    problems,
  }
}

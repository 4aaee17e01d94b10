import { globSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { handOver } from '../launch/processes.mjs'
import { at } from '../launch/workspace.mjs'
import type { Result, Step } from './step.ts'
import { provideTool, type ToolName, tools } from './tools.ts'

const limitMs = 420_000
const reports = at('node_modules/.cache/headroom-check')

/** The part of vitest's JSON report that is read here. */
interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly status: 'passed' | 'failed'
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

/** A step that is a run of vitest, shown as it happens; every test counts. */
export function suiteStep(name: string, projects: readonly string[]): Step {
  return { name, run: () => runProjects(name, projects) }
}

/** A suite that needs a program beside Node. Where the program cannot be had, it is skipped by name. */
export function toolSuiteStep(name: ToolName): Step {
  return {
    name,
    async run(): Promise<Result> {
      const tool = await provideTool(tools[name])
      if ('path' in tool) return runProjects(name, [name])
      return { passed: 0, failed: 0, missing: tool.missing, skipped: [], output: '', interrupted: false }
    },
  }
}

/** The tools that some suite asks for, by the names of the files. */
export const toolsInUse = (Object.keys(tools) as ToolName[]).filter((name) => {
  const files = globSync(`{apps,packages,e2e}/**/*.${name}.test.ts`, {
    cwd: at('.'),
    exclude: (path) => path.endsWith('node_modules'),
  })
  return files.length > 0
})

async function runProjects(name: string, projects: readonly string[]): Promise<Result> {
  const file = `${reports}/${name}.json`
  mkdirSync(reports, { recursive: true })
  rmSync(file, { force: true })
  const ending = await handOver(
    [
      process.execPath,
      [
        at('node_modules/vitest/vitest.mjs'),
        'run',
        ...projects.map((project) => `--project=${project}`),
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${file}`,
      ],
    ],
    { limitMs },
  )
  const counts = count(file)
  const problems = ending.late ? [`stopped: it took longer than ${limitMs / 1000} s`] : counts.problems
  // An error outside any test fails the run without failing a test.
  const failed = counts.failed + (ending.code !== 0 && counts.failed === 0 ? 1 : 0)
  return { ...counts, failed, output: problems.join('\n'), interrupted: ending.interrupted !== undefined }
}

interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: readonly string[]
  readonly problems: readonly string[]
}

function count(file: string): Counts {
  const report = read(file)
  if (!report) return { passed: 0, failed: 0, skipped: [], problems: ['vitest ended without a report'] }
  const tests = report.testResults.flatMap((result) => result.assertionResults)
  const named = (status: string): string[] =>
    tests.filter((test) => test.status === status).map((test) => test.fullName)
  // A file that could not be loaded has no tests of its own to fail.
  const broken = report.testResults
    .filter((result) => result.status === 'failed' && result.assertionResults.every((test) => test.status !== 'failed'))
    .map((result) => `${result.name} did not run to its end`)
  const failures = named('failed')
  return {
    passed: named('passed').length,
    failed: failures.length + broken.length,
    skipped: [...named('skipped'), ...named('pending'), ...named('todo')],
    problems: [...failures, ...broken],
  }
}

function read(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report
  } catch {
    return undefined
  }
}

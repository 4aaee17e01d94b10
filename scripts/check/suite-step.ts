import { globSync, mkdirSync, rmSync } from 'node:fs'
import { handOver } from '../launch/processes.mjs'
import { at } from '../launch/workspace.mjs'
import type { Result, Step } from './step.ts'
import { tallyReport } from './tally.ts'
import { provideTool, type ToolName, tools, withBeside } from './tools.ts'

/** For a run that does not end at all: a test that hangs is ended by its own limit, and told by its name. */
const limitMs = 3_600_000
const reports = at('node_modules/.cache/headroom-check')

const NOTHING: Result = { passed: 0, failed: 0, missing: [], skipped: [], output: '', interrupted: false }

/** A step that is a run of vitest, shown as it happens; every test counts. */
export function suiteStep(name: string, projects: readonly string[]): Step {
  return { name, run: () => runProjects(name, projects) }
}

/**
 * Suites that need programs beside Node, in one run of vitest, which lets them go side by side and tells of each file as
 * it ends. Those whose program cannot be had are skipped by name.
 */
export function toolSuitesStep(name: string, suites: readonly ToolName[]): Step {
  return {
    name,
    async run(): Promise<Result> {
      const missing = new Map<ToolName, string>()
      for (const suite of suites) {
        const reason = await reasonAgainst(suite)
        if (reason !== undefined) missing.set(suite, `the ${suite} suite: ${reason}`)
      }
      const ready = suites.filter((suite) => !missing.has(suite))
      const result = ready.length === 0 ? NOTHING : await runProjects(name, ready)
      return { ...result, missing: [...missing.values()] }
    },
  }
}

/** Why a suite cannot run here, if so; what it needs is installed where that is possible. */
async function reasonAgainst(suite: ToolName): Promise<string | undefined> {
  for (const tool of withBeside(suite)) {
    const provided = await provideTool(tool)
    if ('missing' in provided) return provided.missing
  }
  return undefined
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
  const tally = tallyReport(file)
  const problems = ending.late ? [`stopped: it took longer than ${limitMs / 1000} s`] : tally.problems
  // An error outside any test fails the run without failing a test.
  const failed = tally.failed + (ending.code !== 0 && tally.failed === 0 ? 1 : 0)
  return { ...tally, failed, missing: [], output: problems.join('\n'), interrupted: ending.interrupted !== undefined }
}

import { globSync, mkdirSync, rmSync } from 'node:fs'
import { handOver } from '../launch/processes.mjs'
import { at } from '../launch/workspace.mjs'
import type { Result, Step } from './step.ts'
import { tallyReport } from './tally.ts'
import { provideTool, type ToolName, tools, withBeside } from './tools.ts'

const limitMs = 1_200_000
const reports = at('node_modules/.cache/headroom-check')

/** A step that is a run of vitest, shown as it happens; every test counts. */
export function suiteStep(name: string, projects: readonly string[]): Step {
  return { name, run: () => runProjects(name, projects) }
}

/** A suite that needs a program beside Node. Where the program cannot be had, it is skipped by name. */
export function toolSuiteStep(name: ToolName): Step {
  return {
    name,
    async run(): Promise<Result> {
      for (const tool of withBeside(name)) {
        const provided = await provideTool(tool)
        if ('missing' in provided)
          return { passed: 0, failed: 0, missing: provided.missing, skipped: [], output: '', interrupted: false }
      }
      return runProjects(name, [name])
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
  const tally = tallyReport(file)
  const problems = ending.late ? [`stopped: it took longer than ${limitMs / 1000} s`] : tally.problems
  // An error outside any test fails the run without failing a test.
  const failed = tally.failed + (ending.code !== 0 && tally.failed === 0 ? 1 : 0)
  return { ...tally, failed, output: problems.join('\n'), interrupted: ending.interrupted !== undefined }
}

/**
 * The one gate: everything that has to hold, as `pnpm check`, as `npm test` and in CI alike.
 * With names of steps as arguments, only those: `pnpm check lint types`.
 */
import { commandStep } from './check/command-step.ts'
import { runInPool } from './check/pool.ts'
import { Report } from './check/report.ts'
import type { Step } from './check/step.ts'
import { suiteStep, toolSuitesStep, toolsInUse } from './check/suite-step.ts'
import { at, buildScreen, turbo, turboEnv } from './launch/workspace.mjs'

const bin = (name: string): string => at(`node_modules/.bin/${name}`)
const script = (name: string): [string, string[]] => [process.execPath, [at(`scripts/${name}`)]]

const programs = toolsInUse.filter((name) => name !== 'browser')

/** Steps of a stage run side by side; a stage waits for the one before it. Suites speak for themselves, so each has a stage. */
const stages: readonly (readonly Step[])[] = [
  [
    commandStep('build', buildScreen(), turboEnv),
    commandStep('types', turbo(['types', 'types:root']), turboEnv),
    commandStep('lint', [bin('oxlint'), []]),
    commandStep('knip', [bin('knip'), ['--no-progress']]),
    commandStep('layers', script('layers.ts')),
    commandStep('format', [bin('oxfmt'), ['--check']]),
  ],
  [commandStep('size', script('size.ts'))],
  [suiteStep('unit', ['unit', 'integration'])],
  [toolSuitesStep('browser', ['browser'])],
  [toolSuitesStep('programs', programs)],
]

/** Each suite of a program alone, for who works on it: run only if asked for by name. */
const alone = programs.map((name) => [toolSuitesStep(name, [name])])

const known = [...stages, ...alone].flat().map((step) => step.name)
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !known.includes(name))

if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(', ')}. The steps are ${known.join(', ')}.`)
  process.exitCode = 2
} else {
  process.exitCode = await check(
    asked.length === 0
      ? stages
      : [...stages, ...alone].map((stage) => stage.filter(({ name }) => asked.includes(name))),
  )
}

async function check(wanted: readonly (readonly Step[])[]): Promise<number> {
  const report = new Report({
    strict: ['1', 'true'].includes(process.env['CI'] ?? ''),
    nameWidth: Math.max(...known.map((name) => name.length)),
    print: (text) => console.log(text),
  })
  for (const stage of wanted) {
    await runInPool(2, stage, async (step) => {
      if (report.interrupted) return
      const startedAt = performance.now()
      const result = await step.run()
      report.add(step.name, result, (performance.now() - startedAt) / 1000)
    })
  }
  return report.close()
}

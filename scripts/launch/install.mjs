import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { filesIn, fingerprint, stamp } from './stamp.mjs'
import { StepFailed } from './step-failed.mjs'
import { visibleStep } from './visible-step.mjs'
import { at, pnpm, runtime } from './workspace.mjs'

const installed = stamp('node_modules/.headroom-stamp')
const lockfile = 'pnpm-lock.yaml'

const manifests = () => filesIn('.', (name) => name === 'package.json', 2)

/** What the contents of node_modules follow from. */
export const installKey = () =>
  fingerprint([lockfile, 'pnpm-workspace.yaml', '.npmrc', ...manifests()], [process.platform, process.arch])

/** Brings node_modules up to the lockfile, or leaves it alone if it is. */
export async function install() {
  const key = installKey()
  if (installed.holds(key) && isWhole()) return

  installed.clear()
  // Only a developer who has just deleted it has no lockfile; pnpm then writes one.
  const frozen = existsSync(at(lockfile))
  await visibleStep({
    title: 'Installing',
    stage: 'fetching pnpm',
    failure: 'The installation failed',
    call: pnpm(['install', frozen ? '--frozen-lockfile' : '--no-frozen-lockfile']),
    // node_modules left by another package manager, or by another platform, is replaced without asking.
    env: { pnpm_config_confirm_modules_purge: 'false' },
    onLine: report,
    verify: assertRuntimeRuns,
  })
  installed.set(frozen ? key : installKey())
}

/** Whether what the stamp vouches for is still there: the runtime, and the links of every package. */
function isWhole() {
  return existsSync(runtime) && manifests().every((path) => existsSync(at(join(dirname(path), 'node_modules'))))
}

/** What a line of pnpm's output says about where the work is. */
const stages = [
  { line: /^Scope:/, stage: () => 'reading the lockfile' },
  { line: /Verifying lockfile/, stage: () => 'checking the lockfile' },
  { line: /\/node preinstall\$/, stage: () => `fetching Node ${pinnedNode()}` },
  { line: /^Will retry in/, stage: () => 'the registry does not answer, trying again' },
]

/** @param {string} line @param {import('./progress.mjs').Progress} progress */
function report(line, progress) {
  const counts = /^Progress: resolved (\d+), reused (\d+), downloaded (\d+)/.exec(line)
  if (counts) {
    const [, resolved = 0, reused = 0, downloaded = 0] = counts.map(Number)
    progress.say('fetching packages', `${reused + downloaded} of ${resolved}`)
  }
  const found = stages.find((candidate) => candidate.line.test(line))
  if (found) progress.say(found.stage())
}

const pinnedNode = () => JSON.parse(readFileSync(at('package.json'), 'utf8')).devDependencies.node

function assertRuntimeRuns() {
  try {
    execFileSync(runtime, ['--version'], { stdio: 'pipe' })
  } catch (error) {
    // pnpm takes the package for installed, so the next run has to fetch it anew.
    rmSync(at('node_modules/.modules.yaml'), { force: true })
    const reason = error instanceof Error ? error.message : String(error)
    throw new StepFailed(
      `Node ${pinnedNode()} was installed but does not run on this machine (${process.platform} ${process.arch}): ${reason}\n` +
        'Headroom needs a system that the official Node binaries support: Linux with glibc, or macOS.',
    )
  }
}

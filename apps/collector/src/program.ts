import { startApp } from './app.ts'
import { runCli } from './cli/index.ts'
import type { StartOptions } from './cli/types.ts'
import { readEnv } from './config/env.ts'
import { ListenError } from './http/listen.ts'
import { systemClock } from './lib/clock.ts'
import { outliveOutput } from './outlive-output.ts'
import { loadPresets } from './presets/load.ts'
import { SOURCES } from './sources/index.ts'
import { StartError } from './start-config.ts'
import { StoreOpenError } from './store/open-error.ts'
import { stopSignal } from './stop-signal.ts'
import { VERSION } from './version.ts'

outliveOutput(process.stdout, process.stderr)
const env = readEnv()
const stderr = (text: string): void => void process.stderr.write(text)
const stdout = (text: string): void => void process.stdout.write(text)

process.exitCode = await runCli(process.argv.slice(2), {
  stdout,
  stderr,
  env,
  cwd: process.cwd(),
  version: VERSION,
  clock: systemClock,
  sources: SOURCES,
  presets: loadPresets(),
  async start(options) {
    const stopped = stopSignal()
    try {
      for (let next: StartOptions | null = options; next !== null;) next = await run(next, stopped)
      return 0
    } catch (error) {
      if (!(error instanceof StartError || error instanceof StoreOpenError || error instanceof ListenError)) throw error
      stderr(`headroom: ${error.message}\n`)
      return 1
    }
  },
})

/** Runs a collector until the program is told to stop; or, for the demo, until there is something else to be run. */
async function run(options: StartOptions, stopped: Promise<void>): Promise<StartOptions | null> {
  const superseded = Promise.withResolvers<'superseded'>()
  await using app = await startApp({
    ...options,
    lookup: env.lookup,
    write: stderr,
    superseded: () => superseded.resolve('superseded'),
  })
  stdout(`Headroom${options.demo ? ' (demo)' : ''} is at ${app.url}\n`)
  stdout('Ctrl-C ends it.\n')
  const why = await Promise.race([stopped, superseded.promise])
  if (why !== 'superseded') return null
  stdout(`There is a configuration now: ${options.file}\n`)
  // On the same port, so that the pages that are open come back to it.
  const port = Number(new URL(app.url).port)
  return { ...options, config: options.file, demo: false, data: options.ownData, port }
}

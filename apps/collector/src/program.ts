import { startApp } from './app.ts'
import { runCli } from './cli/index.ts'
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
      await using app = await startApp({ ...options, lookup: env.lookup, write: stderr })
      stdout(`Headroom${options.demo ? ' (demo)' : ''} is at ${app.url}\n`)
      stdout('Ctrl-C ends it.\n')
      await stopped
      return 0
    } catch (error) {
      if (!(error instanceof StartError || error instanceof StoreOpenError || error instanceof ListenError)) throw error
      stderr(`headroom: ${error.message}\n`)
      return 1
    }
  },
})

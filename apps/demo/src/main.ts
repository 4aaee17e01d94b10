import { parseArgs } from 'node:util'
import { startDemo, type StartDemoOptions } from './start-demo.ts'
import { watchForStop } from './watch-for-stop.ts'

const USAGE = 'usage: node src/main.ts [--port 4601] [--host 127.0.0.1] [--speed 1] [--seed 1] [--no-students]'

/** The words of the call, or undefined when they are wrong. */
function readArguments(args: string[]): StartDemoOptions | undefined {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string', default: '4601' },
        host: { type: 'string', default: '127.0.0.1' },
        speed: { type: 'string', default: '1' },
        seed: { type: 'string', default: '1' },
        'no-students': { type: 'boolean', default: false },
      },
    })
    const [port, speed, seed] = [Number(values.port), Number(values.speed), Number(values.seed)]
    if (!Number.isInteger(port) || port < 0 || port > 65_535 || !(speed > 0) || !Number.isInteger(seed))
      return undefined
    return { port, host: values.host, speed, seed, students: !values['no-students'] }
  } catch {
    return undefined
  }
}

/** Runs until it is stopped; the answer is the exit code. */
async function main(args: string[]): Promise<number> {
  const options = readArguments(args)
  if (!options) {
    console.error(USAGE)
    return 2
  }
  // Listened for before the start, so that a stop during it is not missed.
  using watch = watchForStop()
  try {
    await using demo = await startDemo(options)
    console.log(`demo workshop at ${demo.url}`)
    await watch.stopped
    return 0
  } catch (error) {
    console.error(`demo: ${error instanceof Error ? error.message : String(error)}`)
    return 1
  }
}

process.exitCode = await main(process.argv.slice(2))

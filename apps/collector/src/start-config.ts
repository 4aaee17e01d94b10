import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type LoadInput, loadConfig, readConfigText } from './config/load.ts'
import { formatProblem } from './config/problem.ts'
import { type Loaded, problemLines } from './live-config.ts'

/** The collector cannot start, for a reason the reader can do something about. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

const DEMO_FILE = fileURLToPath(new URL('../../demo/headroom.yaml', import.meta.url))

/** The first configuration: at start a bad one is refused, for there is no last good one to keep. */
export async function readFirstConfig(file: string, input: LoadInput): Promise<{ loaded: Loaded; text: string }> {
  const read = await readConfigText(file)
  if ('problem' in read) throw new StartError(formatProblem(file, read.problem))
  return { loaded: loadOrThrow(file, read.text, input), text: read.text }
}

/** The demo's configuration is a file like any other; the workshop's address is only known once it runs. */
export function readDemoConfig(workshopUrl: string, input: LoadInput): Loaded {
  const lookup = (name: string): string | undefined => (name === 'WORKSHOP_URL' ? workshopUrl : input.lookup(name))
  return loadOrThrow('demo', readFileSync(DEMO_FILE, 'utf8'), { ...input, lookup })
}

function loadOrThrow(file: string, text: string, input: LoadInput): Loaded {
  const result = loadConfig(text, input)
  if (!result.ok) throw new StartError(`the configuration cannot be used:\n${problemLines(file, result.problems)}`)
  return result
}

import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { configFile, configHere, namedConfig } from './config-file.ts'
import type { CliDeps, Command, StartOptions, Words } from './types.ts'

const DEFAULT_HOST = '127.0.0.1'
const DEFAULT_PORT = 4600

export const start: Command = {
  summary: 'Watches what headroom.yaml says; without one, shows the demo.',
  usage: '[--config FILE] [--host HOST] [--port PORT] [--data DIR] [--demo]',
  options: {
    config: {
      type: 'string',
      short: 'c',
      value: 'FILE',
      help: 'The configuration (headroom.yaml here; HEADROOM_CONFIG).',
    },
    host: { type: 'string', value: 'HOST', help: `Where to listen (${DEFAULT_HOST}; HEADROOM_HOST).` },
    port: {
      type: 'string',
      short: 'p',
      value: 'PORT',
      help: `The port (${DEFAULT_PORT}; HEADROOM_PORT). 0 takes a free one.`,
    },
    data: { type: 'string', value: 'DIR', help: 'Where everything is kept (./data; HEADROOM_DATA).' },
    demo: { type: 'boolean', help: 'Shows the demo: this machine and a sample workshop.' },
  },
  positionals: { least: 0, most: 0, name: '' },
  run: async (words, deps) => {
    const options = startOptions(words, deps)
    if ('message' in options) {
      deps.stderr(`headroom start: ${options.message}\n`)
      return options.code
    }
    return deps.start(options)
  },
}

/** Options before environment before defaults; or what is wrong with them. */
export function startOptions(
  words: Words,
  deps: Pick<CliDeps, 'env' | 'cwd'>,
): StartOptions | { message: string; code: 1 | 2 } {
  const demoAsked = words.switches.has('demo')
  if (demoAsked && words.values['config'] !== undefined)
    return { message: '--demo and --config exclude each other', code: 2 }
  const portText = words.values['port'] ?? deps.env.port
  const port = portText === undefined ? DEFAULT_PORT : readPort(portText)
  if (port === undefined) {
    const from = words.values['port'] === undefined ? 'HEADROOM_PORT' : '--port'
    return { message: `${from} must be a number from 0 to 65535, not ${JSON.stringify(portText)}`, code: 2 }
  }
  const named = namedConfig(words, deps)
  if (!demoAsked && named !== undefined && !existsSync(named)) {
    return { message: `there is no file ${named}; write one with \`npm run headroom -- init URL\``, code: 1 }
  }
  const config = demoAsked ? null : (named ?? configHere(deps.cwd) ?? null)
  const chosen = words.values['data'] ?? deps.env.data
  const ownData = resolve(deps.cwd, chosen ?? 'data')
  return {
    config,
    host: words.values['host'] ?? deps.env.host ?? DEFAULT_HOST,
    port,
    data: config === null ? resolve(deps.cwd, chosen ?? 'data/demo') : ownData,
    demo: config === null,
    file: config ?? configFile(words, deps),
    ownData,
  }
}

function readPort(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined
}

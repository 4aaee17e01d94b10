import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { CONFIG_NAME, configFile } from './config-file.ts'
import { askOnce } from '../discovery/ask.ts'
import { configText } from '../discovery/config-text.ts'
import { discover, type Discovery, type Nothing } from '../discovery/discover.ts'
import { readAddress } from '../discovery/endpoint.ts'
import { suggestPreset } from '../discovery/recognise.ts'
import type { CliDeps, Command } from './types.ts'

export const init: Command = {
  summary: 'Asks each URL and writes a commented headroom.yaml from what it finds.',
  usage: 'URL... [--config FILE] [--force] [--print]',
  options: {
    config: {
      type: 'string',
      short: 'c',
      value: 'FILE',
      help: 'The file to write (headroom.yaml here; HEADROOM_CONFIG).',
    },
    force: { type: 'boolean', short: 'f', help: 'Writes over a file that is there.' },
    print: { type: 'boolean', help: 'Prints the file instead of writing it.' },
  },
  positionals: { least: 1, most: 50, name: 'URL' },
  run: async (words, deps) => {
    const addresses = words.positionals.map((text) => ({ text, url: readAddress(text) }))
    const wrong = addresses.find(({ url }) => url === undefined)
    if (wrong !== undefined)
      return say(deps, `${JSON.stringify(wrong.text)} is not an address; write it as https://app.example.com/health`, 2)
    const file = configFile(words, deps)
    const shown = relative(deps.cwd, file) || file
    const print = words.switches.has('print')
    const force = words.switches.has('force')
    if (!print && !force && existsSync(file))
      return say(deps, `${shown} is there already; --force writes over it, --print only shows`, 1)
    const found = await discover(
      addresses.flatMap(({ url }) => url ?? []),
      deps.sources,
      (source) => askOnce(deps.sources, source, { clock: deps.clock }),
    )
    for (const nothing of found.nothing) deps.stderr(nothingFound(nothing))
    if (found.systems.length === 0)
      return say(deps, 'nothing written; give the address of a page that answers with JSON, such as its /health', 1)
    if (print) {
      deps.stdout(configText(found))
      return 0
    }
    return write(file, shown, found, force, deps)
  },
}

/** What was tried, in as many lines as there are different answers. */
function nothingFound({ origin, tried }: Nothing): string {
  const lines = [...Map.groupBy(tried, ({ reason }) => reason)].map(([reason, pages]) => {
    const [first, ...others] = pages.map(({ url }) => url)
    const more = others.map((url) => (url.startsWith(origin) ? url.slice(origin.length) : url))
    return `  ${[first, ...more].join(', ')}: ${reason}\n`
  })
  return `${origin}: nothing to watch found\n${lines.join('')}`
}

async function write(file: string, shown: string, found: Discovery, force: boolean, deps: CliDeps): Promise<number> {
  try {
    // Made by somebody else in the meantime it is not ours to replace.
    await writeFile(file, configText(found), { flag: force ? 'w' : 'wx' })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    return say(
      deps,
      code === 'EEXIST' ? `${shown} is there already; --force writes over it` : `${shown} cannot be written (${code})`,
      1,
    )
  }
  deps.stdout(report(shown, found, file === resolve(deps.cwd, CONFIG_NAME) ? undefined : shown))
  return 0
}

/** `named`: the file, where the next commands have to be told of it. */
function report(shown: string, found: Discovery, named: string | undefined): string {
  const systems = found.systems.map(({ id, sources }) => {
    const mapped = sources.flatMap(({ reading }) => reading.mapped)
    const known = mapped.filter(({ how }) => how === 'known').length
    const suggestion = suggestPreset(mapped)
    const preset =
      suggestion === undefined
        ? ''
        : `  It looks like the preset ${suggestion.preset}; the line to use it is in the file.\n`
    const failing = sources.flatMap(({ endpoint, reading }) =>
      reading.error === undefined ? [] : `  ${endpoint.url} is failing now: ${reading.error.message}\n`,
    )
    const pages = sources.length === 1 ? '1 page' : `${sources.length} pages`
    return `${id}: ${pages}, ${known} values recognised\n${failing.join('')}${preset}`
  })
  const secrets = [
    ...new Set(
      found.systems.flatMap(({ sources }) =>
        sources.flatMap(({ endpoint }) => endpoint.secrets.map(({ name }) => name)),
      ),
    ),
  ]
  const exports = secrets.map(
    (name) => `  export ${name}=...   # taken out of the address; the file names the variable instead\n`,
  )
  const set = exports.length === 0 ? '' : `Set before starting:\n${exports.join('')}`
  const [check, start] = named === undefined ? ['', ''] : [` --config ${named}`, ` -- --config ${named}`]
  const next = `Next: \`npm run headroom -- check${check}\`, then \`npm start${start}\`.\n`
  return `Wrote ${shown}.\n${systems.join('')}${set}${next}`
}

function say(deps: CliDeps, message: string, code: 1 | 2): number {
  deps.stderr(`headroom init: ${message}\n`)
  return code
}

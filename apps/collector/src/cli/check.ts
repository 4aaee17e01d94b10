import { relative } from 'node:path'
import type { Reading } from '@headroom/shared/model/reading.ts'
import { loadConfigFile, type LoadResult } from '../config/load.ts'
import { formatProblem } from '../config/problem.ts'
import type { SystemConfig } from '../config/schema.ts'
import type { SourceConfig } from '../config/source-schema.ts'
import { askOnce, inParallel, WAITS } from '../discovery/ask.ts'
import { configFile } from './config-file.ts'
import { checkTable, WIDTH, type Part } from './check-table.ts'
import { wrapWords } from '../lib/fit-columns.ts'
import type { CliDeps, Command } from './types.ts'

/** As many sources are asked at the same time. */
const ABREAST = 16

export const check: Command = {
  summary: 'Validates the configuration and asks every source once; says what was mapped to what.',
  usage: '[--config FILE] [--all] [--json]',
  options: {
    config: {
      type: 'string',
      short: 'c',
      value: 'FILE',
      help: 'The configuration (headroom.yaml here; HEADROOM_CONFIG).',
    },
    all: { type: 'boolean', help: 'Shows every series, however many there are of a kind.' },
    json: { type: 'boolean', help: 'Prints JSON instead of tables.' },
  },
  positionals: { least: 0, most: 0, name: '' },
  run: async (words, deps) => {
    const file = configFile(words, deps)
    const shown = relative(deps.cwd, file) || file
    const loaded = await loadConfigFile(file, { lookup: deps.env.lookup, sources: deps.sources, presets: deps.presets })
    if (!loaded.ok) return refuse(shown, loaded, words.switches.has('json'), deps)
    const asked = await askAll(loaded, deps)
    const failing = asked.filter(({ reading }) => fails(reading)).length
    const text = words.switches.has('json')
      ? `${JSON.stringify(loaded.secrets.redactDeep(asJson(shown, loaded, asked)), null, 2)}\n`
      : loaded.secrets.redact(asText(shown, loaded, asked, words.switches.has('all')))
    deps.stdout(text)
    return failing === 0 ? 0 : 1
  },
}

type Good = Extract<LoadResult, { ok: true }>
type Asked = { system: SystemConfig; source: SourceConfig; reading: Reading }

function refuse(file: string, loaded: Extract<LoadResult, { ok: false }>, json: boolean, deps: CliDeps): 1 {
  if (json) deps.stdout(`${JSON.stringify({ ok: false, file, problems: loaded.problems }, null, 2)}\n`)
  else deps.stderr(loaded.problems.map((problem) => `${formatProblem(file, problem)}\n`).join(''))
  return 1
}

async function askAll({ config, compiled }: Good, deps: CliDeps): Promise<Asked[]> {
  const all = config.systems.flatMap((system) => system.sources.map((source) => ({ system, source })))
  return inParallel(all, ABREAST, async (one) => ({
    ...one,
    reading: await askOnce(deps.sources, one.source, { clock: deps.clock, guide: compiled.guides[one.system.id] }),
  }))
}

function fails(reading: Reading): boolean {
  return reading.error !== undefined || reading.up !== 1
}

function asJson(file: string, loaded: Good, asked: readonly Asked[]): unknown {
  return {
    ok: asked.every(({ reading }) => !fails(reading)),
    file,
    warnings: loaded.warnings,
    systems: loaded.config.systems.map((system) => ({
      id: system.id,
      name: system.name,
      presets: system.presets,
      flags: loaded.compiled.systems.find(({ id }) => id === system.id)?.flags.length ?? 0,
      sources: asked
        .filter((one) => one.system === system)
        .map(({ source, reading }) => {
          const { points: _points, answer: _answer, ...shown } = reading
          return {
            id: source.id,
            type: source.type,
            where: source.where,
            ok: reading.up === 1 && reading.error === undefined,
            ...(reading === WAITS ? { waits: true } : {}),
            ...shown,
          }
        }),
    })),
  }
}

/** The table, beneath it in words what is wrong, and at the end how many there are. */
function asText(file: string, loaded: Good, asked: readonly Asked[], all: boolean): string {
  const warnings = loaded.warnings.map((warning) => `warning: ${formatProblem(file, warning)}\n`).join('')
  const systems = loaded.config.systems.filter((system) => system.sources.length === 0)
  const empty = systems.map((system) => `${system.id}: no sources, nothing is watched\n`)
  const wrong = asked.filter(({ reading }) => fails(reading))
  const reasons = wrong.map((one) => `${nameOf(one)} is failing:\n${wrapWords(reason(one.reading), WIDTH, '  ')}`)
  const parts = [warnings, checkTable(asked.map(partOf), all), ...empty, ...reasons]
  return [...parts, summary(file, loaded, asked)].filter((part) => part !== '').join('\n')
}

const nameOf = ({ system, source }: Asked): string => `${system.id}/${source.id}`

function partOf(one: Asked): Part {
  const { source, reading } = one
  return { name: nameOf(one), state: stateOf(reading), where: source.where, reading, remarks: remarks(reading) }
}

function stateOf(reading: Reading): string {
  if (reading === WAITS) return 'waits'
  if (fails(reading)) return 'failing'
  return answerText(
    reading,
    reading.tookSeconds === undefined ? '' : ` in ${Math.round(reading.tookSeconds * 1000)} ms`,
  )
}

function remarks(reading: Reading): string[] {
  if (reading === WAITS) return ['waits for what is pushed to it; what came stands on the Set-up screen']
  const { mapped, leftOut } = reading
  return [
    ...(mapped.length > 0 || fails(reading)
      ? []
      : ['it gives no numbers: only whether it answers, and how fast, is kept']),
    ...(leftOut === 0 ? [] : [`${leftOut} series left out; raise maxSeries to have them`]),
  ]
}

/** An answer that says of itself that all is not well is an answer: the source works, the system does not. */
function answerText({ points }: Reading, took: string): string {
  const unhealthy = points.some(({ metric, value }) => metric === 'healthy' && value === 0)
  return unhealthy ? `answers${took}, not healthy` : `ok${took}`
}

function reason(reading: Reading): string {
  if (reading.error !== undefined) return `${reading.error.message} (${reading.error.code})`
  return reading.up === null ? 'could not be asked from here' : 'no good answer'
}

function summary(file: string, loaded: Good, asked: readonly Asked[]): string {
  const failing = asked.filter(({ reading }) => fails(reading)).length
  const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`
  return `${file}: ${count(loaded.config.systems.length, 'system')}, ${count(asked.length, 'source')}, ${failing} failing\n`
}

import type { Reading } from '@headroom/shared/model/reading.ts'
import type { NewSystem, SystemWritten, Trial, TrialRequest, TriedSource } from '@headroom/shared/model/trial.ts'
import { guideOf } from './config/compile.ts'
import { formatPath } from './config/problem.ts'
import { loadConfig, type LoadInput } from './config/load.ts'
import { Secrets } from './config/secrets.ts'
import { readSource, type SourceConfig } from './config/source-schema.ts'
import { askOnce, failed } from './discovery/ask.ts'
import { lookAtPlace, writeNew } from './discovery/config-place.ts'
import { fileText, foundSystem, sourceText, type SystemLines, systemText } from './discovery/config-text.ts'
import { cleanReading, lookBehind, unique } from './discovery/discover.ts'
import { readAddress, systemId, withoutSecrets } from './discovery/endpoint.ts'
import { hostsOf, refuseAddress, refuseHost } from './discovery/forbidden-address.ts'
import { hideSecrets, namesVariable } from './discovery/hide-secrets.ts'
import { suggestPreset, type Suggestion } from './discovery/recognise.ts'
import { ApiError } from './http/errors.ts'
import type { Trials } from './http/ports.ts'
import type { Clock } from './lib/clock.ts'
import { didYouMean } from './lib/nearest.ts'
import type { LiveConfig } from './live-config.ts'
import type { Logger } from './telemetry/logger.ts'

/** So long may a source be asked, whatever its timeout. */
const MAX_TIMEOUT_MS = 15_000
const MAX_AT_ONCE = 2
/** Options that run a program or read a file of this machine: they count only where the file has them. */
const ONLY_FROM_FILE = ['command', 'file', 'kubeconfig']

export type TrialsParts = {
  input: LoadInput
  config: LiveConfig
  /** Where headroom.yaml is, or would be. */
  file: string
  clock: Clock
  log: Logger
}

/** What was asked, without anything secret in it, and how it would stand in the file. */
type Tried = {
  tried: TriedSource[]
  /** Undefined where nothing was found. */
  system: SystemLines | undefined
  suggestion: Suggestion | undefined
  secrets: string[]
}

/** Asks what somebody on the screen names, once, and writes headroom.yaml where there is none. */
export function createTrials(parts: TrialsParts): Trials {
  let running = 0
  const gated = async <Result>(run: () => Promise<Result>): Promise<Result> => {
    if (running >= MAX_AT_ONCE)
      throw new ApiError(429, 'too_many_trials', `${MAX_AT_ONCE} trials run already: try again in a few seconds.`)
    running += 1
    try {
      return await run()
    } finally {
      running -= 1
    }
  }
  return {
    try: (request, signal) => gated(() => trial(parts, request, signal)),
    addSystem: (system, by, signal) => gated(() => addSystem(parts, system, by, signal)),
  }
}

async function trial(parts: TrialsParts, request: TrialRequest, signal: AbortSignal): Promise<Trial> {
  const taken = idsInUse(parts)
  const found =
    'url' in request
      ? await tryAddress(parts, addressOf(request.url), taken, signal)
      : await trySource(parts, request.source, request.system, taken, signal)
  const place = await lookAtPlace(parts.file)
  const { system, suggestion } = found
  const known = 'source' in request && request.system !== undefined && taken.includes(request.system)
  return {
    ok: found.tried.some(({ mapped, error }) => mapped.length > 0 && error === undefined),
    tried: found.tried,
    ...(system === undefined ? {} : { suggestion: { id: system.id, name: system.name, ...presetOf(suggestion) } }),
    lines: system === undefined ? '' : known ? `${system.sources.join('\n')}\n` : linesFor(parts, system, place.exists),
    secrets: found.secrets,
    file: place,
  }
}

async function addSystem(
  parts: TrialsParts,
  wanted: NewSystem,
  by: string,
  signal: AbortSignal,
): Promise<SystemWritten> {
  const { url, source, id, name, preset } = wanted
  if ((url === undefined) === (source === undefined))
    throw new ApiError(400, 'invalid_body', 'Give either "url" or "source": what is to be watched.', 'url')
  if (preset !== undefined && !parts.input.presets.has(preset)) throw unknownPreset(preset, parts.input.presets)
  if (idsInUse(parts).includes(id))
    throw new ApiError(409, 'id_taken', `There is a system ${JSON.stringify(id)} already: choose another id.`, 'id')
  const found =
    url === undefined ? writtenSource(parts, source, id) : await addressLines(parts, addressOf(url), id, signal)
  const system: SystemLines = { ...found.system, id, name, preset }
  const { path, exists } = await lookAtPlace(parts.file)
  const lines = linesFor(parts, system, exists)
  const answer = { path, lines, secrets: found.secrets }
  // A variable in a file of our own making could carry any secret of the environment to an address of somebody's choice.
  if (!exists && (found.secrets.length > 0 || namesVariable(source)))
    return { ...answer, written: false, why: whySetFirst(path, found.secrets) }
  const text = fileText([systemText(system)])
  // The lines are right though the variables they name are still to be set.
  const lookup = (variable: string): string | undefined => (found.secrets.includes(variable) ? variable : undefined)
  const loaded = loadConfig(text, { ...parts.input, lookup })
  if (!loaded.ok) throw new ApiError(400, 'invalid_source', loaded.problems.map(({ message }) => message).join('\n'))
  const outcome = await writeNew(path, text)
  if (outcome.written) parts.log.log('info', `${path} was written from the screen`, { by, system: id })
  return { ...answer, ...outcome }
}

function whySetFirst(path: string, secrets: readonly string[]): string {
  const set = secrets.length === 0 ? 'what the lines name' : secrets.join(', ')
  return `A token belongs in the environment, not in a file: set ${set} where Headroom is started, and make ${path} yourself, with these lines.`
}

/** Ids that a new system may not have. The demo's own go with it. */
function idsInUse({ config }: TrialsParts): string[] {
  return config.demo ? [] : config.current.config.systems.map(({ id }) => id)
}

/** With `systems:` before them where nothing stands under it yet. */
function linesFor(parts: TrialsParts, system: SystemLines, exists: boolean): string {
  const first = !exists || idsInUse(parts).length === 0
  return `${first ? 'systems:\n' : ''}${systemText(system)}\n`
}

function presetOf(suggestion: Suggestion | undefined): { preset?: string; presetWhy?: string } {
  return suggestion === undefined
    ? {}
    : { preset: suggestion.preset, presetWhy: `It gives ${suggestion.because.join(', ')}.` }
}

function addressOf(text: string): URL {
  refuseVariables(text, 'url')
  const url = readAddress(text.trim())
  if (url !== undefined) return url
  throw new ApiError(
    400,
    'invalid_address',
    `${JSON.stringify(text.slice(0, 200))} is not an address: write it as https://app.example.com/health.`,
    'url',
  )
}

async function tryAddress(parts: TrialsParts, url: URL, taken: readonly string[], signal: AbortSignal): Promise<Tried> {
  const id = unique(systemId(url), taken)
  const found = await lookBehind([url], id, parts.input.sources, asker(parts, signal))
  const tried = found.tried.map(({ place, reading }) => triedSource('http-json', place, reading))
  const { secrets } = withoutSecrets(url, id)
  // What fails is mended first: lines that do not work are no help.
  const answers = found.sources.some(({ reading }) => reading.error === undefined || reading.mapped.length > 0)
  const system = answers ? foundSystem(found) : undefined
  return { tried, system, suggestion: system?.suggestion, secrets: secrets.map(({ name }) => name) }
}

/** What an address gives now; and where it gives nothing at this moment, the address itself. */
async function addressLines(
  parts: TrialsParts,
  url: URL,
  id: string,
  signal: AbortSignal,
): Promise<{ system: SystemLines; secrets: string[] }> {
  const found = await lookBehind([url], id, parts.input.sources, asker(parts, signal))
  const { url: written, query, secrets } = withoutSecrets(url, id)
  const itself = { type: 'http-json', url: written, ...(secrets.length === 0 ? {} : { query }) }
  const system = found.sources.length > 0 ? foundSystem(found) : { id, name: id, sources: [linesOf(itself)] }
  return { system, secrets: secrets.map(({ name }) => name) }
}

async function trySource(
  parts: TrialsParts,
  raw: Record<string, unknown>,
  wanted: string | undefined,
  taken: readonly string[],
  signal: AbortSignal,
): Promise<Tried> {
  refuseVariables(raw, 'source')
  const source = readOrRefuse(parts, raw)
  const id = wanted ?? unique(systemOf(raw, source), taken)
  const hidden = hideSecrets(raw, id)
  const secrets = new Secrets(hidden.secrets.map(({ value }) => value))
  const reading = cleanReading(await asker(parts, signal, wanted)(source), secrets)
  const tried = [triedSource(source.type, secrets.redact(source.where), reading)]
  const names = hidden.secrets.map(({ name }) => name)
  if (reading.error !== undefined && reading.mapped.length === 0)
    return { tried, system: undefined, suggestion: undefined, secrets: [] }
  const suggestion = suggestPreset(reading.mapped)
  const options = { ...hidden.options, ...idBeside(parts, wanted, raw, source) }
  return {
    tried,
    system: { id, name: id, suggestion, sources: [linesOf(options, reading)] },
    suggestion,
    secrets: names,
  }
}

/** Where its system has a source of this name already, it needs one of its own. */
function idBeside(
  { config }: TrialsParts,
  system: string | undefined,
  raw: Record<string, unknown>,
  source: SourceConfig,
): { id?: string } {
  if (raw['id'] !== undefined) return {}
  const beside = config.current.config.systems.find(({ id }) => id === system)?.sources.map(({ id }) => id) ?? []
  return beside.includes(source.id) ? { id: unique(source.id, beside) } : {}
}

/** A source as it would be written, without being asked. */
function writtenSource(
  parts: TrialsParts,
  raw: Record<string, unknown> | undefined,
  id: string,
): { system: SystemLines; secrets: string[] } {
  const given = raw ?? {}
  readOrRefuse(parts, given)
  const { options, secrets } = hideSecrets(given, id)
  return {
    system: { id, name: id, sources: [linesOf(options)] },
    secrets: secrets.map(({ name }) => name),
  }
}

function linesOf({ type, ...options }: Record<string, unknown>, reading?: Reading): string {
  return sourceText(String(type), options, reading)
}

function systemOf(raw: Record<string, unknown>, source: SourceConfig): string {
  const host = hostsOf(raw)[0]
  const url = host === undefined ? null : URL.parse(`http://${host}`)
  return url === null ? source.type : systemId(url)
}

function readOrRefuse({ input }: TrialsParts, raw: Record<string, unknown>): SourceConfig {
  const forbidden = Object.keys(raw).find((key) => ONLY_FROM_FILE.includes(key))
  if (forbidden !== undefined) {
    throw new ApiError(
      400,
      'only_from_file',
      `"${forbidden}" runs or reads something on this machine, so it counts only in headroom.yaml: write the source there.`,
      `source.${forbidden}`,
    )
  }
  const outcome = readSource(raw, input.sources)
  if ('source' in outcome) return outcome.source
  const places = outcome.findings.map(({ path, key }) => formatPath(key === undefined ? path : [...path, key]))
  const said = outcome.findings.map(({ message, hint }, index) => {
    const place = places[index] ?? ''
    return `${place === '' ? '' : `${place}: `}${message}${hint === undefined ? '' : `; ${hint}`}`
  })
  const clean = hideSecrets(raw, 'x').secrets.map(({ value }) => value)
  throw new ApiError(
    400,
    'invalid_source',
    new Secrets(clean).redact(said.join('\n')),
    ['source', places[0] ?? ''].filter((part) => part !== '').join('.'),
  )
}

/** A browser must not be able to send what is in the environment to an address of its choice. */
function refuseVariables(value: unknown, path: string): void {
  if (!namesVariable(value)) return
  throw new ApiError(
    400,
    'variable_not_read',
    'A variable such as ${NAME} is not read for a trial: give the token itself. It is not kept, and the lines name a variable instead.',
    path,
  )
}

/** Asks a source where it may be asked from the screen. */
function asker(
  { input, clock, config }: TrialsParts,
  signal: AbortSignal,
  system?: string,
): (source: SourceConfig) => Promise<Reading> {
  return async (source) => {
    for (const host of new Set(hostsOf(source.options))) {
      const reason = await refuseHost(host)
      if (reason !== null) return failed('forbidden', reason, null)
    }
    const timeoutMs = Math.min(source.timeoutMs, MAX_TIMEOUT_MS)
    const bounded = { ...source, timeoutMs, options: { ...source.options, timeoutMs } }
    const began = clock.monotonic()
    // A system that is new has no preset yet: what is looked for in every log is what there is.
    const guide = config.current.compiled.guides[system ?? ''] ?? guideOf([], input.presets)
    const reading = await askOnce(input.sources, bounded, { clock, signal, refuseAddress, guide })
    return { tookSeconds: (clock.monotonic() - began) / 1_000, ...reading }
  }
}

function triedSource(type: string, place: string, reading: Reading): TriedSource {
  const { error, mapped, leftOut, tookSeconds = 0 } = reading
  const seconds = Math.round(tookSeconds * 1_000) / 1_000
  return { type, place, tookSeconds: seconds, mapped, leftOut, ...(error === undefined ? {} : { error }) }
}

function unknownPreset(preset: string, presets: LoadInput['presets']): ApiError {
  const hint = didYouMean(preset, [...presets.keys()]) ?? `one of ${[...presets.keys()].join(', ')}`
  return new ApiError(400, 'unknown_preset', `There is no preset ${JSON.stringify(preset)}: ${hint}`, 'preset')
}

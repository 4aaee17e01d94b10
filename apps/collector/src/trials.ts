import type { NewSystem, SystemWritten, Trial, TrialRequest } from '@headroom/shared/model/trial.ts'
import { uniqueName } from '@headroom/shared/unique-name.ts'
import { loadConfig } from './config/load.ts'
import { lookAtPlace, writeNew } from './discovery/config-place.ts'
import { fileText, foundSystem, sourceText, type SystemLines, systemText } from './discovery/config-text.ts'
import { lookBehind } from './discovery/discover.ts'
import { readAddress, systemId, withoutSecrets } from './discovery/endpoint.ts'
import { namesVariable } from './discovery/hide-secrets.ts'
import type { Suggestion } from './discovery/recognise.ts'
import { ApiError } from './http/errors.ts'
import { userInfoOf } from './lib/user-info.ts'
import type { Trials } from './http/ports.ts'
import { asker, idsInUse, refuseVariables, triedSource, type Tried, type TrialsParts } from './trial-ask.ts'
import { trySource, unknownPreset, writtenSource } from './trial-source.ts'

const MAX_AT_ONCE = 2
const HOW_TO_SIGN_IN =
  'The host of this address cannot be read: in its user and password write @ : / ? # % as %40 %3A %2F %3F %23 %25.'

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
      : await trySource(parts, request, signal)
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
  if (userInfoOf(text.trim()) !== undefined) throw new ApiError(400, 'invalid_address', HOW_TO_SIGN_IN, 'url')
  throw new ApiError(
    400,
    'invalid_address',
    `${JSON.stringify(text.slice(0, 200))} is not an address: write it as https://app.example.com/health.`,
    'url',
  )
}

async function tryAddress(parts: TrialsParts, url: URL, taken: readonly string[], signal: AbortSignal): Promise<Tried> {
  const id = uniqueName(systemId(url), taken)
  const found = await lookBehind([url], id, parts.input.sources, asker(parts, signal))
  const tried = found.tried.map(({ place, kind, reading }) => triedSource(kind, place, reading))
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
  const itself = { url: written, ...(secrets.length === 0 ? {} : { query }) }
  const system =
    found.sources.length > 0 ? foundSystem(found) : { id, name: id, sources: [sourceText('http-json', itself)] }
  return { system, secrets: secrets.map(({ name }) => name) }
}

import { uniqueName } from '@headroom/shared/unique-name.ts'
import type { SourceField } from '@headroom/shared/model/source-kind.ts'
import type { TrialRequest } from '@headroom/shared/model/trial.ts'
import { reachOf } from './config/option-reach.ts'
import { formatPath } from './config/problem.ts'
import { Secrets } from './config/secrets.ts'
import { readSource, type SourceConfig } from './config/source-schema.ts'
import { type SystemLines, sourceText } from './discovery/config-text.ts'
import { cleanReading } from './discovery/discover.ts'
import { systemId } from './discovery/endpoint.ts'
import { hostsOf } from './discovery/forbidden-address.ts'
import { hideSecrets, variablesIn } from './discovery/hide-secrets.ts'
import { suggestPreset } from './discovery/recognise.ts'
import { ApiError } from './http/errors.ts'
import { didYouMean } from './lib/nearest.ts'
import { asker, idsInUse, refuseVariables, triedSource, type Tried, type TrialsParts } from './trial-ask.ts'

/** A source that somebody gives on the screen, and the system it is for. */
export type GivenSource = Exclude<TrialRequest, { url: string }>

/** Asks a source once, or where that is not wanted only says how it would stand in the file. */
export async function trySource(parts: TrialsParts, given: GivenSource, signal: AbortSignal): Promise<Tried> {
  const { source: raw, preset, ask = true } = given
  if (preset !== undefined && !parts.input.presets.has(preset)) throw unknownPreset(preset, parts.input.presets)
  if (ask) refuseVariables(raw, 'source')
  const source = readOrRefuse(parts, raw, ask ? ['tried'] : ['tried', 'lines'])
  const taken = idsInUse(parts)
  const id = given.system ?? uniqueName(systemOf(raw, source), taken)
  const beside = idBeside(parts, id, raw, source)
  // What stands beside others needs a variable of its own: two passwords of one system are not the same.
  const hidden = hideSecrets(raw, taken.includes(id) ? `${id}-${beside.id ?? source.id}` : id)
  const secrets = new Secrets(hidden.secrets.map(({ value }) => value))
  const reading = ask ? cleanReading(await asker(parts, signal, presetsOf(parts, given))(source), secrets) : undefined
  const tried = reading === undefined ? [] : [triedSource(source.type, secrets.redact(source.where), reading)]
  if (reading?.error !== undefined && reading.mapped.length === 0)
    return { tried, system: undefined, suggestion: undefined, secrets: [] }
  const suggestion = reading === undefined ? undefined : suggestPreset(reading.mapped)
  const { type, ...options } = hidden.options
  const waits = parts.input.sources[source.type]?.pushed === true && reading?.mapped.length === 0
  const lines = sourceText(String(type), { ...options, ...beside }, waits ? undefined : reading)
  return {
    tried,
    system: { id, name: given.name ?? id, preset, suggestion, sources: [lines] },
    suggestion,
    secrets: variablesIn(hidden.options),
  }
}

/** The presets of the system that it is for, or will be. */
function presetsOf({ config }: TrialsParts, { system, preset }: GivenSource): readonly string[] {
  const known = config.current.config.systems.find(({ id }) => id === system)
  return known?.presets ?? (preset === undefined ? [] : [preset])
}

/** Where its system has a source of this name already, it needs one of its own. */
function idBeside(
  { config }: TrialsParts,
  system: string,
  raw: Record<string, unknown>,
  source: SourceConfig,
): { id?: string } {
  if (raw['id'] !== undefined || config.demo) return {}
  const beside = config.current.config.systems.find(({ id }) => id === system)?.sources.map(({ id }) => id) ?? []
  return beside.includes(source.id) ? { id: uniqueName(source.id, beside) } : {}
}

/** A source as it would be written, without being asked. */
export function writtenSource(
  parts: TrialsParts,
  raw: Record<string, unknown> | undefined,
  id: string,
): { system: SystemLines; secrets: string[] } {
  const given = raw ?? {}
  readOrRefuse(parts, given, ['tried'])
  const { type, ...options } = hideSecrets(given, id).options
  return {
    system: { id, name: id, sources: [sourceText(String(type), options)] },
    secrets: variablesIn(options),
  }
}

function systemOf(raw: Record<string, unknown>, source: SourceConfig): string {
  const host = hostsOf(raw)[0]
  const url = host === undefined ? null : URL.parse(`http://${host}`)
  return url === null ? source.type : systemId(url)
}

function readOrRefuse(
  { input }: TrialsParts,
  raw: Record<string, unknown>,
  reaches: readonly SourceField['reach'][],
): SourceConfig {
  const forbidden = Object.keys(raw).find((key) => !reaches.includes(reachOf(key)))
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

export function unknownPreset(preset: string, presets: TrialsParts['input']['presets']): ApiError {
  const hint = didYouMean(preset, [...presets.keys()]) ?? `one of ${[...presets.keys()].join(', ')}`
  return new ApiError(400, 'unknown_preset', `There is no preset ${JSON.stringify(preset)}: ${hint}`, 'preset')
}

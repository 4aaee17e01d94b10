import type { Flag, FlagDefinition } from '@headroom/shared/model/flag.ts'
import type { Preset } from '@headroom/shared/model/preset.ts'
import type { SystemDefinition } from '@headroom/shared/model/system.ts'
import { compileFlag } from './flag-compile.ts'
import { checkNames } from './flag-names.ts'
import { overrideFlag } from './flag-override.ts'
import type { Finding, Path } from './problem.ts'
import type { SystemConfig } from './schema.ts'

/** The documented systems, by id. */
export type Presets = ReadonlyMap<string, Preset>

/** Applies to every system, named or not. */
export const ALWAYS = 'web-service'

/** What a system's presets say beside its definition: what to do, and what to look for in its logs. */
export type Guide = {
  runbook: Preset['runbook']
  patterns: Record<string, string>
  goodSigns: Record<string, string>
  /** Metrics that are the number of lines in which one of them is found. */
  counts: Record<string, string>
}

export type Compiled = {
  systems: SystemDefinition[]
  /** By system id. */
  guides: Record<string, Guide>
  problems: Finding[]
  warnings: Finding[]
}

/** Merges each system with its presets: limits, flags, bands, words. Pure. Paths in findings are those of headroom.yaml. */
export function compile(config: { systems: readonly SystemConfig[] }, presets: Presets): Compiled {
  const compiled: Compiled = { systems: [], guides: {}, problems: [], warnings: [] }
  config.systems.forEach((system, index) => {
    const used = presetsOf(system, presets)
    const { flags, problems, warnings } = compileFlags(system, presets, ['systems', index])
    compiled.systems.push(definition(system, used, flags))
    compiled.problems.push(...problems)
    compiled.warnings.push(...warnings)
    compiled.guides[system.id] = guideFrom(used)
  })
  return compiled
}

/** The guide of a system that has these presets. */
export function guideOf(ids: readonly string[], presets: Presets): Guide {
  return guideFrom(presetsOf({ presets: ids }, presets))
}

function guideFrom(used: readonly Preset[]): Guide {
  return {
    runbook: used.flatMap((preset) => preset.runbook),
    patterns: together(used.map((preset) => preset.patterns)),
    goodSigns: together(used.map((preset) => preset.goodSigns)),
    counts: together(used.map((preset) => preset.logCounts)),
  }
}

function together(all: readonly Readonly<Record<string, string>>[]): Record<string, string> {
  return Object.fromEntries(all.flatMap((one) => Object.entries(one)))
}

function presetsOf(system: Pick<FlagInput, 'presets'>, presets: Presets): Preset[] {
  const ids = [...new Set([ALWAYS, ...system.presets])]
  return ids.flatMap((id) => presets.get(id) ?? [])
}

function definition(system: SystemConfig, used: readonly Preset[], flags: SystemDefinition['flags']): SystemDefinition {
  const people = system.people ?? used.findLast((preset) => preset.people !== undefined)?.people
  return {
    id: system.id,
    name: system.name,
    presets: system.presets.length === 0 ? [ALWAYS] : system.presets,
    sources: system.sources.map(({ id, type, everyMs, lagMs }) => ({ id, type, everyMs, lagMs })),
    ...limitsOf(system, used),
    ...(people === undefined ? {} : { people }),
    bands: used.findLast((preset) => preset.bands.length > 0)?.bands ?? [],
    flags,
    expected: used.flatMap((preset) => preset.expected),
    success: used.flatMap((preset) => preset.success),
    actions: [...system.actions],
  }
}

const TESTED = '.tested'

function limitsOf(system: SystemConfig, used: readonly Preset[]): Pick<SystemDefinition, 'limits' | 'tested'> {
  const limits: SystemDefinition['limits'] = {}
  const tested: Record<string, number> = {}
  const take = (
    given: Readonly<Record<string, number | undefined>>,
    whose: { from: 'config' } | { from: 'preset'; document: string },
  ): void => {
    for (const [key, value] of Object.entries(given)) {
      if (value === undefined) continue
      if (key.endsWith(TESTED)) tested[key.slice(0, -TESTED.length)] = value
      else limits[key] = { value, ...whose }
    }
  }
  for (const preset of used) take(preset.limits, { from: 'preset', document: preset.document })
  take(system.limits, { from: 'config' })
  return { limits, tested }
}

/** What the flags of a system depend on. One that could not be read is a hole, so that the others keep their places. */
export type FlagInput = {
  id: string
  presets: readonly string[]
  sources: readonly { id: string }[]
  flags: readonly (FlagDefinition | undefined)[]
}

export type CompiledFlags = { flags: Flag[]; problems: Finding[]; warnings: Finding[] }

/** The flags of one system, its presets' and its own, ready to be judged; and what makes no sense among its own. */
export function compileFlags(system: FlagInput, presets: Presets, path: Path): CompiledFlags {
  const sources = system.sources.map(({ id }) => id)
  const compiled: CompiledFlags = { flags: [], problems: [], warnings: [] }
  system.flags.forEach((own, index) => {
    if (own === undefined || own.off === true) return
    const { problems, warnings } = checkNames(own, sources)
    compiled.problems.push(...problems.map(under([...path, 'flags', index])))
    compiled.warnings.push(...warnings.map(under([...path, 'flags', index])))
  })
  for (const { flag, at } of mergedFlags(system, presetsOf(system, presets), path, compiled.warnings)) {
    if (flag.off === true) continue
    const outcome = compileFlag(system.id, flag)
    if ('flag' in outcome) compiled.flags.push(outcome.flag)
    else compiled.problems.push(...outcome.findings.map(under(at ?? [...path, 'preset'])))
  }
  return compiled
}

type Merged = { flag: FlagDefinition; at: Path | undefined }

/** Later presets over earlier ones, the configuration over all; the order is that of the first mention. */
function mergedFlags(system: FlagInput, used: readonly Preset[], path: Path, warnings: Finding[]): Merged[] {
  const merged = new Map<string, Merged>()
  for (const flag of used.flatMap((preset) => preset.flags)) {
    const before = merged.get(flag.id)?.flag
    // A preset that switches a flag off keeps its words, so that the configuration can have it back by its id.
    merged.set(flag.id, {
      flag: flag.off === true && before !== undefined ? { ...before, off: true } : flag,
      at: undefined,
    })
  }
  system.flags.forEach((own, index) => {
    if (own === undefined) return
    const at = [...path, 'flags', index]
    const base = merged.get(own.id)?.flag
    if (base === undefined && own.off === true)
      warnings.push({ path: at, message: `there is no flag ${JSON.stringify(own.id)} to switch off` })
    merged.set(own.id, { flag: base === undefined ? own : overrideFlag(base, own), at })
  })
  return [...merged.values()]
}

function under(path: Path): (finding: Finding) => Finding {
  return (finding) => ({ ...finding, path: [...path, ...finding.path] })
}

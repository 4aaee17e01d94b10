import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Preset } from '@headroom/shared/model/preset.ts'
import { resourceById } from '@headroom/shared/resources.ts'
import { parse } from 'yaml'
import { z } from 'zod'
import { PRESET_IDS } from './index.ts'

/**
 * Reads the presets that come with the program, by id. They are data of our own, so one that is wrong is a fault of
 * the program: it throws, naming the file.
 */
export function loadPresets(folder: string = import.meta.dirname): ReadonlyMap<string, Preset> {
  return new Map(PRESET_IDS.map((id) => [id, readPreset(join(folder, `${id}.yaml`), id)]))
}

function readPreset(file: string, id: string): Preset {
  const read = Preset.safeParse(parse(readFileSync(file, 'utf8')))
  if (!read.success) throw new Error(`preset ${file}: ${z.prettifyError(read.error)}`)
  const faults = presetFaults(read.data, id)
  if (faults.length > 0) throw new Error(`preset ${file}: ${faults.join('; ')}`)
  return read.data
}

function presetFaults(preset: Preset, id: string): string[] {
  const ids = preset.flags.map((flag) => flag.id)
  return [
    ...(preset.id === id ? [] : [`its id is ${preset.id}`]),
    ...ids.filter((flag, index) => ids.indexOf(flag) !== index).map((flag) => `two flags ${flag}`),
    ...preset.flags
      .filter((flag) => flag.off !== true && flag.why === undefined)
      .map((flag) => `flag ${flag.id} says no why`),
    ...Object.keys(preset.limits)
      .filter((key) => resourceById(key.replace(/\.tested$/, '')) === undefined)
      .map((key) => `no resource ${key}`),
    ...Object.entries({ ...preset.patterns, ...preset.goodSigns }).flatMap(([name, pattern]) =>
      patternFault(name, pattern),
    ),
  ]
}

function patternFault(name: string, pattern: string): string[] {
  try {
    new RegExp(pattern)
    return []
  } catch {
    return [`pattern ${name} is not a regular expression`]
  }
}

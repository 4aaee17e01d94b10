import { FlagDefinition } from '@headroom/shared/model/flag.ts'
import { compileFlags, type FlagInput, type Presets } from './compile.ts'
import type { Finding } from './problem.ts'
import { isRecord } from './record.ts'

/**
 * What makes no sense among the flags of a file of which other parts cannot be read. Works on the data as written, so
 * that a senseless flag and a misspelt key are told together.
 */
export function flagProblems(value: unknown, presets: Presets): Finding[] {
  const systems = isRecord(value) && Array.isArray(value['systems']) ? value['systems'] : []
  return systems.flatMap((system: unknown, index) => {
    return isRecord(system) ? compileFlags(flagInput(system), presets, ['systems', index]).problems : []
  })
}

function flagInput(system: Record<string, unknown>): FlagInput {
  const { id, preset, sources, flags } = system
  return {
    id: typeof id === 'string' ? id : '',
    presets: [preset].flat().filter((name) => typeof name === 'string'),
    sources: list(sources).flatMap((source) => {
      const name = isRecord(source) ? (source['id'] ?? source['type']) : undefined
      return typeof name === 'string' ? [{ id: name }] : []
    }),
    flags: list(flags).map((flag) => FlagDefinition.safeParse(flag).data),
  }
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

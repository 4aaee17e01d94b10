import type { Reading } from '@headroom/shared/model/reading.ts'
import type { TriedSource } from '@headroom/shared/model/trial.ts'
import { guideOf } from './config/compile.ts'
import type { LoadInput } from './config/load.ts'
import type { SourceConfig } from './config/source-schema.ts'
import { askOnce, failed } from './discovery/ask.ts'
import type { SystemLines } from './discovery/config-text.ts'
import { hostsOf, refuseAddress, refuseHost } from './discovery/forbidden-address.ts'
import { namesVariable } from './discovery/hide-secrets.ts'
import type { Suggestion } from './discovery/recognise.ts'
import { ApiError } from './http/errors.ts'
import type { Clock } from './lib/clock.ts'
import type { LiveConfig } from './live-config.ts'
import type { Logger } from './telemetry/logger.ts'

/** So long may a source be asked, whatever its timeout. */
const MAX_TIMEOUT_MS = 15_000

export type TrialsParts = {
  input: LoadInput
  config: LiveConfig
  /** Where headroom.yaml is, or would be. */
  file: string
  clock: Clock
  log: Logger
}

/** What was asked, without anything secret in it, and how it would stand in the file. */
export type Tried = {
  tried: TriedSource[]
  /** Undefined where nothing was found. */
  system: SystemLines | undefined
  suggestion: Suggestion | undefined
  secrets: string[]
}

/** Ids that a new system may not have. The demo's own go with it. */
export function idsInUse({ config }: TrialsParts): string[] {
  return config.demo ? [] : config.current.config.systems.map(({ id }) => id)
}

/** A browser must not be able to send what is in the environment to an address of its choice. */
export function refuseVariables(value: unknown, path: string): void {
  if (!namesVariable(value)) return
  throw new ApiError(
    400,
    'variable_not_read',
    'A variable such as ${NAME} is not read for a trial: give the token itself. It is not kept, and the lines name a variable instead.',
    path,
  )
}

/**
 * Asks a source where it may be asked from the screen.
 * @param presets of the system it would belong to: of a log it says what is looked for
 */
export function asker(
  { input, clock }: TrialsParts,
  signal: AbortSignal,
  presets: readonly string[] = [],
): (source: SourceConfig) => Promise<Reading> {
  const guide = guideOf(presets, input.presets)
  return async (source) => {
    for (const host of new Set(hostsOf(source.options))) {
      const reason = await refuseHost(host)
      if (reason !== null) return failed('forbidden', reason, null)
    }
    const timeoutMs = Math.min(source.timeoutMs, MAX_TIMEOUT_MS)
    const bounded = { ...source, timeoutMs, options: { ...source.options, timeoutMs } }
    const began = clock.monotonic()
    const reading = await askOnce(input.sources, bounded, { clock, signal, refuseAddress, guide })
    return { tookSeconds: (clock.monotonic() - began) / 1_000, ...reading }
  }
}

export function triedSource(type: string, place: string, reading: Reading): TriedSource {
  const { error, mapped, leftOut, tookSeconds = 0 } = reading
  const seconds = Math.round(tookSeconds * 1_000) / 1_000
  return { type, place, tookSeconds: seconds, mapped, leftOut, ...(error === undefined ? {} : { error }) }
}

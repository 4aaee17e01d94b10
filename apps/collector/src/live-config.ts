import type { EventBody } from '@headroom/shared/model/event.ts'
import type { SystemDefinition } from '@headroom/shared/model/system.ts'
import type { RuleEngine } from '@headroom/shared/rules/types.ts'
import type { World } from '@headroom/shared/world/world.ts'
import type { LoadResult } from './config/load.ts'
import { formatProblem, type Problem } from './config/problem.ts'
import type { Clock } from './lib/clock.ts'
import type { Pipeline } from './pipeline/pipeline.ts'
import type { Logger } from './telemetry/logger.ts'

export type Loaded = Extract<LoadResult, { ok: true }>

/** The configuration being watched by, and what is wrong with the one in the file, if anything is. */
export class LiveConfig {
  #current: Loaded
  #readAt: number
  /** Empty while the file as it stands is the one in use. */
  #errors: readonly Problem[] = []
  readonly file: string | null
  readonly demo: boolean

  constructor(first: Loaded, file: string | null, demo: boolean, readAt: number) {
    this.#current = first
    this.#readAt = readAt
    this.file = file
    this.demo = demo
  }

  get current(): Loaded {
    return this.#current
  }

  /** One line a problem, where the file as it stands cannot be used. */
  get error(): string | undefined {
    return this.#errors.length === 0 ? undefined : problemLines(this.file, this.#errors)
  }

  /** When the configuration in use was read. */
  get readAt(): number {
    return this.#readAt
  }

  /** What is wrong with the file as it stands; where it is in use, what is worth a warning. */
  get problems(): { severity: 'error' | 'warning'; problems: readonly Problem[] } {
    return this.#errors.length > 0
      ? { severity: 'error', problems: this.#errors }
      : { severity: 'warning', problems: this.#current.warnings }
  }

  /**
   * The transitions that keep this configuration: each system that is another than was `told`, then which there are.
   * Addresses and secrets are not part of them.
   */
  transitions(told: ReadonlyMap<string, SystemDefinition>): EventBody[] {
    const { systems } = this.#current.compiled
    const changed = systems.filter((system) => JSON.stringify(told.get(system.id)) !== JSON.stringify(system))
    return [
      ...changed.map((system) => ({ kind: 'definition' as const, system })),
      {
        kind: 'config',
        demo: this.demo,
        systems: systems.map(({ id }) => id),
        events: this.#current.config.events,
        ...(this.error === undefined ? {} : { error: this.error }),
      },
    ]
  }

  /** Takes a saved change: a good one replaces the one in use, a bad one is only spoken of. */
  take(result: LoadResult, at: number): 'replaced' | 'kept' {
    if (!result.ok) {
      this.#errors = result.problems
      return 'kept'
    }
    this.#current = result
    this.#readAt = at
    this.#errors = []
    return 'replaced'
  }
}

export function problemLines(file: string | null, problems: readonly Problem[]): string {
  return problems.map((problem) => formatProblem(file ?? 'demo', problem)).join('\n')
}

/** Makes a saved change count: flags and sources are replaced, and the transition is kept. */
export async function applyChange(
  result: LoadResult,
  parts: {
    config: LiveConfig
    world: World
    engine: RuleEngine
    pipeline: Pick<Pipeline, 'say'>
    clock: Clock
    log: Logger
    replaceSources(): Promise<void>
  },
): Promise<void> {
  const { config, world, engine, pipeline, clock, log } = parts
  const before = everythingOf(config)
  if (config.take(result, clock.now()) === 'kept') {
    log.log('error', `the configuration cannot be used, the last good one stays:\n${config.error ?? ''}`)
    await pipeline.say(...config.transitions(world.told))
    return
  }
  for (const warning of config.current.warnings) log.log('warn', formatProblem(config.file ?? 'demo', warning))
  // Saved as it was, or with other comments: nothing for the record.
  if (everythingOf(config) === before) return log.log('info', 'the configuration was saved, and says the same')
  // The rules look at the world when they are replaced, so that has to know the new configuration first.
  await pipeline.say(...config.transitions(world.told))
  const now = clock.now()
  world.rank(now, true)
  const closed = engine.replaceFlags(
    config.current.compiled.systems.flatMap((system) => system.flags),
    now,
  )
  const note = {
    id: `config/${now}`,
    at: now,
    text: 'The configuration was changed.',
    kind: 'config' as const,
    by: 'headroom',
  }
  await pipeline.say(...closed.map((alert) => ({ kind: 'alert' as const, alert })), { kind: 'note', note })
  await parts.replaceSources()
  log.log('info', 'the configuration was changed', { systems: config.current.compiled.systems.length })
}

/** Addresses and tokens included: only to be compared. */
function everythingOf(config: LiveConfig): string {
  return JSON.stringify([config.error, config.demo, config.current.compiled.systems, config.current.config])
}

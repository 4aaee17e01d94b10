import type { z } from 'zod'
import { type Compare, type Flag, FlagDefinition } from '../model/flag.ts'

type Words = z.input<typeof FlagDefinition>
type One<T> = T extends readonly unknown[] ? never : T

/** A flag as headroom.yaml writes it, with only what the test is about. */
export type FlagWords = Omit<Words, 'when'> & {
  readonly when?: One<NonNullable<Words['when']>> | readonly One<NonNullable<Words['when']>>[]
}

const COMPARES: readonly Compare[] = ['above', 'below', 'atLeast', 'atMost']

/** A flag of a system with the usual defaults filled in. */
export function flagOf(words: FlagWords, system = 'app'): Flag {
  const {
    metric = 'cpu.used_percent',
    of,
    window,
    kind,
    labels,
    over,
    severity,
    title,
    steps,
    when,
    ...rest
  } = FlagDefinition.parse(words)
  const compare = COMPARES.find((one) => rest[one] !== undefined) ?? (kind === 'missing' ? 'above' : 'atLeast')
  return {
    id: rest.id,
    system,
    metric,
    compare,
    labels: labels ?? {},
    over: over ?? 'each',
    kind: kind ?? (of === undefined ? 'threshold' : 'share'),
    line: rest[compare] ?? (kind === 'missing' ? 0 : 1),
    hold: rest.for ?? { ms: 0 },
    severity: severity ?? 'warning',
    title: title ?? rest.id,
    steps: steps ?? [],
    when: when === undefined ? [] : [when].flat(),
    why: rest.why ?? { text: 'a test', document: 'test', figure: '', ours: true },
    ...(of === undefined ? {} : { of }),
    ...(window === undefined ? {} : { windowMs: window }),
    ...(rest.clear === undefined ? {} : { clear: rest.clear }),
    ...(rest.say === undefined ? {} : { say: rest.say }),
    ...(rest.previous === undefined ? {} : { previous: rest.previous }),
    ...(rest.notAfterDeploy === undefined ? {} : { notAfterDeployMs: rest.notAfterDeploy }),
  }
}

import type { Listed } from './api/list.ts'
import { DAEMON_SETS, DEPLOYMENT_CONFIGS, type Resource, ruleFor, STATEFUL_SETS } from './api/problem.ts'

/** Kinds of workload beside Deployments; a cluster may have none, and a Role need not allow them. */
export const OPTIONAL_KINDS = {
  statefulSets: STATEFUL_SETS,
  daemonSets: DAEMON_SETS,
  configs: DEPLOYMENT_CONFIGS,
} as const
export type OptionalKind = keyof typeof OPTIONAL_KINDS

/** What cannot be listed is not asked for at every look; nor is a kind of which there are none. */
const AGAIN_MS = 10 * 60_000
const NONE_AGAIN_MS = 60_000

/** Remembers which kinds are not there, or may not be listed: that is no failure, and asks for no more than a word. */
export class OptionalKinds {
  /** When to ask again, monotonic ms. */
  readonly #from = new Map<OptionalKind, number>()
  readonly #forbidden = new Set<OptionalKind>()

  wanted(nowMs: number): ReadonlySet<OptionalKind> {
    return new Set(kinds().filter((kind) => nowMs >= (this.#from.get(kind) ?? Number.NEGATIVE_INFINITY)))
  }

  note(listings: Readonly<Record<OptionalKind, Listed<unknown> | null>>, nowMs: number): void {
    for (const kind of kinds()) {
      const listed = listings[kind]
      if (listed === null) continue
      const absent = listed.kind === 'refused' && (listed.status === 403 || listed.status === 404)
      if (absent) this.#from.set(kind, nowMs + AGAIN_MS)
      else if (listed.kind === 'list' && listed.items.length === 0) this.#from.set(kind, nowMs + NONE_AGAIN_MS)
      if (absent && listed.status === 403) this.#forbidden.add(kind)
      else this.#forbidden.delete(kind)
    }
  }

  /** Those that may not be listed. OpenShift itself has given up DeploymentConfigs, so nobody misses them. */
  get forbidden(): Resource[] {
    return kinds().flatMap((kind) => (kind !== 'configs' && this.#forbidden.has(kind) ? [OPTIONAL_KINDS[kind]] : []))
  }

  /** What is said of those to people. */
  lines(): string[] {
    return this.forbidden.map(
      (resource) =>
        `${resource.words} may not be listed, so theirs are not shown; add to the Role: ${ruleFor(resource)}`,
    )
  }
}

function kinds(): OptionalKind[] {
  return ['statefulSets', 'daemonSets', 'configs']
}

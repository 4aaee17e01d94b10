import type { Target } from './targets.ts'

/**
 * Which of several metrics of one resource a known name is made of: the first to come. A sender that says the same thing
 * under its old name and under its new one has not done it twice.
 */
export type Families = {
  counts(target: Target, resource: string): boolean
  /** A metric of a resource is silent: another may take its place. */
  forget(resource: string, targets: readonly Target[]): void
}

export function createFamilies(): Families {
  const paths = new Map<string, string>()
  return {
    counts(target, resource) {
      if (target.together) return true
      const key = keyOf(target, resource)
      const path = paths.get(key)
      if (path === undefined) paths.set(key, target.path)
      return path === undefined || path === target.path
    },
    forget(resource, targets) {
      for (const target of targets) {
        const key = keyOf(target, resource)
        if (paths.get(key) === target.path) paths.delete(key)
      }
    },
  }
}

function keyOf({ metric, set }: Target, resource: string): string {
  return `${metric}\n${set}\n${resource}`
}

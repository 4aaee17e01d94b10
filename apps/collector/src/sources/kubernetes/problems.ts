import { joinReasons } from '../../lib/join-reasons.ts'
import type { Listed } from './api/list.ts'
import {
  DAEMON_SETS,
  DEPLOYMENT_CONFIGS,
  DEPLOYMENTS,
  POD_METRICS,
  type Problem,
  problemOf,
  PODS,
  type Resource,
  STATEFUL_SETS,
} from './api/problem.ts'
import type { Listings } from './listings.ts'

/** What one look brought, and what somebody does whose credentials are not accepted any more. */
export type Looked = { namespace: string; listings: Listings; renewal: string }

/** What is wrong with each part of a look. */
export function problemsOf({ listings, namespace, renewal }: Looked): Problem[] {
  const parts: [Listed<unknown> | null, Resource][] = [
    [listings.deployments, DEPLOYMENTS],
    [listings.pods, PODS],
    [listings.metrics, POD_METRICS],
    [unlessAbsent(listings.statefulSets), STATEFUL_SETS],
    [unlessAbsent(listings.daemonSets), DAEMON_SETS],
    [unlessAbsent(listings.configs), DEPLOYMENT_CONFIGS],
  ]
  return parts.flatMap(([listed, resource]): Problem[] => {
    if (listed === null) return []
    if (listed.kind !== 'list') return [problemOf(listed, resource, namespace, renewal)]
    if (listed.unread === 0) return []
    const message = `${listed.unread} of the ${resource.words} could not be understood and are left out; please report it with the version of the cluster`
    return [{ code: 'unreadable', message, up: 1 }]
  })
}

/** Whether all that there is was listed: then what is not in it is not there. */
export function isWhole({ deployments, statefulSets, daemonSets, configs }: Listings): boolean {
  const optional = [statefulSets, daemonSets, configs].map((listed) => unlessAbsent<unknown>(listed))
  return [deployments, ...optional].every((listed) => listed === null || listed.kind === 'list')
}

/** Where there are none, or none that may be seen, that is no failure. */
function unlessAbsent<Item>(listed: Listed<Item> | null): Listed<Item> | null {
  return listed?.kind === 'refused' && (listed.status === 403 || listed.status === 404) ? null : listed
}

/** The metrics-server has nothing of these minutes. */
export function oldMetrics(oldMs: number): Problem {
  const age =
    oldMs >= 2 * 3_600_000 ? `${Math.floor(oldMs / 3_600_000)} hours` : `${Math.floor(oldMs / 60_000)} minutes`
  const message = `CPU and memory of pods are unknown: the newest that the metrics-server has is ${age} old; look at its log`
  return { code: 'old_metrics', message, up: 1 }
}

/** All that is wrong in one sentence; what is wrong for one reason everywhere is said once. */
export function joined(problems: readonly Problem[]): Problem | undefined {
  const sameEverywhere = new Set(['unauthorized', 'throttled', 'http_status'])
  const kept = problems.filter(
    ({ code, message }, index) =>
      problems.findIndex((other) => other.message === message || (other.code === code && sameEverywhere.has(code))) ===
      index,
  )
  const [first] = kept
  const said = joinReasons(kept)
  return first === undefined || said === undefined ? undefined : { ...said, up: first.up }
}

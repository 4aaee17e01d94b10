import type { Alert } from '@headroom/shared/model/alert.ts'
import { foldAlerts } from './fold-alerts.ts'

const RANK = { critical: 0, warning: 1, info: 2 } as const
let held: { of: readonly Alert[]; map: Map<string, readonly Alert[]> } = { of: [], map: new Map() }

/**
 * The firing alerts of each system, worst first, then oldest, each condition once. A system whose alerts did not
 * change keeps the same list.
 */
export function firingOf(alerts: readonly Alert[]): Map<string, readonly Alert[]> {
  if (held.of === alerts) return held.map
  const firing = alerts.filter((alert) => alert.state === 'firing' && alert.severity !== 'info')
  const map = new Map<string, readonly Alert[]>()
  for (const [system, own] of Map.groupBy(firing, (alert) => alert.system)) {
    const folded = foldAlerts(own.toSorted((a, b) => RANK[a.severity] - RANK[b.severity] || a.since - b.since))
    const before = held.map.get(system)
    map.set(
      system,
      before !== undefined && before.length === folded.length && folded.every((alert, index) => alert === before[index])
        ? before
        : folded,
    )
  }
  held = { of: alerts, map }
  return map
}

import type { Alert } from '../model/alert.ts'
import type { SystemState } from '../model/system.ts'

/** What a system's state is made of: its alerts, and whether its primary source has fallen silent. */
export type StateInputs = { alerts: readonly Pick<Alert, 'severity' | 'state'>[]; primaryStale: boolean }

/** Critical while a critical flag fires, else unknown while its primary source is stale, else warning, else ok. Info never counts. */
export function systemState({ alerts, primaryStale }: StateInputs): SystemState {
  const firing = new Set(alerts.filter((alert) => alert.state === 'firing').map((alert) => alert.severity))
  if (firing.has('critical')) return 'critical'
  if (primaryStale) return 'unknown'
  return firing.has('warning') ? 'warning' : 'ok'
}

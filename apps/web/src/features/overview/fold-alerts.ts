import type { Alert } from '@headroom/shared/model/alert.ts'

/** Firing alerts without those that another of them says too, and worse: each condition once. */
export function foldAlerts(firing: readonly Alert[]): Alert[] {
  const ids = new Set(firing.map((alert) => alert.id))
  return firing.filter((alert) => alert.under === undefined || !ids.has(alert.under))
}

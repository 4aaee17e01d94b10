import type { Alert } from '@headroom/shared/model/alert.ts'

/** The endings by which the flags of one condition differ. */
const DEGREE = /-(?:info|low|high|warning|full|critical)$/

/**
 * Alerts in the order given, worst first, each condition once: of a flag with two severities that both fire, only the
 * more severe one is said.
 */
export function foldAlerts(alerts: readonly Alert[]): Alert[] {
  const told = new Set<string>()
  return alerts.filter((alert) => {
    const condition = `${alert.flag.replace(DEGREE, '')} ${alert.unit} ${alert.series ?? ''}`
    if (told.has(condition)) return false
    told.add(condition)
    return true
  })
}

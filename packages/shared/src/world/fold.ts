import type { Alert } from '../model/alert.ts'
import type { Flag } from '../model/flag.ts'
import type { SystemDefinition } from '../model/system.ts'
import { compareDegree, conditionKey, covers, type OfFlag } from '../rules/condition.ts'

type Alerts = { alerts: ReadonlyMap<string, Alert>; definitions: ReadonlyMap<string, SystemDefinition> }

/**
 * Open alerts with what they are `under`: each condition is one, however many of its degrees stand open. `under` follows
 * from the alerts that are open, and is no part of what is kept.
 */
export function foldedAlerts(world: Alerts, of?: ReadonlySet<string>): Alert[] {
  const open = [...world.alerts.values()].filter((alert) => of === undefined || of.has(alert.system))
  const bySystem = Map.groupBy(
    open.flatMap((alert): OfFlag[] => {
      const flag = world.definitions.get(alert.system)?.flags.find((other) => other.id === alert.flag)
      return flag === undefined ? [] : [{ alert, flag }]
    }),
    ({ alert }) => `${alert.system}/${alert.series ?? ''}`,
  )
  return open.map((alert) => {
    const beside = bySystem.get(`${alert.system}/${alert.series ?? ''}`) ?? []
    const own = beside.find((other) => other.alert === alert)
    if (own === undefined || beside.length === 1) return alert
    const [first, ...others] = beside.filter((other) => covers(other, own))
    if (first === undefined) return alert
    const worst = others.reduce((best, other) => (compareDegree(other, best) > 0 ? other : best), first)
    return { ...alert, under: worst.alert.id }
  })
}

/** The flag that a condition is known by: the first of a system's that judge the same. */
export function conditionOf(flags: readonly Flag[], flag: Flag): string {
  const key = conditionKey(flag)
  return flags.find((other) => conditionKey(other) === key)?.id ?? flag.id
}

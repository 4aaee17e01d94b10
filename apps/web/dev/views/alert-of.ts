import type { Alert } from '@headroom/shared/model/alert.ts'
import type { MadeAlert, MadeSystem } from '../made/made-system.ts'
import type { Held } from './held.ts'

export function alertOf(alert: MadeAlert, system: MadeSystem, held: readonly Held[]): Alert {
  const flag = system.flags.find((each) => each.id === alert.flag)
  if (flag === undefined) throw new Error(`${system.id} has an alert of ${alert.flag}, which is none of its flags.`)
  const series = held.find((each) => each.made.metric === alert.metric)?.id
  const { value, since, resolvedAt, pending = false } = alert
  const { severity, unit, title, why, steps, say } = flag
  const firedAt = since + flag.holdSeconds * 1000
  return {
    id: [system.id, alert.flag, ...(series === undefined ? [] : [series]), since].join('/'),
    flag: alert.flag,
    system: system.id,
    ...(series === undefined ? {} : { series }),
    severity,
    state: resolvedAt !== undefined ? 'resolved' : pending ? 'pending' : 'firing',
    value,
    line: flag.line ?? 0,
    unit,
    since,
    ...(pending ? {} : { firedAt }),
    ...(resolvedAt === undefined ? {} : { resolvedAt }),
    title,
    why,
    steps,
    ...(say === undefined ? {} : { say }),
  }
}

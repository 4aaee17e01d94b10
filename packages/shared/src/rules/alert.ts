import type { Alert } from '../model/alert.ts'
import type { Flag } from '../model/flag.ts'

/** A new occurrence of a flag, pending. `series` is 0 where the flag judges all its series together. */
export function openAlert(flag: Flag, series: number, unit: string, since: number, value: number, line: number): Alert {
  return {
    id: [flag.system, flag.id, ...(series === 0 ? [] : [series]), since].join('/'),
    flag: flag.id,
    system: flag.system,
    ...(series === 0 ? {} : { series }),
    state: 'pending',
    value,
    line,
    unit,
    since,
    ...words(flag),
  }
}

/** What an alert takes from its flag's words. They may change with the configuration while it is open. */
export function words(flag: Flag): Pick<Alert, 'severity' | 'title' | 'why' | 'steps' | 'say'> {
  const { severity, title, why, steps, say } = flag
  return { severity, title, why, steps, ...(say === undefined ? {} : { say }) }
}

/** An open alert in its flag's newest words; the same object where they are the same. */
export function reword(alert: Alert, flag: Flag): Alert {
  const { say: _, ...rest } = alert
  const reworded = { ...rest, ...words(flag) }
  return isSameJson(words(flag), pick(alert)) ? alert : reworded
}

function pick(alert: Alert): Pick<Alert, 'severity' | 'title' | 'why' | 'steps' | 'say'> {
  const { severity, title, why, steps, say } = alert
  return { severity, title, why, steps, ...(say === undefined ? {} : { say }) }
}

function isSameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

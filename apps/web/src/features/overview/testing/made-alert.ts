import type { Alert } from '@headroom/shared/model/alert.ts'

/** A firing alert for a test, named after its flag. */
export function madeAlert(flag: string, change: Partial<Alert> = {}): Alert {
  return {
    id: `s/${flag}/1`,
    flag,
    system: 's',
    severity: 'critical',
    state: 'firing',
    value: 61,
    line: 50,
    unit: 'count',
    since: 1,
    title: flag,
    why: { text: '', document: '', figure: '', ours: true },
    steps: [],
    ...change,
  }
}

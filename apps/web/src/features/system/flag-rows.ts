import type { Alert } from '@headroom/shared/model/alert.ts'
import type { FlagView } from '@headroom/shared/model/flag.ts'

type FlagStanding = 'firing' | 'pending' | 'watching' | 'unsupplied'
export type FlagRow = { flag: FlagView; standing: FlagStanding; alert: Alert | undefined }

const STANDING: Record<FlagStanding, number> = { firing: 0, pending: 1, watching: 2, unsupplied: 3 }
const SEVERITY = { critical: 0, warning: 1, info: 2 } as const

/** The flags of a system: firing ones first, worst first; the rest keeps its order, so that rows stay where they are. */
export function flagRows(flags: readonly FlagView[], alerts: readonly Alert[]): FlagRow[] {
  const rows = flags.map((flag): FlagRow => {
    const own = alerts.filter((alert) => alert.flag === flag.id && alert.system === flag.system)
    const alert = own.find((each) => each.state === 'firing') ?? own.find((each) => each.state === 'pending')
    return { flag, alert, standing: standingOf(flag, alert) }
  })
  const bySeverity = (row: FlagRow): number => (row.standing === 'firing' ? SEVERITY[row.flag.severity] : 0)
  return rows.toSorted((a, b) => STANDING[a.standing] - STANDING[b.standing] || bySeverity(a) - bySeverity(b))
}

function standingOf(flag: FlagView, alert: Alert | undefined): FlagStanding {
  if (alert?.state === 'firing') return 'firing'
  if (alert?.state === 'pending') return 'pending'
  return flag.supplied ? 'watching' : 'unsupplied'
}

import type { Alert } from '@headroom/shared/model/alert.ts'
import type { FlagView } from '@headroom/shared/model/flag.ts'
import { labelsKey } from '@headroom/shared/model/labels.ts'

type FlagStanding = 'firing' | 'pending' | 'watching' | 'unsupplied'
/** A flag and how it stands. It may have an open occurrence for each of several series: `alert` is the one that leads. */
export type FlagRow = {
  flag: FlagView
  standing: FlagStanding
  alert: Alert | undefined
  alerts: readonly Alert[]
}
/** One condition: a flag, or two of one metric with a milder and a severer line. `rows` go from mild to severe. */
export type FlagGroup = { key: string; standing: FlagStanding; lead: FlagRow; rows: readonly FlagRow[] }

const STANDING: Record<FlagStanding, number> = { firing: 0, pending: 1, watching: 2, unsupplied: 3 }
const SEVERITY = { critical: 0, warning: 1, info: 2 } as const
/** What `ID-high` and `ID-critical` share is the condition. */
const STEP = /-(?:info|high|warning|critical)$/

/** The flags of a system: firing ones first, worst first; the rest keeps its order, so that rows stay where they are. */
export function flagRows(flags: readonly FlagView[], alerts: readonly Alert[]): FlagRow[] {
  const rows = flags.map((flag): FlagRow => {
    const own = alerts.filter(
      (alert) => alert.flag === flag.id && alert.system === flag.system && alert.state !== 'resolved',
    )
    const alert = own.find((each) => each.state === 'firing') ?? own[0]
    return { flag, alert, alerts: own, standing: standingOf(flag, alert) }
  })
  return rows.toSorted(compareStanding)
}

function bySeverity(row: FlagRow): number {
  return row.standing === 'firing' ? SEVERITY[row.flag.severity] : 0
}

function standingOf(flag: FlagView, alert: Alert | undefined): FlagStanding {
  if (alert?.state === 'firing') return 'firing'
  if (alert?.state === 'pending') return 'pending'
  return flag.supplied ? 'watching' : 'unsupplied'
}

/** Folds the milder and the severer flag of one condition into one; the worst standing leads, of equal ones the milder. */
export function flagGroups(rows: readonly FlagRow[]): FlagGroup[] {
  return [...Map.groupBy(rows, conditionOf).values()].flatMap((same) => {
    const rising = same.toSorted((a, b) => SEVERITY[b.flag.severity] - SEVERITY[a.flag.severity])
    const distinct = new Set(rising.map((row) => row.flag.severity)).size === rising.length
    return distinct && rising.length > 1 ? [groupOf(rising)] : same.map((row) => groupOf([row]))
  })
}

function conditionOf({ flag }: FlagRow): string {
  const stem = flag.id.replace(STEP, '')
  return stem === flag.id ? flag.id : `${stem} ${flag.kind} ${flag.metric}${labelsKey(flag.labels)}`
}

function groupOf(rows: readonly FlagRow[]): FlagGroup {
  const lead = rows.reduce((best, row) => (compareStanding(row, best) < 0 ? row : best))
  return { key: rows.map((row) => row.flag.id).join(' '), standing: lead.standing, lead, rows }
}

function compareStanding(a: FlagRow, b: FlagRow): number {
  return STANDING[a.standing] - STANDING[b.standing] || bySeverity(a) - bySeverity(b)
}

/**
 * The order of the list: firing by severity, held, watched by how near they are to their line, and those that nothing
 * supplies. `nearness` is 0 at the line, greater further away; undefined where a flag has no distance.
 */
export function orderGroups(groups: readonly FlagGroup[], nearness: (row: FlagRow) => number | undefined): FlagGroup[] {
  const far = (group: FlagGroup): number =>
    group.standing === 'watching' ? Math.min(...group.rows.map((row) => nearness(row) ?? Infinity)) : 0
  const ranked = groups.map((group) => ({ group, far: far(group) }))
  return ranked
    .toSorted((a, b) => compareStanding(a.group.lead, b.group.lead) || compareFar(a.far, b.far))
    .map(({ group }) => group)
}

/** Infinity minus itself is no number. */
function compareFar(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1
}

import type { PodFigures } from './pod-figures.ts'
import type { Times } from './times.ts'
import type { Workload } from './workload.ts'

const MAX_LINES = 30
const MAX_NAMES = 5

/** What a person wants to read beside the values: who is not as wanted first. They change seldom. */
export function linesOf(
  workloads: readonly Workload[],
  byWorkload: ReadonlyMap<string, readonly PodFigures[]>,
  reasonsOf: (workload: string) => readonly string[],
  times: Times,
): string[] {
  const sorted = workloads.toSorted((a, b) => Number(isFine(a)) - Number(isFine(b)) || (a.name < b.name ? -1 : 1))
  const lines = sorted.slice(0, MAX_LINES).map((workload) => lineOf(workload, reasonsOf(workload.name)))
  if (sorted.length > MAX_LINES) lines.push(`and ${sorted.length - MAX_LINES} more`)
  const without = (what: string, isWithout: (figures: PodFigures) => boolean): void => {
    const names = [...byWorkload].filter(([, pods]) => pods.some(isWithout)).map(([name]) => name)
    if (names.length === 0) return
    const named = names.slice(0, MAX_NAMES).join(', ')
    const more = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : ''
    lines.push(`no ${what} limit, so no share of it: ${named}${more}; set resources.limits`)
  }
  without('CPU', ({ cores, cpuPercent }) => cores !== undefined && cpuPercent === undefined)
  without('memory', ({ bytes, memoryPercent }) => bytes !== undefined && memoryPercent === undefined)
  if (times.aheadMs !== 0) {
    const seconds = Math.round(Math.abs(times.aheadMs) / 10_000) * 10
    if (seconds > 0)
      lines.push(
        `this machine's clock is about ${seconds} s ${times.aheadMs > 0 ? 'ahead of' : 'behind'} the cluster's; its times are shown in ours`,
      )
  }
  return lines
}

function isFine({ ready, desired, stuck, failing }: Workload): boolean {
  return ready >= desired && stuck === undefined && failing === undefined
}

function lineOf(workload: Workload, reasons: readonly string[]): string {
  const { name, ready, desired, stuck, failing, paused, inProgress } = workload
  const state = [
    `${name}: ${ready} of ${desired} ready`,
    ...(stuck === undefined ? (inProgress ? ['rollout under way'] : []) : ['rollout stuck (ProgressDeadlineExceeded)']),
    ...(failing === undefined ? [] : [`pods cannot be made (${failing.reason})`]),
    ...(reasons.length === 0 ? [] : [`pods that cannot start (${reasons.join(', ')})`]),
    ...(paused ? ['paused'] : []),
  ]
  return state.join(', ')
}

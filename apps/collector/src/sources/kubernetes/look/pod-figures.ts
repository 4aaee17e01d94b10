import type { Pod, PodMetrics } from '../api/resources.ts'
import { isLive, type OwnedPod } from './owned-pods.ts'
import type { Times } from './times.ts'
import { type Usage, usageOf } from './usage.ts'

/** What is said of one pod. `at`: when it was measured, epoch ms of our clock. */
export type PodFigures = Omit<Usage, 'at'> & { at: number | undefined; uptimeSeconds: number | undefined }

/** Measurements older than this are of another time than what stands beside them: the metrics-server hangs. */
const OLD_MS = 5 * 60_000

export type Figures = {
  byWorkload: Map<string, PodFigures[]>
  /** How old the newest measurement is, where all are too old to be given. */
  oldMs: number | undefined
}

/** The live pods of each workload, and what they use where that was measured lately. Sorted by name. */
export function podFigures(pods: readonly OwnedPod[], measured: readonly PodMetrics[], times: Times): Figures {
  const metrics = new Map(measured.map((each) => [each.metadata.name, each]))
  const byWorkload = new Map<string, PodFigures[]>()
  let youngestMs = Number.POSITIVE_INFINITY
  for (const { pod, workload } of pods) {
    if (!isLive(pod)) continue
    const found = metrics.get(pod.metadata.name)
    const at = found?.timestamp === undefined ? undefined : times.ours(found.timestamp)
    if (at !== undefined) youngestMs = Math.min(youngestMs, times.now - at)
    const fresh =
      found !== undefined && (at === undefined || times.now - at <= OLD_MS)
        ? found
        : { ...NOTHING, metadata: pod.metadata }
    const figures = {
      ...usageOf(pod, fresh),
      at: fresh === found ? at : undefined,
      uptimeSeconds: uptimeOf(pod, times),
    }
    const beside = byWorkload.get(workload)
    if (beside === undefined) byWorkload.set(workload, [figures])
    else beside.push(figures)
  }
  for (const list of byWorkload.values()) list.sort((a, b) => (a.pod < b.pod ? -1 : 1))
  return { byWorkload, oldMs: youngestMs > OLD_MS && Number.isFinite(youngestMs) ? youngestMs : undefined }
}

const NOTHING: Omit<PodMetrics, 'metadata'> = { timestamp: undefined, containers: [] }

/** Since its youngest container began; unknown while one does not run. */
function uptimeOf({ status }: Pod, { now, ours }: Times): number | undefined {
  const began = (status.containerStatuses ?? []).map(({ state }) => state.running?.startedAt)
  if (began.length === 0) return undefined
  const youngest = began.reduce((last, each) =>
    last === undefined || each === undefined ? undefined : Math.max(last, each),
  )
  return youngest === undefined ? undefined : Math.max(0, (now - ours(youngest)) / 1_000)
}

import type { Happening } from '@headroom/shared/model/reading.ts'
import { type ContainerStatus, identityOf, type Pod, type Terminated } from '../api/resources.ts'
import { isLive, type OwnedPod } from './owned-pods.ts'
import type { Times } from './times.ts'

/** How often containers have begun again, and were killed, since the source was opened. */
export type Ends = {
  restarts: number
  kills: number
  /** When there had been no kill yet, epoch ms; where the first look already found one. */
  killsFrom?: number | undefined
}

type Known = { restarts: number; ended: number }

/** Ends of longer ago are no news when the source is opened. */
const NEWS_MS = 24 * 60 * 60_000
/** A kill so shortly before the first look counts: Headroom may have been starting anew itself. */
const FRESH_MS = 5 * 60_000
/** So many ends are told of one look. */
const MAX_TOLD = 40
/** SIGKILL: mostly for memory, of a process of the container if not of the container itself. */
const KILLED = 137

/**
 * Follows the containers of pods. Kubernetes counts the restarts of a container as long as its pod lives, and keeps the
 * last end only: counts are differenced here, a new pod beginning at none.
 */
export class EndWatch {
  #known: Map<string, Known> | undefined
  readonly #ends = new Map<string, Ends>()
  #killsFrom = new Map<string, number>()

  /** Of all pods of a list, whole. */
  look(pods: readonly OwnedPod[], times: Times): Happening[] {
    const before = this.#known
    this.#killsFrom = new Map()
    const known = new Map<string, Known>()
    const happened: Happening[] = []
    for (const { pod, workload } of pods) {
      if (!isLive(pod)) continue
      for (const container of containersOf(pod)) {
        const key = `${identityOf(pod.metadata)}/${container.name}`
        const end = lastEnd(container)
        const was = before?.get(key) ?? { restarts: before === undefined ? container.restartCount : 0, ended: 0 }
        const ended = end?.finishedAt ?? was.ended
        known.set(key, { restarts: container.restartCount, ended })
        // A container that has ended and not begun again is counted as it stands; else it must have begun again.
        const hasEnded =
          (container.state.terminated ?? undefined) !== undefined || container.restartCount > was.restarts
        const isNew = end !== undefined && ended > was.ended && (before === undefined || hasEnded)
        if (before !== undefined) this.#count(workload, container.restartCount - was.restarts, isNew && isKill(end))
        else if (isNew && isKill(end)) this.#countFresh(workload, times.ours(ended), times.now)
        if (isNew && times.now - times.ours(ended) < NEWS_MS)
          happened.push(told(workload, pod, container, end, times.ours(ended)))
      }
    }
    this.#known = known
    return happened.toSorted((a, b) => atOf(a) - atOf(b)).slice(-MAX_TOLD)
  }

  of(workload: string): Ends {
    return { ...(this.#ends.get(workload) ?? { restarts: 0, kills: 0 }), killsFrom: this.#killsFrom.get(workload) }
  }

  /** At the first look; without a count before it a kill would be nothing that happened. */
  #countFresh(workload: string, at: number, now: number): void {
    if (now - at >= FRESH_MS) return
    this.#count(workload, 0, true)
    this.#killsFrom.set(workload, Math.min(at - 1_000, this.#killsFrom.get(workload) ?? at))
  }

  #count(workload: string, restarts: number, killed: boolean): void {
    const so = this.#ends.get(workload) ?? { restarts: 0, kills: 0 }
    this.#ends.set(workload, { restarts: so.restarts + Math.max(0, restarts), kills: so.kills + (killed ? 1 : 0) })
  }
}

function containersOf({ status }: Pod): ContainerStatus[] {
  // What prepares a pod ends well once, and that is no news.
  const preparing = (status.initContainerStatuses ?? []).filter((each) => lastEnd(each)?.exitCode !== 0)
  return [...(status.containerStatuses ?? []), ...preparing]
}

function lastEnd({ state, lastState }: ContainerStatus): Terminated | undefined {
  return state.terminated ?? lastState.terminated ?? undefined
}

function isKill({ reason, exitCode }: Terminated): boolean {
  return reason === 'OOMKilled' || exitCode === KILLED
}

function told(workload: string, { metadata }: Pod, { name }: ContainerStatus, end: Terminated, at: number): Happening {
  return {
    kind: 'note',
    id: `end/${identityOf(metadata)}/${name}/${end.finishedAt ?? 0}`,
    at,
    // What a container says as its last words is not told: it may be anything.
    text: `${workload}: container ${name} of ${metadata.name} ${howItEnded(end)}`,
    as: 'restart',
  }
}

function howItEnded({ reason, exitCode }: Terminated): string {
  if (reason === 'OOMKilled') return 'was killed for want of memory (OOMKilled)'
  if (exitCode === KILLED) return `was killed (exit 137${reason === '' ? '' : `, ${reason}`})`
  return `ended (exit ${exitCode}${reason === '' || reason === 'Error' ? '' : `, ${reason}`})`
}

function atOf(happening: Happening): number {
  return happening.kind === 'note' ? happening.at : 0
}

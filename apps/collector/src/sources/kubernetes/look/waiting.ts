import type { Happening } from '@headroom/shared/model/reading.ts'
import { identityOf, type Pod } from '../api/resources.ts'
import { isLive, type OwnedPod } from './owned-pods.ts'
import type { Times } from './times.ts'

/** Why a pod does not start, in Kubernetes' own word, and its explanation. */
type Reason = { reason: string; message: string }

type Spell = { note: Happening & { kind: 'note' }; lastSeenAt: number }

/** A container that crashes runs for a moment between two waits: that is still the same spell. */
const OVER_AFTER_MS = 10 * 60_000
const MAX_MESSAGE = 200
/** What a pod waits for on its ordinary way. */
const ORDINARY = new Set(['', 'ContainerCreating', 'PodInitializing'])

/** Follows pods that cannot start: CrashLoopBackOff, ImagePullBackOff, Unschedulable and their like. */
export class WaitingWatch {
  readonly #spells = new Map<string, Spell>()
  /** Why, by workload; once for each pod. */
  #waiting = new Map<string, string[]>()

  look(pods: readonly OwnedPod[], times: Times): Happening[] {
    this.#waiting = new Map()
    const happened: Happening[] = []
    for (const { pod, workload } of pods) {
      const why = isLive(pod) ? whyWaiting(pod) : undefined
      if (why === undefined) continue
      // An image is said to be missing in two words that take turns.
      const reason = why.reason.replace('ErrImagePull', 'ImagePullBackOff')
      const reasons = this.#waiting.get(workload)
      if (reasons === undefined) this.#waiting.set(workload, [reason])
      else reasons.push(reason)
      const key = `${workload}/${reason}`
      const spell = this.#spells.get(key)
      if (spell !== undefined) spell.lastSeenAt = times.now
      else {
        const note = told(workload, pod, why, times.now)
        this.#spells.set(key, { note, lastSeenAt: times.now })
        happened.push(note)
      }
    }
    return [...happened, ...this.#over(times.now)]
  }

  /** How many pods cannot start. */
  of(workload: string): number {
    return this.#reasons(workload).length
  }

  /** Why not, in Kubernetes' words, each once. */
  reasonsOf(workload: string): string[] {
    return [...new Set(this.#reasons(workload))].toSorted()
  }

  #reasons(workload: string): readonly string[] {
    return this.#waiting.get(workload) ?? []
  }

  #over(now: number): Happening[] {
    const over = [...this.#spells].filter(([, { lastSeenAt }]) => now - lastSeenAt > OVER_AFTER_MS)
    return over.map(([key, { note, lastSeenAt }]) => {
      this.#spells.delete(key)
      return { ...note, until: lastSeenAt }
    })
  }
}

function whyWaiting({ status }: Pod): Reason | undefined {
  const containers = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])]
  const waiting = containers.flatMap(({ state }) => state.waiting ?? []).find(({ reason }) => !ORDINARY.has(reason))
  if (waiting !== undefined) return waiting
  const scheduled = status.conditions?.find(({ type }) => type === 'PodScheduled')
  return scheduled?.status === 'False' && scheduled.reason === 'Unschedulable' ? scheduled : undefined
}

function told(
  workload: string,
  { metadata }: Pod,
  { reason, message }: Reason,
  at: number,
): Happening & { kind: 'note' } {
  const plain = message.replace(/:\/\/[^/\s@]*@/g, '://').slice(0, MAX_MESSAGE)
  return {
    kind: 'note',
    id: `waiting/${identityOf(metadata)}/${reason}`,
    at,
    text: `${workload}: ${metadata.name} does not start, ${reason}${plain === '' ? '' : `: ${plain}`}`,
    as: 'note',
  }
}

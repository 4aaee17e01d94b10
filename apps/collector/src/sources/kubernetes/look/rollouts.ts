import type { Happening } from '@headroom/shared/model/reading.ts'
import type { Times } from './times.ts'
import type { Workload } from './workload.ts'

type Note = Happening & { kind: 'note' }
type Known = { revision: string; desired: number; deploy: Note | undefined }

const MAX_MESSAGE = 200

/** Tells what happens to workloads: rollouts and how they end, those that are stuck, and scaling. */
export class RolloutWatch {
  readonly #known = new Map<string, Known>()
  #opened = false

  look(workloads: readonly Workload[], times: Times): Happening[] {
    const happened = workloads.flatMap((workload) => this.#compare(workload, times))
    const there = new Set(workloads.map(({ uid }) => uid))
    for (const uid of this.#known.keys()) if (!there.has(uid)) this.#known.delete(uid)
    this.#opened = true
    return happened
  }

  #compare(workload: Workload, times: Times): Note[] {
    const { name, uid, revision, desired, inProgress } = workload
    const before = this.#known.get(uid)
    const notes = conditionNotes(workload, times)
    const isNew = before === undefined ? this.#opened : before.revision !== revision && revision !== ''
    let deploy = before?.deploy
    if (isNew) {
      const begun = deployNote(workload, times.now)
      notes.push(begun)
      deploy = begun
    }
    if (deploy !== undefined && !inProgress) {
      notes.push({ ...deploy, until: times.now })
      deploy = undefined
    }
    if (before !== undefined && before.desired !== desired)
      notes.push({
        kind: 'note',
        id: `scale/${uid}/${times.now}`,
        at: times.now,
        text: `${name} is scaled from ${before.desired} to ${desired}`,
        as: 'note',
      })
    this.#known.set(uid, { revision: revision === '' ? (before?.revision ?? '') : revision, desired, deploy })
    return notes
  }
}

function deployNote({ name, uid, revision, images }: Workload, at: number): Note {
  // The registry and the path say nothing new; the tag does.
  const tags = images.map((image) => (image.split('/').at(-1) ?? image).replace(/@sha256:([0-9a-f]{12}).*$/, '@$1'))
  return {
    kind: 'note',
    id: `rollout/${uid}/${revision}`,
    at,
    text: `Rollout of ${name}${revision === '' ? '' : `, revision ${revision}`}${tags.length === 0 ? '' : `: ${tags.slice(0, 3).join(', ')}`}`,
    as: 'deploy',
  }
}

/** Notes of what stands in the conditions; told at each look under the same names, and news only once. */
function conditionNotes({ name, uid, revision, stuck, failing }: Workload, times: Times): Note[] {
  const notes: Note[] = []
  if (stuck?.lastTransitionTime !== undefined)
    notes.push({
      kind: 'note',
      id: `stuck/${uid}/${revision}`,
      at: times.ours(stuck.lastTransitionTime),
      text: `Rollout of ${name} is stuck: it did not come about within its deadline (ProgressDeadlineExceeded)`,
      as: 'note',
    })
  if (failing?.lastTransitionTime !== undefined)
    notes.push({
      kind: 'note',
      id: `replica-failure/${uid}/${failing.lastTransitionTime}`,
      at: times.ours(failing.lastTransitionTime),
      text: `${name} cannot make its pods: ${failing.message.slice(0, MAX_MESSAGE)}`,
      as: 'note',
    })
  return notes
}

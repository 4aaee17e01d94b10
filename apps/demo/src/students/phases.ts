import { ordinaryConditions, type Conditions } from '../simulated/conditions.ts'

/** What every student does in a phase, each at a moment of their own within its first `overSeconds`. */
export type Doing =
  | { kind: 'arrive'; images: number; overSeconds: number }
  | { kind: 'upload'; images: number; overSeconds: number }
  | { kind: 'look' }
  | { kind: 'export'; overSeconds: number }

/** A part of the workshop: from `minute` to the next phase. */
export type Phase = { minute: number; name: string; doing: Doing; conditions: Conditions }

const ordinary = ordinaryConditions
const coldDatabase: Conditions = { ...ordinary, storeMsPerImage: 2_000 }
const crowdedDatabase: Conditions = { ...ordinary, storeMsPerImage: 2_800 }
const slowUpstream: Conditions = { ...ordinary, storeMsPerImage: 1_900, captionMs: 14_750 }
const refusingUpstream: Conditions = { ...slowUpstream, refusedShare: 0.25 }

/** The workshop, ten minutes long: 30 images a student, and every kind of trouble once. */
// oxfmt-ignore
export const phases: readonly Phase[] = [
  { minute: 0, name: 'Doors open: arrive', doing: { kind: 'arrive', images: 1, overSeconds: 45 }, conditions: ordinary },
  { minute: 1, name: 'Lab 1: upload, on a cold database', doing: { kind: 'upload', images: 6, overSeconds: 45 }, conditions: coldDatabase },
  { minute: 2, name: 'Talk: read the captions', doing: { kind: 'look' }, conditions: ordinary },
  { minute: 2.75, name: 'Lab 2: everyone uploads at once', doing: { kind: 'upload', images: 9, overSeconds: 8 }, conditions: crowdedDatabase },
  { minute: 5, name: 'Lab 3: upload, on a slow upstream', doing: { kind: 'upload', images: 14, overSeconds: 20 }, conditions: slowUpstream },
  { minute: 6, name: 'The upstream refuses some calls', doing: { kind: 'look' }, conditions: refusingUpstream },
  { minute: 6.75, name: 'The upstream is well again', doing: { kind: 'look' }, conditions: ordinary },
  { minute: 8.5, name: 'Export and leave', doing: { kind: 'export', overSeconds: 50 }, conditions: ordinary },
]

/** How long a workshop takes, and how long the room is then empty. */
export const workshopMs = 10 * 60_000
export const pauseMs = 60_000

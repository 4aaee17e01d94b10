import type { RenderApi } from '../account/api.ts'
import type { Refusal } from '../account/failure.ts'
import type { Member } from '../member.ts'

/** What a sweep over some members is given. */
export type Sweep = {
  api: RenderApi
  members: readonly Member[]
  /** Monotonic, ms. */
  atMs: number
  signal: AbortSignal
}

/** Something is wrong that holds for every question: nothing more is asked in this sweep. */
export class Stopped extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.problem.code)
    this.refusal = refusal
  }
}

/** So many questions are under way at once. */
const WIDTH = 4

/** Does `work` for each, a few at a time; the first to throw stops the rest. */
export async function each<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const queue = items.values()
  let stopped = false
  const worker = async (): Promise<void> => {
    for (const item of queue) {
      if (stopped) return
      try {
        await work(item)
      } catch (error) {
        stopped = true
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(WIDTH, items.length) }, worker))
}

/** The members of each resource: several sources may watch the same one, and it is asked about once. */
export function byResource(members: readonly Member[]): Map<string, Member[]> {
  const grouped = new Map<string, Member[]>()
  for (const member of members) grouped.set(member.id, [...(grouped.get(member.id) ?? []), member])
  return grouped
}

export function chunksOf<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}

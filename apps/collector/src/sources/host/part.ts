import type { Clock } from '../../lib/clock.ts'

export type PartOptions = {
  clock: Clock
  /** How long one look waits for it. */
  waitMs: number
  failed: (error: unknown) => void
}

/**
 * One thing that is to be found out, by itself: where it fails or takes too long, `otherwise` stands for it and the rest
 * still counts. While it is under way it is not begun again, so that a disk that hangs holds up one thread and not all.
 */
export function createPart<Given, Found>(
  read: (given: Given) => Promise<Found>,
  otherwise: Found,
  { clock, waitMs, failed }: PartOptions,
): (given: Given) => Promise<Found> {
  let underWay: Promise<Found> | undefined

  async function begin(given: Given): Promise<Found> {
    try {
      return await read(given)
    } catch (error) {
      failed(error)
      return otherwise
    } finally {
      underWay = undefined
    }
  }

  return async (given) => {
    underWay ??= begin(given)
    const late = Promise.withResolvers<Found>()
    const cancel = clock.after(waitMs, () => late.resolve(otherwise))
    try {
      return await Promise.race([underWay, late.promise])
    } finally {
      cancel()
    }
  }
}

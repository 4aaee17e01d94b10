import { setTimeout as sleep } from 'node:timers/promises'

const EVERY_MS = 25
/** A source that failed for long is asked every twelfth interval only, which here are seconds; and a machine may be slow. */
const WITHIN_MS = 30_000

/**
 * Looks again and again until what is found is so, and gives it. There is no other waiting in these tests: what takes
 * long fails with what was found last.
 */
export async function until<Found>(
  look: () => Promise<Found> | Found,
  isSo: (found: Found) => boolean,
  withinMs = WITHIN_MS,
): Promise<Found> {
  const began = performance.now()
  for (;;) {
    const found = await look()
    if (isSo(found)) return found
    if (performance.now() - began > withinMs)
      throw new Error(`not so within ${withinMs / 1000} s: ${isSo.toString()}\nlast found: ${shown(found)}`)
    await sleep(EVERY_MS)
  }
}

function shown(found: unknown): string {
  return (JSON.stringify(found) ?? String(found)).slice(0, 4_000)
}

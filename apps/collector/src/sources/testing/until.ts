const EVERY_MS = 20

/** Looks again and again until what is found is so; what takes too long fails with what was found last. */
export async function until<Found>(
  look: () => Promise<Found> | Found,
  isSo: (found: Found) => boolean,
  withinMs = 30_000,
): Promise<Found> {
  const began = performance.now()
  for (;;) {
    const found = await look()
    if (isSo(found)) return found
    if (performance.now() - began > withinMs)
      throw new Error(`not so within ${withinMs / 1_000} s: ${isSo.toString()}\nlast found: ${JSON.stringify(found)}`)
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS))
  }
}

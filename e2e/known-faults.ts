/**
 * What is known to be wrong with a story, until it is mended: what each says must still be so, and nothing else.
 * An empty list is the aim.
 */
const KNOWN_FAULTS: Readonly<Record<string, readonly RegExp[]>> = {}

/** What is wrong beyond that; and what is known but no longer so. */
export function unexpected(story: string, faults: readonly string[]): string[] {
  const known = KNOWN_FAULTS[story] ?? []
  return [
    ...faults.filter((fault) => !known.some((one) => one.test(fault))),
    ...known
      .filter((one) => !faults.some((fault) => one.test(fault)))
      .map((one) => `is mended, strike it off: ${one.source}`),
  ]
}

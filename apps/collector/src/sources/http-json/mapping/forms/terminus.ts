/** Terminus of Nest tells every check twice: in `details`, and in `info` where it is well or in `error` where it is not. */
export function plainTerminus(document: object): object | undefined {
  if (!('status' in document) || !('details' in document)) return undefined
  const { details, ...rest } = document
  const parts = ['info', 'error'].filter((key) => holdsOnly(Reflect.get(rest, key), details))
  if (parts.length === 0) return undefined
  return Object.fromEntries(Object.entries(document).filter(([key]) => !parts.includes(key)))
}

/** Whether it is a dict of which each key is one of the other's. */
function holdsOnly(part: unknown, whole: unknown): boolean {
  if (typeof part !== 'object' || part === null || typeof whole !== 'object' || whole === null) return false
  return !Array.isArray(part) && Object.keys(part).every((key) => Object.hasOwn(whole, key))
}

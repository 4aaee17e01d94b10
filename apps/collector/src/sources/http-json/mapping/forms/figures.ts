/** The entries of a list that are dicts; nothing where it is no list. */
export function dictsIn(value: unknown): object[] {
  return Array.isArray(value) ? value.filter((item): item is object => typeof item === 'object' && item !== null) : []
}

/** A number under this key; undefined where there is none. */
export function numberIn(dict: object, key: string): number | undefined {
  const value: unknown = Reflect.get(dict, key)
  return typeof value === 'number' ? value : undefined
}

/** What stands under this key of each dict, added up; undefined where none has it. */
export function sumOf(dicts: readonly object[], key: string): number | undefined {
  const values = dicts.flatMap((dict) => numberIn(dict, key) ?? [])
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0)
}

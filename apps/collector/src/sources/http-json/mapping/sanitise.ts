const MAX_KEY = 64
/** Stands for any key. */
export const ANY = '*'
const MAX_PATH = 200

/** A key as part of a series' name: letters, digits, dash and underscore. */
export function sanitiseKey(key: string): string {
  const plain = key.slice(0, MAX_KEY).replace(/[^A-Za-z0-9_-]+/g, '_')
  return plain === '' ? '_' : plain
}

/** The path of a value as the name of its series. */
export function pathOf(keys: readonly string[]): string {
  return keys.length === 0 ? 'value' : keys.map(sanitiseKey).join('.').slice(0, MAX_PATH)
}

/** A place as `map` and `ignore` name it: keys as they are shown, `*` for any. */
export function patternOf(at: readonly string[]): string {
  return at.map((key) => (key === ANY ? ANY : sanitiseKey(key))).join('.')
}

/** A value that becomes a label: short, and nothing that is somebody's address. */
export function labelValue(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const text = String(value).trim()
  return text === '' || text.length > MAX_KEY || text.includes('@') || /\p{Cc}/u.test(text) ? undefined : text
}

export function splitWords(key: string): string[] {
  return key
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
}

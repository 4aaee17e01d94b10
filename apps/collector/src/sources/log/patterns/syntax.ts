/** A regular expression as a tree. Sets are of bytes: 256 entries, 1 where the byte belongs to it. */
export type Node =
  | { kind: 'empty' }
  | { kind: 'set'; bytes: Uint8Array }
  | { kind: 'all'; parts: readonly Node[] }
  | { kind: 'any'; choices: readonly Node[] }
  | { kind: 'repeat'; node: Node; least: number; most: number }
  | { kind: 'assert'; what: Assertion }

/** Beginning and end of the line, a boundary of a word, and no boundary. */
export type Assertion = 'begin' | 'end' | 'word' | 'no word'

export const EMPTY: Node = { kind: 'empty' }
export const NEWLINE = 10

export function setOf(belongs: (byte: number) => boolean): Uint8Array {
  // A line never holds its own end.
  return Uint8Array.from({ length: 256 }, (_, byte) => (byte !== NEWLINE && belongs(byte) ? 1 : 0))
}

export function isWord(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || byte === 95 || (byte >= 97 && byte <= 122)
}

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57
const isSpace = (byte: number): boolean => byte === 32 || (byte >= 9 && byte <= 13)

/** What `\d` and the like stand for; what is not ASCII is neither digit nor word nor space. */
export const CLASSES: Readonly<Record<string, (byte: number) => boolean>> = {
  d: isDigit,
  D: (byte) => !isDigit(byte),
  w: isWord,
  W: (byte) => !isWord(byte),
  s: isSpace,
  S: (byte) => !isSpace(byte),
}

/** A character as the bytes it has in UTF-8; with `fold`, an ASCII letter in either case. */
export function charNode(char: string, fold: boolean): Node {
  const bytes = [...Buffer.from(char, 'utf8')]
  const parts = bytes.map((byte): Node => ({
    kind: 'set',
    bytes: foldSet(
      setOf((other) => other === byte),
      fold,
    ),
  }))
  return parts.length === 1 ? (parts[0] ?? EMPTY) : { kind: 'all', parts }
}

export function foldSet(bytes: Uint8Array, fold: boolean): Uint8Array {
  if (!fold) return bytes
  const folded = Uint8Array.from(bytes)
  for (let upper = 65; upper <= 90; upper++) {
    const either = (bytes[upper] ?? 0) | (bytes[upper + 32] ?? 0)
    folded[upper] = either
    folded[upper + 32] = either
  }
  return folded
}

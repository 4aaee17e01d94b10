import { keyWords } from './key-words.ts'
import { IDENTIFIERS, LEVELS, NEUTRAL, OWNERS, PEOPLE, SUMMARY } from './words.ts'

const ID_SHAPES: readonly RegExp[] = [
  /@/,
  /^\d+$/,
  /^[0-9a-f]{8}-[0-9a-f]{4}-/i,
  /^(?=[a-z]*\d)(?=\d*[a-z])[0-9a-f]{12,}$/i,
  /^\d{4}-\d\d(-|$)/,
  /^\d{1,3}(\.\d{1,3}){3}/,
  /^\p{Lu}\p{L}+[ ._-]\p{Lu}[\p{L}.'-]*$/u,
  /^.{65,}$/,
]
const STATUS_CODE = /^[1-5](\d\d|xx)$/i
/** `last5minutes`, `past_24h`: a span that people are counted over. */
const SPAN = /^(last|past)[ _-]?\d{1,3}[ _-]?(s|m|h|d|min|mins|minutes?|hours?|days?|weeks?)$/i
const PERCENTILE = /^(p\d\d(\.\d+)?|50|75|90|95|99)$/

/** A key that names one of many (an id, an address, a person, a moment), so that its like will come and go. */
export function looksLikeId(key: string): boolean {
  if (PERCENTILE.test(key)) return false
  if (ID_SHAPES.some((shape) => shape.test(key))) return true
  // `student7`, `session-4821`, `user_a1f3`: one of the people, numbered.
  const numbered = /^([a-z]+?)[ _-]?([a-z]*\d[a-z\d]*)$/i.exec(key)
  return numbered?.[1] !== undefined && isPeopleKey(numbered[1])
}

/** True where what stands under this key may be the names of people, or be keyed by them. */
export function isPeopleKey(key: string): boolean {
  return keyWords(key).words.some((word) => PEOPLE.has(word))
}

/** A key that only says that people follow, and is no name itself: `names`, `user_emails`. */
export function isPeopleWord(key: string): boolean {
  const { words } = keyWords(key)
  return words.length > 0 && words.every((word) => PEOPLE.has(word))
}

/** Under a people key only keys made of these words are kept; any other may be somebody's name. */
export function isSummaryKey(key: string): boolean {
  if (SPAN.test(key)) return true
  const { words, unit } = keyWords(key)
  return (words.length > 0 || unit !== undefined) && words.every((word) => SUMMARY.has(word))
}

export function isStatusCode(key: string): boolean {
  return STATUS_CODE.test(key)
}

const VOCABULARY: readonly ReadonlySet<string>[] = [SUMMARY, OWNERS, NEUTRAL, LEVELS, IDENTIFIERS, PEOPLE]

/** A key that names a part of the system: stricter, for what may be said of people as well. */
export function namesAPart(key: string): boolean {
  return !isPeopleKey(key) && keyWords(key).words.some((word) => OWNERS.has(word) || NEUTRAL.has(word))
}

/** A key with a word that documents use of themselves: a part of the system, a kind of figure. Others may be anybody's name. */
export function speaksOfTheSystem(key: string): boolean {
  const { words, unit } = keyWords(key)
  return unit !== undefined || words.some((word) => VOCABULARY.some((set) => set.has(word)))
}

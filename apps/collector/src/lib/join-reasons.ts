/** So many are said at once: more is not read. */
const MAX_SAID = 3

/** All reasons in one sentence, under the code of the first; what is said twice counts once. Undefined of none. */
export function joinReasons<Code extends string>(
  reasons: readonly { code: Code; message: string }[],
): { code: Code; message: string } | undefined {
  const [first] = reasons
  if (first === undefined) return undefined
  const messages = [...new Set(reasons.map(({ message }) => message))]
  const more = messages.length - MAX_SAID
  const said = messages.slice(0, MAX_SAID).join('; also: ')
  return { code: first.code, message: more > 0 ? `${said}; and ${more} more` : said }
}

/** Words by which documents say that something is well, or is not. Compared in lower case, without spaces around. */
const GOOD = new Set(
  'ok okay healthy up pass passing passed success successful ready available operational online alive live green good normal nominal active running connected serving fine true yes enabled working pong go'.split(
    ' ',
  ),
)
const BAD = new Set(
  'unhealthy error errored fail failing failed failure down critical degraded unavailable offline dead red yellow broken stopped disconnected outage warn warning bad unknown false no starting stopping draining maintenance overloaded timeout refused partial disabled crashed skipped not_ready'
    .split(' ')
    .concat('unexpected result', 'unknown error'),
)

/** Keys whose word or boolean is a state. */
export const STATE_KEYS: ReadonlySet<string> = new Set(
  'status state health healthy ready connected available ok alive up live reachable running success'.split(' '),
)

/** Verdicts that are a state whatever their key is called, as long as that names a part of the system. */
const VERDICT = /^\s*(working\s*$|(?:unavailable|warning|unexpected result|unknown error)\s*:)/i

export function isVerdict(text: string): boolean {
  return VERDICT.test(text)
}

/**
 * 1 for a word that says all is well, 0 for one that says it is not, undefined for any other. What follows a colon explains
 * it, and is nobody's business.
 */
export function stateOfWord(word: string): 0 | 1 | undefined {
  const plain = (word.split(':', 1)[0] ?? '').trim().toLowerCase()
  return GOOD.has(plain) ? 1 : BAD.has(plain) ? 0 : undefined
}

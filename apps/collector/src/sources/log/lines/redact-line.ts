const HIDDEN = '[secret]'
const SECRET_NAME =
  '[\\w.-]*(?:token|secret|passw(?:or)?d|passphrase|pwd|api[-_]?key|apikey|access[-_]?key|private[-_]?key|credential|signature|session[-_]?id|sessionid|csrf|routing[-_]?key)[\\w-]*|sig|auth|code|key'

type Rule = { pattern: RegExp; by: string }

/**
 * What is taken out of a line before anybody keeps it, in this order. Each is looked for in a line of bounded length, and
 * none has a repetition inside a repetition.
 */
const RULES: readonly Rule[] = [
  { pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----.*/g, by: HIDDEN },
  // Everything that a header which signs somebody in has: whichever scheme, quoted or not.
  {
    pattern:
      /\b((?:proxy-)?authorization|set-cookie|cookie|x-[\w-]*(?:key|token|secret|auth)[\w-]*)(["']?\s*[:=]\s*)(?:"[^"]*"?|'[^']*'?|[^"'\n]*)/gi,
    by: `$1$2${HIDDEN}`,
  },
  { pattern: /\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi, by: `$1 ${HIDDEN}` },
  // postgres://user:password@host, to the last @ before the path; a user alone may be a token.
  { pattern: /\b([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/?#"'<>@]+(?:@[^\s/?#"'<>@]+)*@/gi, by: `$1${HIDDEN}@` },
  { pattern: new RegExp(`([?&;](?:${SECRET_NAME})=)[^&\\s"'<>;]+`, 'gi'), by: `$1${HIDDEN}` },
  // password=..., "token": "...", api_key: '...'
  {
    pattern: new RegExp(
      `((?<![\\w.-])(?:${SECRET_NAME.replace('|sig|auth|code|key', '')})["']?\\s*(?:=>|[:=])\\s*)(?!\\[secret\\])(?:"[^"]*"?|'[^']*'?|[^\\s,;&"')}\\]]+)`,
      'gi',
    ),
    by: `$1${HIDDEN}`,
  },
  // --password abc, on a command line.
  { pattern: /(\s--?[\w-]*(?:token|secret|passw(?:or)?d|api-?key)[\w-]*\s+)(?!-)\S+/gi, by: `$1${HIDDEN}` },
  // The ways in which those who give out keys write them.
  {
    pattern:
      /\b(?:eyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?|(?:AKIA|ASIA)[A-Z0-9]{16}|gh[oprsu]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abeoprs]-[\w-]{8,}|(?:sk|pk|rk)[-_][\w-]{16,}|rnd_\w{16,}|AIza[\w-]{30,}|whsec_[\w+/=]{16,}|npm_\w{20,}|SG\.[\w-]{16,}\.[\w-]{16,})/g,
    by: HIDDEN,
  },
  { pattern: /[\w.%+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,}\b/gi, by: '[e-mail]' },
  // The name that somebody signed in with, in an access log.
  { pattern: /^(\S+ \S+ )(?!- )\S+( \[\d{1,2}\/)/, by: '$1[user]$2' },
  // Long, of letters and digits, and nobody can say what it is: a hash or an id is no loss beside a token.
  {
    pattern: /(?<![\w/.+=-])(?=[\w+=-]*\d)(?=[\w+=-]*[a-z])[\w+=-]{32,}(?![\w/.+=-])/gi,
    by: HIDDEN,
  },
]

/** The line without passwords, tokens, keys, e-mail addresses and the names of those who signed in. */
export function redactLine(line: string): string {
  return RULES.reduce((text, { pattern, by }) => text.replaceAll(global(pattern), by), line)
}

function global(pattern: RegExp): RegExp {
  return pattern.global ? pattern : new RegExp(pattern, `${pattern.flags}g`)
}

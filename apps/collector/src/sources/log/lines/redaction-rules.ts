export const HIDDEN = '[secret]'

export type RedactionRule = { pattern: RegExp; by: string }

/** What a name of a secret holds, wherever it stands. */
const WORD =
  'token|secret|passw(?:or)?d|passphrase|pwd|api[-_]?key|access[-_]?key|account[-_]?key|private[-_]?key|signing[-_]?key|encryption[-_]?key|master[-_]?key|credential|signature|session[-_]?id|csrf|routing[-_]?key'
const NAME = `[\\w.-]*(?:${WORD})[\\w-]*`
/** Names that mean a secret in an address or a form, and anything elsewhere. */
const IN_QUERY = `${NAME}|sig|auth|code|key|pass|pw|pin|otp`
/** A quote, as it is, behind backslashes in a text within a text, or of Python's bytes. */
const QUOTE = `\\\\*["']`
const QUOTED = `b?(?:\\\\+"[^"]*|"(?:\\\\.|[^"\\\\])*"?|\\\\+'[^']*|'(?:\\\\.|[^'\\\\])*'?)`
const HEADER = `(?:proxy-)?authorization|set-cookie|cookie|x-[\\w-]*(?:key|token|secret|auth)[\\w-]*`

/**
 * What is taken out of a line before anybody keeps it, in this order. Each is looked for in a line of bounded length, and
 * none has a repetition inside a repetition that could match the same text.
 */
export const REDACTION_RULES: readonly RedactionRule[] = [
  { pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----.*/g, by: HIDDEN },
  // A header that signs somebody in, as a value of JSON or of Python: "cookie": "...", ('cookie', '...'), "Cookie": ["..."].
  {
    pattern: new RegExp(
      `\\b(${HEADER})(${QUOTE}\\s*[:=,]\\s*\\[?\\s*)(?!\\[secret\\])(?:${QUOTED}|[^"',}\\])]+)`,
      'gi',
    ),
    by: `$1$2${HIDDEN}`,
  },
  // Schemes that say several things, some of them in quotes.
  {
    pattern: new RegExp(`\\b(${HEADER})(\\s*[:=]\\s*)(?:digest|oauth|hawk|signature|mac)\\s.*`, 'gi'),
    by: `$1$2${HIDDEN}`,
  },
  // As it stands, whichever scheme, quoted or not.
  {
    pattern: new RegExp(`\\b(${HEADER})(\\s*[:=]\\s*)(?:"[^"]*"?|'[^']*'?|[^"'\\n]*)`, 'gi'),
    by: `$1$2${HIDDEN}`,
  },
  { pattern: /\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi, by: `$1 ${HIDDEN}` },
  { pattern: /\b(token)\s+(?=[\w.~+/=-]*\d)[\w.~+/=-]{16,}/gi, by: `$1 ${HIDDEN}` },
  // postgres://user:password@host, to the last @ before the path; a user alone may be a token.
  { pattern: /\b([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/?#"'<>@]+(?:@[^\s/?#"'<>@]+)*@/gi, by: `$1${HIDDEN}@` },
  // A password with a slash in it, where nobody would write an @ in a path.
  { pattern: /\b(?!https?:)([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/"'<>@]*:[^\s"'<>]*@/gi, by: `$1${HIDDEN}@` },
  { pattern: new RegExp(`([?&;](?:${IN_QUERY})=)[^&\\s"'<>;]+`, 'gi'), by: `$1${HIDDEN}` },
  // password=..., "token": "...", \"api_key\": \"...\", api_key: b'...'
  {
    pattern: new RegExp(
      `((?<![\\w.-])(?:${NAME})(?:${QUOTE})?\\s*(?:=>|[:=])\\s*)(?!\\[secret\\])(?:${QUOTED}|(?:\\\\.|[^\\s,;&"')}\\]\\\\])+)`,
      'gi',
    ),
    by: `$1${HIDDEN}`,
  },
  // The same in an address or a form that was escaped: password%3D..., %22token%22%3A%22...
  { pattern: new RegExp(`((?:${WORD})[\\w-]*(?:%22)?%3[AD](?:%20)?(?:%22)?)[^%&\\s"']+`, 'gi'), by: `$1${HIDDEN}` },
  { pattern: new RegExp(`(<(?:\\w{1,20}:)?(?:${NAME})(?:\\s[^<>]*)?>)[^<]+`, 'gi'), by: `$1${HIDDEN}` },
  // Variables of an environment: STRIPE_KEY=..., GITHUB_PAT=...
  {
    pattern: /(\b[A-Z][A-Z0-9_]*_(?:KEY|PAT|PASS|PW|AUTH)["']?\s*[:=]\s*["']?)(?!\[secret\])[^\s"',;]+/g,
    by: `$1${HIDDEN}`,
  },
  // --password abc, and curl's -u name:password, on a command line.
  { pattern: /(\s--?[\w-]*(?:token|secret|passw(?:or)?d|api-?key)[\w-]*\s+)(?!-)\S+/gi, by: `$1${HIDDEN}` },
  { pattern: /(\s(?:-u|--user)[\s=]["']?[^\s:"']{1,64}:)[^\s"']+/g, by: `$1${HIDDEN}` },
  // The ways in which those who give out keys write them.
  {
    pattern:
      /\b(?:eyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?|(?:AKIA|ASIA)[A-Z0-9]{16}|gh[oprsu]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abeoprs]-[\w-]{8,}|(?:sk|pk|rk)[-_][\w-]{16,}|rnd_\w{16,}|AIza[\w-]{30,}|ya29\.[\w-]{16,}|whsec_[\w+/=]{16,}|npm_\w{20,}|pypi-[\w-]{16,}|hf_\w{20,}|dckr_pat_[\w-]{16,}|shpat_\w{16,}|do[ort]_v1_\w{32,}|SG\.[\w-]{16,}\.[\w-]{16,})/g,
    by: HIDDEN,
  },
  // Hooks whose address is all that they ask for.
  {
    pattern: /(hooks\.slack\.com\/\w+\/|discord(?:app)?\.com\/api\/webhooks\/|\/bot)(?=[\w:/-]*\d)[\w:/-]{16,}/gi,
    by: `$1${HIDDEN}`,
  },
  { pattern: /[\w.%+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,}\b/gi, by: '[e-mail]' },
  // The name that somebody signed in with, in an access log, which may have come with a header of syslog.
  { pattern: /(\s)(?!- )\S+( \[\d{1,2}\/[A-Z][a-z]{2}\/\d{4}:)/, by: '$1[user]$2' },
  // Long, of letters and digits, and nobody can say what it is: a hash or an id is no loss beside a token.
  { pattern: /(?<![\w/.+=-])(?=[\w+=-]*\d)(?=[\w+=-]*[a-z])[\w+=-]{32,}(?![\w/.+=-])/gi, by: HIDDEN },
  // A part of a path may be a link for one person to sign in with. Words joined by dashes, and a UUID, may stay.
  { pattern: /(?<=\/)(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{20,}(?![\w.])/g, by: HIDDEN },
  { pattern: /(?<=\/)(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{24,}(?![\w.])/g, by: HIDDEN },
]

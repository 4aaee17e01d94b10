/** A metric named in an expression: `memory.used_percent`, or `memory.used_percent@host` of one source. */
export type Ref = { metric: string; source?: string }

/** An expression as a tree. `limit:RES`, `tested:RES` and `event.ended_seconds` are known to the world, not to a series. */
export type Expression =
  | { kind: 'number'; value: number }
  | { kind: 'metric'; ref: Ref }
  | { kind: 'limit' | 'tested'; resource: string }
  | { kind: 'event' }
  | { kind: 'sign'; sign: Sign; left: Expression; right: Expression }
export type Sign = '+' | '-' | '*' | '/'

export type Parsed = { ok: true; expression: Expression } | { ok: false; problem: string }

/** The seconds since the system's newest event ended; no value while none has. */
export const EVENT_ENDED = 'event.ended_seconds'

/** Signs stand between spaces, since a value kept under its own path may hold any other character. */
const TOKEN = /\s*([()]|[-+*/](?=[\s(])|-?\d+(?:\.\d+)?(?=[\s)]|$)|[A-Za-z_][^\s()]*)/y
const RANK: Readonly<Record<Sign, number>> = { '+': 1, '-': 1, '*': 2, '/': 2 }

/** Reads numbers, metric names, `+ - * /` with the usual precedence, and parentheses. */
export function parseExpression(text: string): Parsed {
  const tokens = tokensOf(text)
  if (typeof tokens === 'string') return { ok: false, problem: tokens }
  const reader: Reader = { tokens, next: 0 }
  const expression = sum(reader, 1)
  if (expression === null)
    return { ok: false, problem: `${JSON.stringify(text)} ends where a number or a metric is expected` }
  const rest = tokens[reader.next]
  return rest === undefined
    ? { ok: true, expression }
    : { ok: false, problem: `${JSON.stringify(rest)} is not expected there` }
}

/** Every metric an expression speaks of, in order of appearance, each once. */
export function refsOf(expression: Expression): Ref[] {
  const refs: Ref[] = []
  walk(expression, (ref) => {
    if (!refs.some((other) => other.metric === ref.metric && other.source === ref.source)) refs.push(ref)
  })
  return refs
}

/** What an expression comes to, given its parts; a part without a value, or a division by zero, gives none. */
export function valueOf(
  expression: Expression,
  part: (leaf: Exclude<Expression, { kind: 'number' | 'sign' }>) => number | null,
): number | null {
  if (expression.kind === 'number') return expression.value
  if (expression.kind !== 'sign') return part(expression)
  const left = valueOf(expression.left, part)
  const right = valueOf(expression.right, part)
  if (left === null || right === null) return null
  const value = compute(expression.sign, left, right)
  return Number.isFinite(value) ? value : null
}

function compute(sign: Sign, left: number, right: number): number {
  switch (sign) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return left / right
  }
}

function walk(expression: Expression, found: (ref: Ref) => void): void {
  if (expression.kind === 'metric') found(expression.ref)
  if (expression.kind !== 'sign') return
  walk(expression.left, found)
  walk(expression.right, found)
}

type Reader = { tokens: readonly string[]; next: number }

function tokensOf(text: string): string[] | string {
  const tokens: string[] = []
  const end = text.trimEnd().length
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex
    const token = TOKEN.exec(text)?.[1]
    if (token === undefined)
      return `${JSON.stringify(text.slice(from).trim())} cannot be read as numbers, metrics and signs between spaces`
    tokens.push(token)
  }
  return tokens
}

function isSign(token: string | undefined): token is Sign {
  return token !== undefined && Object.hasOwn(RANK, token)
}

/** Precedence climbing: takes signs of at least `rank`. */
function sum(reader: Reader, rank: number): Expression | null {
  let left = operand(reader)
  for (;;) {
    const sign = reader.tokens[reader.next]
    if (left === null || !isSign(sign) || RANK[sign] < rank) return left
    reader.next += 1
    const right = sum(reader, RANK[sign] + 1)
    if (right === null) return null
    left = { kind: 'sign', sign, left, right }
  }
}

function operand(reader: Reader): Expression | null {
  const token = reader.tokens[reader.next]
  if (token === undefined || isSign(token) || token === ')') return null
  reader.next += 1
  if (token !== '(') return leaf(token)
  const inner = sum(reader, 1)
  if (inner === null || reader.tokens[reader.next] !== ')') return null
  reader.next += 1
  return inner
}

function leaf(token: string): Expression {
  if (/^-?\d/.test(token)) return { kind: 'number', value: Number(token) }
  const named = /^(limit|tested):(.+)$/.exec(token)
  if (named?.[2] !== undefined) return { kind: named[1] === 'limit' ? 'limit' : 'tested', resource: named[2] }
  if (token === EVENT_ENDED) return { kind: 'event' }
  const at = token.lastIndexOf('@')
  return {
    kind: 'metric',
    ref: at < 0 ? { metric: token } : { metric: token.slice(0, at), source: token.slice(at + 1) },
  }
}

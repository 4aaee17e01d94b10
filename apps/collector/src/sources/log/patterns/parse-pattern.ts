import { CLASSES, charNode, EMPTY, foldSet, type Node, setOf } from './syntax.ts'

/** Why a pattern is not taken: what is wrong, and what to write instead. */
export class PatternProblem extends Error {
  override readonly name = 'PatternProblem'
}

const MAX_LENGTH = 1_000
const MAX_REPEAT = 1_000
const MAX_DEPTH = 50

/**
 * Reads a regular expression in the syntax of JavaScript, without what cannot be matched in time that grows only with the
 * length of the line: no backreferences, no looking ahead or behind. `(?i)` at the beginning, or `(?i:...)`, takes either
 * case of ASCII letters. Throws a PatternProblem.
 */
export function parsePattern(text: string): Node {
  if (text.length > MAX_LENGTH) throw new PatternProblem(`is longer than ${MAX_LENGTH} characters; make several of it`)
  const fold = text.startsWith('(?i)')
  return new Parser(fold ? text.slice(4) : text).whole(fold)
}

class Parser {
  readonly #chars: readonly string[]
  #at = 0
  #depth = 0

  constructor(text: string) {
    this.#chars = Array.from(text)
  }

  whole(fold: boolean): Node {
    const node = this.#alternatives(fold)
    if (this.#peek() === ')') throw new PatternProblem('has a ) without its (')
    return node
  }

  #peek(ahead = 0): string | undefined {
    return this.#chars[this.#at + ahead]
  }

  #next(): string | undefined {
    return this.#chars[this.#at++]
  }

  #takes(text: string): boolean {
    if (!Array.from(text).every((char, index) => this.#peek(index) === char)) return false
    this.#at += text.length
    return true
  }

  #alternatives(fold: boolean): Node {
    const choices = [this.#sequence(fold)]
    while (this.#takes('|')) choices.push(this.#sequence(fold))
    return choices.length === 1 ? (choices[0] ?? EMPTY) : { kind: 'any', choices }
  }

  #sequence(fold: boolean): Node {
    const parts: Node[] = []
    for (let char = this.#peek(); char !== undefined && char !== '|' && char !== ')'; char = this.#peek())
      parts.push(this.#repeated(this.#atom(fold)))
    return parts.length === 1 ? (parts[0] ?? EMPTY) : { kind: 'all', parts }
  }

  #repeated(node: Node): Node {
    let result = node
    for (let times = this.#quantifier(); times !== undefined; times = this.#quantifier()) {
      // Whether it takes as much or as little as it can makes no difference to whether a line matches.
      this.#takes('?')
      if (result.kind === 'assert') throw new PatternProblem('repeats what has no length, such as ^ or \\b')
      result = { kind: 'repeat', node: result, ...times }
    }
    return result
  }

  #quantifier(): { least: number; most: number } | undefined {
    if (this.#takes('*')) return { least: 0, most: Infinity }
    if (this.#takes('+')) return { least: 1, most: Infinity }
    if (this.#takes('?')) return { least: 0, most: 1 }
    const braces = /^\{(\d+)(,(\d*))?\}/.exec(this.#chars.slice(this.#at, this.#at + 20).join(''))
    if (braces === null) return undefined
    const [whole, low = '', comma, high] = braces
    const least = Number(low)
    const most = comma === undefined ? least : high === '' ? Infinity : Number(high)
    if (least > most) throw new PatternProblem(`has its numbers in ${whole} the wrong way round`)
    if (least > MAX_REPEAT || (most !== Infinity && most > MAX_REPEAT))
      throw new PatternProblem(`repeats more than ${MAX_REPEAT} times in ${whole}`)
    this.#at += whole.length
    return { least, most }
  }

  #atom(fold: boolean): Node {
    const char = this.#next() ?? ''
    switch (char) {
      case '.':
        return { kind: 'set', bytes: setOf(() => true) }
      case '^':
        return { kind: 'assert', what: 'begin' }
      case '$':
        return { kind: 'assert', what: 'end' }
      case '(':
        return this.#group(fold)
      case '[':
        return this.#class(fold)
      case '\\':
        return this.#escape(fold)
      case '*':
      case '+':
      case '?':
        throw new PatternProblem(`has nothing before its ${char} that it could repeat; a plain one is \\${char}`)
      default:
        return charNode(char, fold)
    }
  }

  #group(fold: boolean): Node {
    if (++this.#depth > MAX_DEPTH) throw new PatternProblem(`has more than ${MAX_DEPTH} brackets inside each other`)
    const node = this.#alternatives(this.#groupKind(fold))
    if (!this.#takes(')')) throw new PatternProblem('has a ( without its )')
    this.#depth--
    return node
  }

  /** What stands after `(`: whether what is in it takes either case. */
  #groupKind(fold: boolean): boolean {
    if (!this.#takes('?')) return fold
    if (this.#takes(':')) return fold
    if (this.#takes('i:')) return true
    if (this.#takes('-i:')) return false
    if (['=', '!', '<=', '<!'].some((mark) => this.#takes(mark)))
      throw new PatternProblem('looks ahead or behind with (?, which is not supported; write what stands there instead')
    if (/^<\w+>/.test(this.#chars.slice(this.#at, this.#at + 100).join(''))) {
      while (this.#next() !== '>');
      return fold
    }
    throw new PatternProblem('has a (? that is not known; (?:...) and (?i:...) are')
  }

  #escape(fold: boolean): Node {
    const char = this.#next()
    if (char === undefined) throw new PatternProblem('ends in a \\; a plain one is \\\\')
    if (char === 'b') return { kind: 'assert', what: 'word' }
    if (char === 'B') return { kind: 'assert', what: 'no word' }
    const belongs = CLASSES[char]
    return belongs === undefined ? charNode(this.#escaped(char), fold) : { kind: 'set', bytes: setOf(belongs) }
  }

  /** The character that `\` and this one stand for. */
  #escaped(char: string): string {
    const plain = { t: '\t', n: '\n', r: '\r', f: '\f', v: '\v', 0: '\0' }[char]
    if (plain !== undefined) return plain
    if (char === 'x' || char === 'u') {
      const length = char === 'x' ? 2 : 4
      const digits = this.#chars.slice(this.#at, this.#at + length).join('')
      if (!new RegExp(`^[0-9a-fA-F]{${length}}$`).test(digits))
        throw new PatternProblem(`has \\${char} without ${length} hexadecimal digits`)
      this.#at += length
      return String.fromCodePoint(Number.parseInt(digits, 16))
    }
    if (/[1-9k]/.test(char)) throw new PatternProblem(`refers back with \\${char}, which is not supported`)
    if (/[a-zA-Z]/.test(char)) throw new PatternProblem(`has \\${char}, which is not known here`)
    return char
  }

  #class(fold: boolean): Node {
    const negated = this.#takes('^')
    const bytes = new Uint8Array(256)
    const others: string[] = []
    for (;;) {
      const char = this.#next()
      if (char === undefined) throw new PatternProblem('has a [ without its ]')
      if (char === ']') break
      const first = this.#member(char)
      if (typeof first !== 'string') {
        for (const [byte, there] of first.entries()) bytes[byte] = (bytes[byte] ?? 0) | there
        continue
      }
      const last = this.#rangeEnd(first)
      const [from, to] = [first.codePointAt(0) ?? 0, last.codePointAt(0) ?? 0]
      if (from > to) throw new PatternProblem(`has the range ${first}-${last} the wrong way round`)
      if (to < 128) bytes.fill(1, from, to + 1)
      else if (from === to) others.push(first)
      else throw new PatternProblem(`has the range ${first}-${last}, and ranges may only be of ASCII characters`)
    }
    if (negated && others.length > 0)
      throw new PatternProblem('has a [^ with a character that is not ASCII, which is not supported')
    const folded = foldSet(bytes, fold)
    const set: Node = { kind: 'set', bytes: setOf((byte) => (folded[byte] === 1) !== negated) }
    return others.length === 0 ? set : { kind: 'any', choices: [set, ...others.map((char) => charNode(char, fold))] }
  }

  /** One member of a class: a character, or a set such as \d. */
  #member(char: string): string | Uint8Array {
    if (char !== '\\') return char
    const escaped = this.#next()
    if (escaped === undefined) throw new PatternProblem('has a [ without its ]')
    if (escaped === 'b') return '\b'
    const belongs = CLASSES[escaped]
    return belongs === undefined ? this.#escaped(escaped) : setOf(belongs)
  }

  #rangeEnd(first: string): string {
    if (this.#peek() !== '-' || this.#peek(1) === ']' || this.#peek(1) === undefined) return first
    const before = this.#at
    this.#at++
    const last = this.#member(this.#next() ?? '')
    if (typeof last === 'string') return last
    // As in JavaScript, [a-\d] holds a plain minus.
    this.#at = before
    return first
  }
}

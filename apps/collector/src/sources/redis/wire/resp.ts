/** What Redis answers to one command, in RESP2. An error is an answer like any other. */
export type Reply = string | number | null | ErrorReply | readonly Reply[]
export type ErrorReply = { error: string }

/** What came is not RESP, or is more than anybody asked for. */
export class NotRespError extends Error {
  override name = 'NotRespError'
  readonly reason: 'not RESP' | 'too large'
  /** How it begins, of printable characters. */
  readonly start: string

  constructor(reason: NotRespError['reason'], start: string) {
    super(reason)
    this.reason = reason
    this.start = start
  }
}

export type Command = readonly [string, ...(string | number)[]]

/** Commands as they are sent, one behind the other. */
export function encodeCommands(commands: readonly Command[]): string {
  return commands
    .map(
      (command) =>
        `*${command.length}\r\n${command.map((word) => `$${Buffer.byteLength(String(word))}\r\n${word}\r\n`).join('')}`,
    )
    .join('')
}

const CR = 13
const MAX_DEPTH = 8
/** The longest first line of a reply; longer ones are no Redis speaking. */
const MAX_LINE = 4_096

/**
 * Takes replies out of what arrives in pieces. What is not whole yet waits for its rest, up to `maxBytes`; bytes that no
 * Redis would send throw NotRespError.
 */
export class ReplyReader {
  readonly #maxBytes: number
  #pending: Buffer = Buffer.alloc(0)
  #at = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** The replies that became whole with these bytes. */
  push(chunk: Buffer): Reply[] {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk])
    const replies: Reply[] = []
    let done = 0
    for (;;) {
      this.#at = done
      const reply = this.#read(0)
      if (reply === undefined) break
      replies.push(reply)
      done = this.#at
    }
    this.#pending = this.#pending.subarray(done)
    if (this.#pending.length > this.#maxBytes) throw new NotRespError('too large', '')
    return replies
  }

  /** The next reply from where we are; undefined while it is not whole. */
  #read(depth: number): Reply | undefined {
    const type = this.#pending[this.#at]
    if (type === undefined) return undefined
    if (depth > MAX_DEPTH || !'+-:$*'.includes(String.fromCharCode(type))) throw this.#notResp()
    const line = this.#line()
    if (line === undefined) return undefined
    switch (String.fromCharCode(type)) {
      case '+':
        return line
      case '-':
        return { error: line }
      case ':':
        return this.#number(line)
      case '$':
        return this.#bulk(this.#number(line))
      default:
        return this.#array(this.#number(line), depth)
    }
  }

  #bulk(length: number): Reply | undefined {
    if (length < 0) return null
    if (length > this.#maxBytes) throw new NotRespError('too large', '')
    const end = this.#at + length
    if (this.#pending.length < end + 2) return undefined
    const text = this.#pending.toString('utf8', this.#at, end)
    this.#at = end + 2
    return text
  }

  #array(length: number, depth: number): Reply | undefined {
    if (length < 0) return null
    if (length > this.#maxBytes) throw new NotRespError('too large', '')
    const items: Reply[] = []
    for (let index = 0; index < length; index++) {
      const item = this.#read(depth + 1)
      if (item === undefined) return undefined
      items.push(item)
    }
    return items
  }

  /** The rest of the line behind its type; undefined while its end has not come. */
  #line(): string | undefined {
    const end = this.#pending.indexOf(CR, this.#at)
    if (end < 0 || end - this.#at > MAX_LINE) {
      if (this.#pending.length - this.#at > MAX_LINE) throw this.#notResp()
      return undefined
    }
    if (this.#pending.length < end + 2) return undefined
    const line = this.#pending.toString('utf8', this.#at + 1, end)
    this.#at = end + 2
    return line
  }

  #number(line: string): number {
    const number = Number(line)
    if (line === '' || !Number.isInteger(number)) throw this.#notResp()
    return number
  }

  #notResp(): NotRespError {
    const start = this.#pending.toString('latin1', 0, 24).replace(/[^\x20-\x7e].*$/s, '')
    return new NotRespError('not RESP', start)
  }
}

export function isErrorReply(reply: Reply | undefined): reply is ErrorReply {
  return typeof reply === 'object' && reply !== null && 'error' in reply
}

/** A reply as text; undefined for everything that is none. */
export function asText(reply: Reply | undefined): string | undefined {
  return typeof reply === 'string' ? reply : undefined
}

/** A reply as a number, which Redis also gives as text. */
export function asNumber(reply: Reply | undefined): number | undefined {
  if (typeof reply === 'number') return reply
  if (typeof reply !== 'string' || reply === '') return undefined
  const number = Number(reply)
  return Number.isNaN(number) ? undefined : number
}

export function isList(reply: Reply | undefined): reply is readonly Reply[] {
  return Array.isArray(reply)
}

export function asList(reply: Reply | undefined): readonly Reply[] {
  return isList(reply) ? reply : []
}

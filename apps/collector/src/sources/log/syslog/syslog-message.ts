export type SyslogMessage = {
  /** Who says it, where it is said. */
  app: string | undefined
  /** What is said, as it came; a message with line feeds has them replaced. */
  text: Buffer
  /** The values of its structured data: somewhere among them, or before the message, a token may be. */
  values: readonly string[]
}

/** `VERSION TIMESTAMP HOSTNAME APP-NAME PROCID MSGID ` after `<PRI>`. */
const HEADER = /^(?:\S{1,256} )?<\d{1,3}>\d{1,2} (\S{1,64}) (\S{1,255}) (\S{1,48}) (\S{1,128}) (\S{1,32}) /
/** `Nov 21 13:35:22 HOST ` after `<PRI>`, or the same with an ISO time as rsyslog forwards it. */
const OLDER =
  /^(?:\S{1,256} )?<\d{1,3}>(?:(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\S{1,40}) \S{1,255} )?/
const PARAMETER = /([^ =\]"]{1,64})="((?:[^"\\\]]|\\.)*)"/y
const HEADER_BYTES = 1_024
const MAX_DATA = 8_192

/** Reads a message of RFC 5424; of one of the older kind (RFC 3164) the time and the host are left out; one of none is text as it stands. */
export function readSyslog(bytes: Buffer): SyslogMessage {
  const start = bytes.subarray(0, HEADER_BYTES).toString('latin1')
  const header = HEADER.exec(start)
  const token = /^(\S{1,256}) <\d/.exec(start)?.[1]
  const before = token === undefined ? [] : [token]
  if (header === null) {
    const plain = OLDER.exec(start)?.[0].length ?? 0
    return { app: undefined, text: oneLine(bytes.subarray(plain)), values: before }
  }
  const data = readData(bytes.subarray(header[0].length, header[0].length + MAX_DATA).toString('latin1'))
  const rest = bytes.subarray(header[0].length + data.length)
  const bom = rest[0] === 0xef && rest[1] === 0xbb && rest[2] === 0xbf ? 3 : 0
  // What rsyslog has from a program begins with the space behind the program's name.
  const space = rest[bom] === 32 ? 1 : 0
  return {
    app: header[3] === '-' ? undefined : header[3],
    text: oneLine(rest.subarray(bom + space)),
    values: [...before, ...data.values],
  }
}

/** Structured data, `-` or `[id name="value" ...]...`, and the space behind it: its length, and the values in it. */
function readData(text: string): { length: number; values: string[] } {
  const values: string[] = []
  if (text.startsWith('-')) return { length: text[1] === ' ' ? 2 : 1, values }
  let at = 0
  while (text[at] === '[') {
    const id = /[^ =\]"]{1,64}/y
    id.lastIndex = at + 1
    const name = id.exec(text)?.[0]
    if (name === undefined) break
    // Render and others have the token as the id itself, as in [TOKEN@41058].
    values.push(name, name.replace(/@\d+$/, ''))
    let end = at + 1 + name.length
    while (text[end] === ' ') {
      PARAMETER.lastIndex = end + 1
      const parameter = PARAMETER.exec(text)
      if (parameter === null) return { length: at, values }
      values.push((parameter[2] ?? '').replaceAll(/\\(["\\\]])/g, '$1'))
      end = PARAMETER.lastIndex
    }
    if (text[end] !== ']') return { length: at, values }
    at = end + 1
  }
  return { length: text[at] === ' ' ? at + 1 : at, values }
}

/** A trace of many lines in one message is one line: it happened once. */
function oneLine(bytes: Buffer): Buffer {
  if (!bytes.includes(10)) return bytes
  const copy = Buffer.from(bytes)
  for (let at = copy.indexOf(10); at !== -1; at = copy.indexOf(10, at + 1)) copy[at] = 32
  return copy
}

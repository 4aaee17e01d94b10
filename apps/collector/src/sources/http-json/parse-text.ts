import { stateOfWord } from './mapping/words-of-state.ts'

const MAX_TEXT = 16 * 1024
const MAX_LINES = 200
const CHECK = /^\[([+-])\]\s*([\w./-]{1,64})\s*(.*)$/
const PAIR = /^\s*([A-Za-z][\w .()/-]{0,63}?)\s*:\s+(.{1,200})$/
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)$/
/** Words that say it wherever they stand in a short line. */
const GOOD = new Set('ok okay healthy alive pong ready running success operational'.split(' '))
const BAD = new Set(
  'unhealthy not down error fail failed failing failure unavailable dead broken degraded critical overloaded refused maintenance'.split(
    ' ',
  ),
)
const MAX_WORDS = 10

/**
 * What a body says that is no JSON, as a document: a word of how it is (`OK`, `Healthy`, `database is down`), the list of
 * checks of Kubernetes (`[+]ping ok`), or lines of a name and a value each, such as Apache's and nginx's status pages.
 * Undefined where it says nothing of the kind.
 */
export function parseText(text: string): unknown {
  if (text.length > MAX_TEXT || /[\0\uFFFD]/.test(text)) return undefined
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, MAX_LINES)
  const [only] = lines
  if (only !== undefined && lines.length === 1) return stateOfLine(only)
  const pairs = pairsOf(lines)
  return checksOfKubernetes(lines) ?? statusOfNginx(lines) ?? statusOfApache(pairs) ?? pairs
}

/** The text of a page that is nothing but a word; undefined for one to look at, to sign in or to fill in. */
export function textOfPage(page: string): string | undefined {
  if (page.length > 2_048 || /<(?:form|script|input|a|img|link|meta http)\b/i.test(page)) return undefined
  return page
    .replace(/<(style)\b[^]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

function stateOfLine(line: string): unknown {
  const state = stateOfWord(line.replace(/[.!]+$/, ''))
  if (state !== undefined) return { status: state === 1 ? 'ok' : line }
  const words = line.toLowerCase().match(/[a-z]+/g) ?? []
  if (words.length > MAX_WORDS) return undefined
  if (words.some((word) => BAD.has(word))) return { status: 'failed', message: line }
  return words.some((word) => GOOD.has(word)) || words.at(-1) === 'up' ? { status: 'ok' } : undefined
}

function checksOfKubernetes(lines: readonly string[]): unknown {
  const checks = lines.flatMap((line) => {
    const [, sign, name, said = ''] = CHECK.exec(line) ?? []
    return name === undefined ? [] : [[name, { status: sign === '+' ? 'ok' : 'failed', message: said }] as const]
  })
  if (checks.length < lines.length - 1) return undefined
  const well = checks.every(([, { status }]) => status === 'ok')
  return { status: well ? 'ok' : 'failed', checks: Object.fromEntries(checks) }
}

/** `stub_status`: three totals in a table, and pairs around it. */
function statusOfNginx(lines: readonly string[]): unknown {
  const [first = '', heads = '', totals = '', last = ''] = lines
  const active = /^Active connections:\s*(\d+)$/.exec(first)?.[1]
  const [accepts, handled, requests] = totals.split(/\s+/).map(Number)
  const [, reading, writing, waiting] = /^Reading:\s*(\d+)\s+Writing:\s*(\d+)\s+Waiting:\s*(\d+)$/.exec(last) ?? []
  if (active === undefined || !heads.startsWith('server accepts') || requests === undefined) return undefined
  return {
    active_connections: Number(active),
    connections: { accepted_total: accepts, handled_total: handled },
    requests_total: requests,
    requests_in_flight: Number(reading) + Number(writing),
    reading: Number(reading),
    writing: Number(writing),
    waiting: Number(waiting),
  }
}

/** `server-status?auto`. What it gives per second is of its whole life, so the totals are taken instead. */
function statusOfApache(pairs: Readonly<Record<string, unknown>> | undefined): unknown {
  const { busyworkers: busy, idleworkers: idle } = pairs ?? {}
  if (pairs === undefined || typeof busy !== 'number' || typeof idle !== 'number') return undefined
  return {
    uptime_seconds: pairs['serveruptimeseconds'] ?? pairs['uptime'],
    requests_total: pairs['total_accesses'],
    kbytes_total: pairs['total_kbytes'],
    load1: pairs['load1'],
    workers: { busy, total: busy + idle },
  }
}

/** Lines of `name: value`; a line or two may be something else, such as a title. */
function pairsOf(lines: readonly string[]): Record<string, unknown> | undefined {
  const pairs = lines.flatMap((line) => {
    const [, name, value = ''] = PAIR.exec(line) ?? []
    const key = name?.trim().toLowerCase().replace(/\s+/g, '_')
    return key === undefined ? [] : [[key, NUMBER.test(value.trim()) ? Number(value) : value.trim()] as const]
  })
  const numbers = pairs.filter(([, value]) => typeof value === 'number')
  return numbers.length > 0 && pairs.length >= 2 && pairs.length >= 0.7 * lines.length
    ? Object.fromEntries(pairs)
    : undefined
}

export type StatsdMetric = {
  name: string
  value: number
  /** A gauge that begins with + or -: it is changed by that much. */
  relative: boolean
  type: 'counter' | 'gauge' | 'timer' | 'histogram' | 'set'
  /** For how many it stands: 1 / sample rate. */
  weight: number
  tags: readonly (readonly [string, string])[]
}

const TYPES: Readonly<Record<string, StatsdMetric['type']>> = {
  c: 'counter',
  g: 'gauge',
  ms: 'timer',
  h: 'histogram',
  d: 'histogram',
  s: 'set',
}
/** Whatever people put into a name; what no series may be called is taken out later. */
// oxlint-disable-next-line no-control-regex -- they are what no name may hold
const NAME = /^[^\x00-\x1f\x7f:|@#]{1,200}$/
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/
const MAX_TAGS = 20

/** The metrics of a datagram, one a line and value; `broken` counts lines that are none. */
export function readDatagram(text: string): { metrics: StatsdMetric[]; broken: number } {
  const metrics: StatsdMetric[] = []
  let broken = 0
  for (const line of text.split('\n')) {
    const trimmed = line.trim()
    if (trimmed === '') continue
    // Events and service checks of DogStatsD are no metrics, and no mistake either.
    if (trimmed.startsWith('_e{') || trimmed.startsWith('_sc|')) continue
    if (!readLine(trimmed, metrics)) broken++
  }
  return { metrics, broken }
}

/** `name:value|type...`; DogStatsD has several values: `name:1:2:3|ms`. False where it is none of it. */
function readLine(line: string, into: StatsdMetric[]): boolean {
  const colon = line.indexOf(':')
  const bar = line.indexOf('|', colon)
  const meaning = colon <= 0 || bar === -1 ? undefined : meaningOf(line.slice(bar + 1))
  if (meaning === undefined) return false
  const { type, weight } = meaning
  const said = line.slice(0, colon)
  const comma = said.indexOf(',')
  const name = comma === -1 ? said : said.slice(0, comma)
  if (!NAME.test(name)) return false
  // Telegraf has tags in the name: `name,service=web`.
  const tags = comma === -1 ? meaning.tags : [...readTags(said.slice(comma + 1).replaceAll('=', ':')), ...meaning.tags]
  // What a set holds may be anything, colons too.
  const value = type === 'set' ? '0' : line.slice(colon + 1, bar)
  const values = value.includes(':') ? value.split(':') : [value]
  if (!values.every(isNumber)) return false
  for (const one of values)
    into.push({ name, value: Number(one), relative: type === 'gauge' && /^[+-]/.test(one), type, weight, tags })
  return true
}

function isNumber(text: string): boolean {
  return NUMBER.test(text) && Number.isFinite(Number(text))
}

type Meaning = Pick<StatsdMetric, 'type' | 'weight' | 'tags'>

/** What stands behind the value is the same few texts, thousands of times: it is understood once. */
const meanings = new Map<string, Meaning | undefined>()
const MAX_MEANINGS = 1_000

function meaningOf(tail: string): Meaning | undefined {
  if (meanings.has(tail)) return meanings.get(tail)
  const meaning = readTail(tail)
  if (meanings.size >= MAX_MEANINGS) meanings.clear()
  meanings.set(tail, meaning)
  return meaning
}

/** `type|@rate|#tag:value,tag`, the last two in any order or absent. */
function readTail(tail: string): Meaning | undefined {
  const [kind = '', ...rest] = tail.split('|')
  const type = Object.hasOwn(TYPES, kind) ? TYPES[kind] : undefined
  const rate = Number(rest.find((part) => part.startsWith('@'))?.slice(1) ?? 1)
  if (type === undefined || !(rate > 0 && rate <= 1)) return undefined
  const tags = rest.find((part) => part.startsWith('#'))?.slice(1)
  return { type, weight: 1 / rate, tags: tags === undefined ? [] : readTags(tags) }
}

type Tag = readonly [string, string]

function readTags(text: string): Tag[] {
  return text
    .split(',')
    .slice(0, MAX_TAGS)
    .flatMap((tag) => {
      const colon = tag.indexOf(':')
      return colon > 0 ? [[tag.slice(0, colon), tag.slice(colon + 1)] as const] : []
    })
}

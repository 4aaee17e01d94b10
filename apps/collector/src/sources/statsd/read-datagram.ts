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
    const read = readLine(trimmed)
    if (read === undefined) broken++
    else metrics.push(...read)
  }
  return { metrics, broken }
}

/** `name:value|type|@rate|#tag:value,tag`, the last two in any order or absent; DogStatsD has several values: `name:1:2:3|ms`. */
function readLine(line: string): StatsdMetric[] | undefined {
  const [head = '', kind = '', ...rest] = line.split('|')
  const [said = '', ...values] = head.split(':')
  const type = Object.hasOwn(TYPES, kind) ? TYPES[kind] : undefined
  const [name, inName] = readName(said)
  if (type === undefined || values.length === 0 || !NAME.test(name)) return undefined
  const rate = Number(rest.find((part) => part.startsWith('@'))?.slice(1) ?? 1)
  if (!(rate > 0 && rate <= 1)) return undefined
  const tags = rest.find((part) => part.startsWith('#'))?.slice(1)
  const common = { name, type, weight: 1 / rate, tags: tags === undefined ? inName : [...inName, ...readTags(tags)] }
  // What a set holds may be anything, colons too.
  if (type === 'set') return [{ ...common, value: 0, relative: false }]
  if (!values.every((value) => NUMBER.test(value) && Number.isFinite(Number(value)))) return undefined
  return values.map((value) => ({
    ...common,
    value: Number(value),
    relative: type === 'gauge' && /^[+-]/.test(value),
  }))
}

type Tag = readonly [string, string]

/** A name without the tags that Telegraf has in it: `name,service=web`. */
function readName(said: string): [name: string, tags: readonly Tag[]] {
  const comma = said.indexOf(',')
  if (comma <= 0) return [said, []]
  return [said.slice(0, comma), readTags(said.slice(comma + 1).replaceAll('=', ':'))]
}

function readTags(text: string): Tag[] {
  return text
    .split(',')
    .slice(0, MAX_TAGS)
    .flatMap((tag) => {
      const colon = tag.indexOf(':')
      return colon > 0 ? [[tag.slice(0, colon), tag.slice(colon + 1)] as const] : []
    })
}

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
const NAME = /^[A-Za-z0-9_.\-/]{1,200}$/
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/
const MAX_TAGS = 20

/** The metrics of a datagram, one a line; `broken` counts lines that are none. */
export function readDatagram(text: string): { metrics: StatsdMetric[]; broken: number } {
  const metrics: StatsdMetric[] = []
  let broken = 0
  for (const line of text.split('\n')) {
    const trimmed = line.trim()
    if (trimmed === '') continue
    // Events and service checks of DogStatsD are no metrics, and no mistake either.
    if (trimmed.startsWith('_e{') || trimmed.startsWith('_sc|')) continue
    const metric = readMetric(trimmed)
    if (metric === undefined) broken++
    else metrics.push(metric)
  }
  return { metrics, broken }
}

/** `name:value|type|@rate|#tag:value,tag`, the last two in any order or absent. */
function readMetric(line: string): StatsdMetric | undefined {
  const [head = '', kind = '', ...rest] = line.split('|')
  const colon = head.indexOf(':')
  const [name, value] = [head.slice(0, colon), head.slice(colon + 1)]
  const type = Object.hasOwn(TYPES, kind) ? TYPES[kind] : undefined
  if (colon <= 0 || type === undefined || !NAME.test(name)) return undefined
  if (type !== 'set' && !NUMBER.test(value)) return undefined
  const number = type === 'set' ? 0 : Number(value)
  const rate = Number(rest.find((part) => part.startsWith('@'))?.slice(1) ?? 1)
  if (!Number.isFinite(number) || !(rate > 0 && rate <= 1)) return undefined
  const tags = rest.find((part) => part.startsWith('#'))?.slice(1)
  return {
    name,
    value: number,
    relative: type === 'gauge' && /^[+-]/.test(value),
    type,
    weight: 1 / rate,
    tags: tags === undefined ? [] : readTags(tags),
  }
}

function readTags(text: string): (readonly [string, string])[] {
  return text
    .split(',')
    .slice(0, MAX_TAGS)
    .flatMap((tag) => {
      const colon = tag.indexOf(':')
      return colon > 0 ? [[tag.slice(0, colon), tag.slice(colon + 1)] as const] : []
    })
}

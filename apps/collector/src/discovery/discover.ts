import type { Reading } from '@headroom/shared/model/reading.ts'
import { uniqueName } from '@headroom/shared/unique-name.ts'
import { Secrets } from '../config/secrets.ts'
import { readSource, type SourceConfig, type SourceTable } from '../config/source-schema.ts'
import { failed, inParallel } from './ask.ts'
import { candidates, sourceId, systemId, withoutSecrets, type Endpoint } from './endpoint.ts'

/** An address that gave numbers, and what they were. */
export type FoundSource = { id: string; kind: string; endpoint: Endpoint; reading: Reading }
/** Every address of an origin that was asked, whatever came. Its secrets are taken out. */
export type TriedPage = { place: string; kind: string; reading: Reading }
export type FoundSystem = { id: string; origin: string; sources: FoundSource[]; tried: TriedPage[] }
/** An address that gave nothing, and what was tried. */
export type Nothing = { origin: string; tried: { url: string; reason: string }[] }
export type Discovery = { systems: FoundSystem[]; nothing: Nothing[] }

export type Ask = (source: SourceConfig) => Promise<Reading>

const KIND = 'http-json'
/** What reads a page that a JSON endpoint gives up on, by the reason that it gives. */
const READERS: Readonly<Record<string, string | undefined>> = { exposition: 'prometheus' }
/** What would befall every page of an origin alike, so that none is guessed. */
const UNREACHED: ReadonlySet<string> = new Set(['refused', 'dns', 'network', 'local', 'not_http', 'tls', 'forbidden'])
const WIDTH = 6

/** Asks every address, and beside bare ones the usual pages; pages of one origin are one system. */
export async function discover(urls: readonly URL[], table: SourceTable, ask: Ask): Promise<Discovery> {
  const discovery: Discovery = { systems: [], nothing: [] }
  for (const group of Map.groupBy(urls, (url) => url.origin).values()) {
    const id = uniqueName(
      systemId(group[0] ?? new URL('http://system')),
      discovery.systems.map((system) => system.id),
    )
    const system = await lookBehind(group, id, table, ask)
    if (system.sources.length > 0) discovery.systems.push(system)
    else
      discovery.nothing.push({
        origin: system.origin,
        tried: system.tried.map(({ place, reading }) => ({ url: place, reason: reasonOf(reading) })),
      })
  }
  return discovery
}

/** Asks the addresses of one origin, and beside bare ones the usual pages; they are one system, with nothing secret in it. */
export async function lookBehind(urls: readonly URL[], id: string, table: SourceTable, ask: Ask): Promise<FoundSystem> {
  const given = new Set(urls.map((url) => url.href))
  const pages = [...new Map(urls.flatMap(candidates).map((url) => [url.href, url])).values()]
  const askPage = async (url: URL): Promise<Answer> => {
    const { kind, reading } = await askUrl(url, table, ask)
    return { url, kind, guessed: !given.has(url.href), reading: cleaned(reading, url, id) }
  }
  const first = await inParallel(pages.slice(0, 1), 1, askPage)
  const reached = first.every(({ reading }) => !UNREACHED.has(reading.error?.code ?? ''))
  const others = pages.slice(1).filter((url) => reached || given.has(url.href))
  const answers = [...first, ...(await inParallel(others, WIDTH, askPage))]
  const kept = distinct(answers)
  const sources = kept.reduce<FoundSource[]>((found, { url, kind, reading }) => {
    const taken = found.map((source) => source.id)
    found.push({ id: uniqueName(sourceId(url), taken), kind, endpoint: withoutSecrets(url, id), reading })
    return found
  }, [])
  const placeOf = ({ url }: Answer): string => withoutSecrets(url, id).url
  const tried = answers.map((answer) => {
    const same = kept.find((other) => numbersOf(other) === numbersOf(answer))
    const repeats = same !== undefined && same !== answer && numbersOf(answer) !== ''
    const reading = repeats ? failed('repeated', `gives the same as ${placeOf(same)}`) : answer.reading
    return { place: placeOf(answer), kind: answer.kind, reading }
  })
  return { id, origin: urls[0]?.origin ?? '', sources, tried }
}

/** Asks an address as JSON, and once more as what it turns out to be. */
async function askUrl(url: URL, table: SourceTable, ask: Ask): Promise<{ kind: string; reading: Reading }> {
  const first = await askAs(KIND, url, table, ask)
  const kind = READERS[first.error?.code ?? '']
  if (kind === undefined || table[kind] === undefined) return { kind: KIND, reading: first }
  return { kind, reading: await askAs(kind, url, table, ask) }
}

async function askAs(type: string, url: URL, table: SourceTable, ask: Ask): Promise<Reading> {
  const outcome = readSource({ type, url: url.href }, table)
  if ('source' in outcome) return ask(outcome.source)
  return failed('refused', outcome.findings[0]?.message ?? 'this address cannot be asked', null)
}

/** What it says back of the tokens it was sent is taken out. */
function cleaned(reading: Reading, url: URL, id: string): Reading {
  return cleanReading(reading, new Secrets(withoutSecrets(url, id).secrets.map(({ value }) => value)))
}

/** A reading as it may be shown to who sent these secrets. */
export function cleanReading(reading: Reading, secrets: Secrets): Reading {
  if (secrets.size === 0) return reading
  const { error, mapped } = reading
  return {
    ...reading,
    texts: [],
    mapped: mapped.map((row) => ({
      ...row,
      path: secrets.redact(row.path),
      metric: secrets.redact(row.metric),
      value: typeof row.value === 'string' ? secrets.redact(row.value) : row.value,
      labels: Object.fromEntries(Object.entries(row.labels).map(([name, value]) => [name, secrets.redact(value)])),
    })),
    ...(error === undefined ? {} : { error: { code: error.code, message: secrets.redact(error.message) } }),
  }
}

type Answer = { url: URL; kind: string; guessed: boolean; reading: Reading }

/** A page that fails is worth watching only if somebody named it, and if it is the system that fails, not the address. */
function isWorthWatching({ guessed, reading }: Answer): boolean {
  return reading.error === undefined || (!guessed && reading.up === 0)
}

/**
 * Those that gave numbers, and those that somebody named; of pages with the same numbers the first, because many servers
 * answer alike everywhere.
 */
function distinct(answers: readonly Answer[]): Answer[] {
  const seen = new Set<string>()
  return answers.filter(isWorthWatching).filter((answer) => {
    const key = numbersOf(answer)
    if (key === '') return !answer.guessed && namesPage(answer.url)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** Which numbers a page gave, whatever they were; "" for none. */
function numbersOf({ reading }: Answer): string {
  const paths = reading.mapped.filter(({ how }) => how !== 'ignored').map(({ path, metric }) => `${path}=${metric}`)
  return paths.toSorted().join('\n')
}

/** Whether a page answers, and how fast, is worth watching where that very page was asked for. */
function namesPage(url: URL): boolean {
  return url.pathname !== '/'
}

function reasonOf(reading: Reading): string {
  return reading.error?.message ?? 'it answers, but gives no numbers'
}

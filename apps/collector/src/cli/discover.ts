import type { Reading } from '@headroom/shared/model/reading.ts'
import { Secrets } from '../config/secrets.ts'
import { readSource, type SourceTable } from '../config/source-schema.ts'
import type { Clock } from '../lib/clock.ts'
import { askOnce, inParallel } from './ask.ts'
import { candidates, sourceId, systemId, withoutSecrets, type Endpoint } from './endpoint.ts'

/** An address that gave numbers, and what they were. */
export type FoundSource = { id: string; endpoint: Endpoint; reading: Reading }
export type FoundSystem = { id: string; origin: string; sources: FoundSource[] }
/** An address that gave nothing, and what was tried. Its secrets are taken out. */
export type Nothing = { origin: string; tried: { url: string; reason: string }[] }
export type Discovery = { systems: FoundSystem[]; nothing: Nothing[] }

const KIND = 'http-json'
const WIDTH = 6

/** Asks every address, and beside bare ones the usual pages; pages of one origin are one system. */
export async function discover(urls: readonly URL[], table: SourceTable, clock: Clock): Promise<Discovery> {
  const discovery: Discovery = { systems: [], nothing: [] }
  for (const group of Map.groupBy(urls, (url) => url.origin).values()) {
    const id = unique(
      systemId(group[0] ?? new URL('http://system')),
      discovery.systems.map((system) => system.id),
    )
    const given = new Set(group.map((url) => url.href))
    const pages = [...new Map(group.flatMap(candidates).map((url) => [url.href, url])).values()]
    const answers = await inParallel(pages, WIDTH, async (url) => ({
      url,
      guessed: !given.has(url.href),
      reading: await askUrl(url, table, clock),
    }))
    const origin = group[0]?.origin ?? ''
    const sources = distinct(answers).reduce<FoundSource[]>((found, { url, reading }) => {
      found.push({
        id: unique(
          sourceId(url),
          found.map((source) => source.id),
        ),
        endpoint: withoutSecrets(url, id),
        reading,
      })
      return found
    }, [])
    if (sources.length > 0) discovery.systems.push({ id, origin, sources })
    else
      discovery.nothing.push({
        origin,
        tried: answers.map(({ url, reading }) => ({
          url: withoutSecrets(url, id).url,
          reason: reasonOf(url, reading),
        })),
      })
  }
  return discovery
}

async function askUrl(url: URL, table: SourceTable, clock: Clock): Promise<Reading> {
  const outcome = readSource({ type: KIND, url: url.href }, table)
  if ('source' in outcome) return askOnce(table, outcome.source, clock)
  const message = outcome.findings[0]?.message ?? 'this address cannot be asked'
  return { up: null, error: { code: 'refused', message }, points: [], texts: [], mapped: [], leftOut: 0 }
}

type Answer = { url: URL; guessed: boolean; reading: Reading }

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
  return answers.filter(isWorthWatching).filter(({ url, guessed, reading }) => {
    const paths = reading.mapped.filter(({ how }) => how !== 'ignored').map(({ path, metric }) => `${path}=${metric}`)
    if (paths.length === 0) return !guessed && namesPage(url)
    const key = paths.toSorted().join('\n')
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** Whether a page answers, and how fast, is worth watching where that very page was asked for. */
function namesPage(url: URL): boolean {
  return url.pathname !== '/'
}

function reasonOf(url: URL, reading: Reading): string {
  const secrets = new Secrets([...url.searchParams.values(), url.password])
  return secrets.redact(reading.error?.message ?? 'it answers, but gives no numbers')
}

function unique(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted
  let number = 2
  while (taken.includes(`${wanted}-${number}`)) number++
  return `${wanted}-${number}`
}

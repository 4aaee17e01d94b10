import { ROUTES } from '@headroom/shared/contracts.ts'
import type { Range } from '@headroom/shared/contracts.ts'
import type { FlagView } from '@headroom/shared/model/flag.ts'
import { headStart } from './head-start.ts'
import type { Asked, RawAnswer } from './head-start.ts'
import type { RangeQuery } from './http-client.ts'
import { readJson } from './json-call.ts'

/*
 * What was asked for before the page ran: if it is what is asked now, and is here, or comes in time. Whatever is wrong
 * with an answer, there is none: the question is asked again, and what is wrong then is said.
 */

/** A live window that ends so much later than the one that was asked for is the same: what came since came live. */
const MOVED_MS = 2_000
/** An answer that takes longer, ms, is not waited for: it is asked for anew, with the deadline of every question. */
const PATIENCE_MS = 2_000

/** The flags of a system; `series` are known of it now: a new one may supply a flag that nothing supplied before. */
export function earlyFlags(system: string, series: number): FlagView[] | undefined {
  const asked = flagsAsked(system, series)
  return asked?.here?.status === 200 ? readJson(asked.here.text, ROUTES.flags.response) : undefined
}

export async function comingFlags(
  system: string,
  series: number,
  signal: AbortSignal,
): Promise<FlagView[] | undefined> {
  const asked = flagsAsked(system, series)
  const start = headStart()
  if (asked === undefined || start === undefined) return undefined
  // Whoever asks later wants to know them as they are then.
  start.flags = undefined
  const answer = await inTime(asked, signal)
  return answer?.status === 200 ? readJson(answer.text, ROUTES.flags.response) : undefined
}

function flagsAsked(system: string, series: number): Asked | undefined {
  const asked = headStart()?.flags
  return asked?.system === system && asked.series === series ? asked : undefined
}

let read: { text: string; range: Range | undefined } | undefined

/** The history of those series over that time. */
export function earlyHistory(query: RangeQuery): Range | undefined {
  const answer = historyAsked(query)?.here
  if (answer?.status !== 200) return undefined
  // One answer holds all charts: it is read once.
  if (read?.text !== answer.text) read = { text: answer.text, range: readRange(answer.text) }
  const { range } = read
  return range && { ...range, series: range.series.filter(({ id }) => query.series.includes(id)) }
}

export async function comingHistory(query: RangeQuery, signal: AbortSignal): Promise<Range | undefined> {
  const asked = historyAsked(query)
  if (asked !== undefined) await inTime(asked, signal)
  return earlyHistory(query)
}

function historyAsked(wanted: RangeQuery): Asked | undefined {
  const asked = headStart()?.history
  if (asked === undefined) return undefined
  const { from, to, points, series } = asked.query
  const moved = wanted.to - to
  const same = wanted.points === points && wanted.to - wanted.from === to - from
  return same && moved >= 0 && moved <= MOVED_MS && wanted.series.every((id) => series.includes(id)) ? asked : undefined
}

function readRange(text: string): Range | undefined {
  const answer = readJson(text, ROUTES.range.response)
  return answer !== undefined && 'stepMs' in answer ? answer : undefined
}

async function inTime({ coming }: Asked, signal: AbortSignal): Promise<RawAnswer | undefined> {
  const { promise: over, resolve } = Promise.withResolvers<undefined>()
  const both = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)])
  if (both.aborted) resolve(undefined)
  both.addEventListener('abort', () => resolve(undefined), { once: true })
  return await Promise.race([coming, over])
}

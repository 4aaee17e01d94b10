import type { Range } from '@headroom/shared/contracts.ts'
import { comingAnswer, headStart, waiting } from './head-start.ts'
import { readRange } from './http-client.ts'
import type { RangeQuery } from './http-client.ts'

/** A live window that ends so much later than the one that was asked for is the same: what came since came live. */
const MOVED_MS = 2_000

let read: { text: string; range: Range | undefined } | undefined

/** The history that was asked for before the page ran, of those series: if it is the same time, and here already. */
export function earlyHistory(query: RangeQuery): Range | undefined {
  const asked = headStart()?.history
  const answer = asked === undefined ? undefined : headStart()?.questions.get(asked.url)?.here
  if (asked === undefined || answer?.status !== 200 || !holds(asked.query, query)) return undefined
  if (read?.text !== answer.text) read = { text: answer.text, range: readRange(answer.text) }
  const { range } = read
  if (range === undefined) return undefined
  return { ...range, series: range.series.filter(({ id }) => query.series.includes(id)) }
}

/** Waits for it where it is still to come. */
export async function earlyHistoryComing(query: RangeQuery, signal: AbortSignal): Promise<Range | undefined> {
  const asked = headStart()?.history
  const question = asked === undefined ? undefined : headStart()?.questions.get(asked.url)
  if (asked === undefined || question === undefined || !holds(asked.query, query)) return undefined
  await comingAnswer(question, AbortSignal.any([signal, waiting()]))
  return earlyHistory(query)
}

function holds(asked: RangeQuery, wanted: RangeQuery): boolean {
  const moved = wanted.to - asked.to
  const same = wanted.points === asked.points && wanted.to - wanted.from === asked.to - asked.from
  return same && moved >= 0 && moved <= MOVED_MS && wanted.series.every((id) => asked.series.includes(id))
}

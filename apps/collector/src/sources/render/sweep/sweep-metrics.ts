import { notRender, type Refusal } from '../account/failure.ts'
import type { Member } from '../member.ts'
import { ownerOf, readMetrics, type RenderSeries } from '../metrics/answer.ts'
import { METRIC_KINDS, type MetricKind } from '../metrics/kinds.ts'
import { pointsOf } from '../metrics/points.ts'
import { byResource, chunksOf, each, Stopped, type Sweep } from './sweep.ts'

/** So many resources are asked for at once: an address of some 4 KB. */
const AT_ONCE = 100
const SLOW_MS = 5 * 60_000
const HOURLY_WINDOW_MS = 3 * 3_600_000
const RESOLUTIONS_SECONDS = [60, 300, 900] as const
const HOUR_SECONDS = 3_600
/** So long a metric is asked for more coarsely: a 500 may also have been a passing fault. */
const COARSE_MS = 10 * 60_000

/** What was learnt of the API: how fine its answers may be for a while, and whose lines do not say whose they are. */
export type Manners = { coarse: Map<string, { seconds: number; untilMs: number }>; nameless: Set<string> }

export function createManners(): Manners {
  return { coarse: new Map(), nameless: new Set() }
}

type Question = { kind: MetricKind; ids: readonly string[]; members: ReadonlyMap<string, readonly Member[]> }

/** The values of all members, each of Render's metrics for many of them at once. */
export async function sweepMetrics(sweep: Sweep, manners: Manners): Promise<void> {
  const present = sweep.members.filter(
    ({ absentUntil, state }) => absentUntil <= sweep.atMs && state?.type !== 'static_site',
  )
  for (const member of present) member.problems.delete('metrics')
  const now = sweep.api.now()
  const slowDue = present.filter(({ slowAskedAt }) => sweep.atMs - slowAskedAt >= SLOW_MS)
  // What is measured is a share of its limit: limits come first.
  await askKinds(
    sweep,
    manners,
    METRIC_KINDS.filter(({ slow }) => slow),
    slowDue,
  )
  for (const member of slowDue) if (!member.problems.has('metrics')) member.slowAskedAt = sweep.atMs
  await askKinds(
    sweep,
    manners,
    METRIC_KINDS.filter(({ slow }) => !slow),
    present,
  )
  for (const member of present) if (!member.problems.has('metrics')) member.reached(now)
}

async function askKinds(
  sweep: Sweep,
  manners: Manners,
  kinds: readonly MetricKind[],
  members: readonly Member[],
): Promise<void> {
  const questions = kinds.flatMap((kind): Question[] => {
    const mine = byResource(members.filter((member) => has(member, kind)))
    const size = manners.nameless.has(kind.name) ? 1 : AT_ONCE
    return chunksOf([...mine.keys()], size).map((ids) => ({ kind, ids, members: mine }))
  })
  await each(questions, (question) => ask(sweep, manners, question))
}

function resolutionOf({ coarse }: Manners, { name }: MetricKind, atMs: number): number {
  const known = coarse.get(name)
  return known !== undefined && known.untilMs > atMs ? known.seconds : RESOLUTIONS_SECONDS[0]
}

/** What only web services have is not asked of others; of one whose type is not known it is. */
function has(member: Member, kind: MetricKind): boolean {
  const type = member.state?.type ?? ''
  return kind.of.includes(member.kind) && (!kind.name.startsWith('http-') || type === '' || type === 'web_service')
}

async function ask(sweep: Sweep, manners: Manners, question: Question): Promise<void> {
  const { kind, ids, members } = question
  const watchers = ids.flatMap((id) => members.get(id) ?? [])
  const now = sweep.api.now()
  const seconds = resolutionOf(manners, kind, sweep.atMs)
  const finest = Math.min(...watchers.map((member) => member.since(now)))
  // Buckets of many minutes come late by as much: the window reaches over two of them.
  const since = kind.hourly ? now - HOURLY_WINDOW_MS : Math.min(finest, now - 2_000 * seconds)
  const answer = await sweep.api.get(
    `/metrics/${kind.name}`,
    {
      startTime: new Date(since).toISOString(),
      endTime: new Date(now).toISOString(),
      ...(kind.hourly ? {} : { resolutionSeconds: String(seconds) }),
      ...kind.query,
      resource: ids,
    },
    `${kind.name} of ${ids.length === 1 ? ids[0] : `${ids.length} resources`}`,
    sweep.signal,
  )
  if (answer.kind === 'refusal') return refused(sweep, manners, question, answer)
  const series = readMetrics(answer.json)
  if (series === undefined) return note(watchers, notRender(kind.name))
  const owned = ownedBy(series, ids)
  if (owned === undefined) {
    manners.nameless.add(kind.name)
    return each(ids, (id) => ask(sweep, manners, { ...question, ids: [id] }))
  }
  const stepMs = 1_000 * (kind.hourly ? HOUR_SECONDS : seconds)
  for (const id of ids) {
    const mine = owned.get(id) ?? []
    for (const member of members.get(id) ?? []) {
      if (mine.some(({ points }) => points.length > 0)) member.empty.delete(kind.name)
      else member.empty.add(kind.name)
      member.take(pointsOf(kind.name, mine, { kind: member.kind, known: member.known, stepMs, now }))
    }
  }
}

/** Too many points are answered with a 500: fewer are asked for, by coarser ones, then of fewer resources. */
async function refused(sweep: Sweep, manners: Manners, question: Question, refusal: Refusal): Promise<void> {
  const { kind, ids, members } = question
  if (refusal.whole) throw new Stopped(refusal)
  const tried = resolutionOf(manners, kind, sweep.atMs)
  const coarser = RESOLUTIONS_SECONDS.find((seconds) => seconds > tried)
  if (ids.length > 1) {
    const half = Math.ceil(ids.length / 2)
    await ask(sweep, manners, { ...question, ids: ids.slice(0, half) })
    return ask(sweep, manners, { ...question, ids: ids.slice(half) })
  }
  if (refusal.status === 500 && coarser !== undefined && !kind.hourly) {
    manners.coarse.set(kind.name, { seconds: coarser, untilMs: sweep.atMs + COARSE_MS })
    return ask(sweep, manners, question)
  }
  note(
    ids.flatMap((id) => members.get(id) ?? []),
    refusal,
  )
}

function note(members: readonly Member[], { problem }: Refusal): void {
  for (const member of members) if (!member.problems.has('metrics')) member.problems.set('metrics', problem)
}

/** The lines of each resource; undefined where one does not say whose it is. */
function ownedBy(series: readonly RenderSeries[], ids: readonly string[]): Map<string, RenderSeries[]> | undefined {
  const owned = new Map<string, RenderSeries[]>()
  for (const one of series) {
    const id = ownerOf(one, ids)
    if (id === undefined) return undefined
    owned.set(id, [...(owned.get(id) ?? []), one])
  }
  return owned
}

import { labelsKey } from '@headroom/shared/model/labels.ts'
import { METRICS, type MetricName } from '@headroom/shared/metrics.ts'
import type { Mapped, Point, TextReading } from '@headroom/shared/model/reading.ts'
import { plainDocument } from './plain-document.ts'
import type { Advice } from './advice.ts'
import { correct, type Rules } from './corrections.ts'
import { derive, deriveShares } from './derive.ts'
import { healthOf, reasonsOf, unsaidOf, type Health } from './health.ts'
import { keyOf, placeValues, type Placed } from './place-values.ts'
import { pathOf } from './sanitise.ts'
import { walk } from './walk.ts'

export type MapOptions = Rules & {
  maxSeries: number
  /** Epoch ms; a `started_at` becomes an uptime. */
  now: number
}

export type MappedDocument = {
  points: Point[]
  texts: TextReading[]
  mapped: Mapped[]
  /** What the document says of itself as a whole; undefined where it says nothing. */
  health: Health | undefined
  /** Values that found no place because of `maxSeries`, or because the document has no end. */
  leftOut: number
}

const MAX_IGNORED = 100

/**
 * Reads a health or stats document that nobody standardised. Four phases: corrections (`map`, `ignore`) take their places
 * out; a walk lays out the rest; names are looked up in one table, the others keep their own path; what follows from two
 * figures is added. Pure: the same document gives the same points in the same order.
 */
export function mapDocument(given: unknown, options: MapOptions): MappedDocument {
  const document = plainDocument(given)
  const corrected = correct(document, options)
  const walked = walk(document, corrected.taken)
  const health = healthOf(document)
  // The state at the top is what `healthy` says already.
  const leaves = walked.leaves.filter(
    ({ keys, kind }) => !(kind === 'state' && keys.length === 1 && keys[0]?.toLowerCase() === health?.key),
  )
  const { known, own, clashes } = placeValues(leaves, options.now, corrected.placed)
  const said = [...statements(document, health, walked.advice), ...corrected.placed]
  const all = withoutRepeats([
    ...said,
    ...known,
    ...derive([...corrected.placed, ...known]),
    ...deriveShares(leaves),
    ...own,
  ])
  const kept = all.slice(0, options.maxSeries)
  const ignored = [...corrected.ignored, ...walked.ignored].map(({ keys, reason, place }) =>
    showIgnored(pathOf(keys), reason, place),
  )
  const clashing = clashes.map((path) => showIgnored(path, 'another value has the same name'))
  return {
    points: kept.map(({ point }) => point),
    texts: [
      ...reasonsOf(document, health),
      ...walked.advice.filter(({ text }) => text.lines.length > 0).map(({ text }) => text),
    ],
    mapped: [...kept.map(showMapped), ...[...ignored, ...clashing].slice(0, MAX_IGNORED)],
    health,
    leftOut: all.length - kept.length + clashes.length + walked.dropped,
  }
}

/** What the document says in words, as numbers: whether it is healthy, what in it is not, and how much severe advice it gives. */
function statements(document: unknown, health: Health | undefined, advice: readonly Advice[]): Placed[] {
  const placed: Placed[] = []
  const unsaid = unsaidOf(document, health)
  if (unsaid !== undefined) placed.push({ ...statement('checks.unsaid', unsaid, 'checks'), place: null })
  // It is of the document as a whole: `map` and `ignore` do not reach it.
  if (health !== undefined) placed.push({ ...statement('healthy', health.healthy, health.key), place: null })
  const path = advice.map(({ text }) => text.path).join(', ')
  if (advice.length > 0) {
    placed.push(
      statement(
        'advice.warnings',
        advice.reduce((sum, { warnings }) => sum + warnings, 0),
        path,
      ),
    )
    placed.push(
      statement(
        'advice.criticals',
        advice.reduce((sum, { criticals }) => sum + criticals, 0),
        path,
      ),
    )
  }
  return placed
}

function statement(metric: MetricName, value: number, path: string): Placed {
  const place = path.includes(', ') ? null : undefined
  return { path, place, how: 'known', point: { metric, unit: METRICS[metric].unit, labels: {}, value, kind: 'gauge' } }
}

/** What was said first stays: a correction before a known name, a known name before a path. */
function withoutRepeats(placed: readonly Placed[]): Placed[] {
  const series = new Set<string>()
  return placed.filter(({ point }) => {
    const key = `${keyOf(point.metric, point.labels)}${point.kind}`
    const rate = point.rate === undefined ? key : `${point.rate}${labelsKey(point.labels)}gauge`
    if (series.has(rate) || series.has(key)) return false
    series.add(rate).add(key)
    return true
  })
}

function showMapped({ point, path, how, place }: Placed): Mapped {
  return {
    path,
    ...differing(path, place),
    metric: point.rate ?? point.metric,
    unit: point.rate === undefined ? point.unit : 'per_minute',
    value: point.value,
    labels: point.labels,
    how,
  }
}

function showIgnored(path: string, reason: string, place?: Mapped['place']): Mapped {
  return { path, ...differing(path, place), metric: '', unit: '', value: reason, labels: {}, how: 'ignored' }
}

/** The place is said only where it is not the path itself. */
function differing(path: string, place: Mapped['place']): Pick<Mapped, 'place'> {
  return place === undefined || place === path ? {} : { place }
}

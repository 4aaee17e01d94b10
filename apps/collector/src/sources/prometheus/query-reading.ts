import { catalogued } from '@headroom/shared/metrics.ts'
import { type Labels, labelsKey } from '@headroom/shared/model/labels.ts'
import type { Mapped, Point, Reading } from '@headroom/shared/model/reading.ts'
import type { SourceProblem } from '@headroom/shared/model/system.ts'
import { allowedLabels, labelValue } from '../measures/labels.ts'
import { unitOfName } from '../measures/own-name.ts'
import { readUnit } from '../measures/units.ts'
import type { QueryAnswer, Vector } from './query-answer.ts'
import type { Query } from './schema.ts'

/** A query and what it gave. */
export type Asked = { metric: string; query: Query; answer: QueryAnswer }

/** One reading of all answers. A query that fails is named, and the others still count. */
export function readingOfQueries(asked: readonly Asked[], maxSeries: number): Reading {
  const placed = asked.flatMap(({ metric, query, answer }) =>
    'vector' in answer ? place(metric, query, answer.vector) : [],
  )
  const given = placed.slice(0, maxSeries)
  const failed = asked.filter(({ answer }) => 'problem' in answer)
  const problem =
    failed.flatMap(({ metric, answer }) =>
      'problem' in answer ? [named(metric, answer.problem, failed.length, asked.length)] : [],
    )[0] ?? given.flatMap(({ problem: own }) => own ?? [])[0]
  const lines = [
    ...new Set(asked.flatMap(({ metric, answer }) => answer.warnings.map((warning) => `${metric}: ${warning}`))),
  ]
  // The server is up when it answered anything; each query would say the same of it otherwise.
  const ups = asked.map(({ answer }) => answer.up)
  return {
    up: ups.includes(1) ? 1 : (ups.find((up) => up === 0) ?? null),
    ...(problem === undefined ? {} : { error: problem }),
    points: given.flatMap(({ point }) => point ?? []),
    texts: lines.length === 0 ? [] : [{ path: 'warnings of Prometheus', lines: lines.slice(0, 20) }],
    mapped: given.map(({ mapped }) => mapped),
    leftOut: placed.length - given.length,
  }
}

function named(metric: string, { code, message }: SourceProblem, failed: number, all: number): SourceProblem {
  // What is wrong with the server is wrong for all of them, and no query's fault.
  if (failed === all && code !== 'bad_query' && code !== 'not_instant') return { code, message }
  const more = failed > 1 ? ` (and ${failed - 1} more of ${all} queries)` : ''
  return { code, message: `the query for ${metric}: ${message}${more}` }
}

type Placed = { point?: Point; mapped: Mapped; problem?: SourceProblem }

/** A vector as series: labels of the allow-list, and those that the query's entry names. */
function place(metric: string, query: Query, vector: Vector): Placed[] {
  const entry = catalogued(metric)
  const from = query.unit === undefined ? undefined : readUnit(query.unit)
  const factor = from !== undefined && (entry === undefined || entry.unit === from.unit) ? from.factor : 1
  const unit = entry?.unit ?? from?.unit ?? query.unit ?? unitOfName(metric)
  const mapped = { path: query.query, metric, unit, how: 'map' as const }
  if (vector.length === 0) return [{ mapped: { ...mapped, value: 'the query gives nothing', labels: {} } }]
  const rows = vector.map(({ labels, value }) => ({ labels: kept(labels, query.labels), value }))
  if (new Set(rows.map(({ labels }) => labelsKey(labels))).size < rows.length)
    return [
      {
        mapped: { ...mapped, value: 'series with the same labels', labels: {}, how: 'ignored' },
        problem: alike(metric, vector),
      },
    ]
  return rows.map(({ labels, value }): Placed => {
    if (!Number.isFinite(value)) return { mapped: { ...mapped, value: String(value), labels } }
    const point: Point = { metric, unit, labels, value: value * factor, kind: 'gauge' }
    return { point, mapped: { ...mapped, value: point.value, labels } }
  })
}

function kept(given: Readonly<Record<string, string>>, wanted: readonly string[] = []): Labels {
  const labels = allowedLabels(Object.entries(given).flat())
  for (const name of wanted) {
    const value = labelValue(given[name])
    if (value !== undefined) labels[name] = value
  }
  return labels
}

/** Nothing is taken of a query whose series cannot be told apart: which of them it would be, is chance. */
function alike(metric: string, vector: Vector): SourceProblem {
  const all = vector.flatMap(({ labels }) => Object.keys(labels)).filter((name) => name !== '__name__')
  const names = [...new Set(all)].join(', ')
  return {
    code: 'same_labels',
    message: `the query for ${metric} gives ${vector.length} series that differ only by labels which are not kept (they have ${names}); add them up, as in sum(...), or name the labels to keep: { query: ..., labels: [...] }`,
  }
}

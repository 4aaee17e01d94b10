import type { FlagDefinition } from '@headroom/shared/model/flag.ts'
import { catalogued, METRICS } from '@headroom/shared/metrics.ts'
import { RESOURCES, resourceById } from '@headroom/shared/resources.ts'
import { parseExpression, type Expression } from '@headroom/shared/rules/expression.ts'
import { didYouMean } from '../lib/nearest.ts'
import type { Finding } from './problem.ts'

export type NameFindings = { problems: Finding[]; warnings: Finding[] }

/**
 * Checks the names a flag speaks of. A resource or a source that is not there is a problem; a metric outside the
 * catalogue may be a value kept under its own path, so it is only worth a warning. Paths start at the flag.
 */
export function checkNames(flag: FlagDefinition, sources: readonly string[]): NameFindings {
  const whens = flag.when === undefined ? [] : [flag.when].flat()
  const expressions = [
    ...(flag.metric === undefined ? [] : [{ text: flag.metric, path: ['metric'] }]),
    ...(flag.of === undefined ? [] : [{ text: flag.of, path: ['of'] }]),
    ...whens.map((when, index) => ({
      text: when.metric,
      path: Array.isArray(flag.when) ? ['when', index, 'metric'] : ['when', 'metric'],
    })),
  ]
  const found = expressions.map(({ text, path }) => checkExpression(text, path, sources))
  return { problems: found.flatMap(({ problems }) => problems), warnings: found.flatMap(({ warnings }) => warnings) }
}

function checkExpression(text: string, path: Finding['path'], sources: readonly string[]): NameFindings {
  const parsed = parseExpression(text)
  if (!parsed.ok)
    return { problems: [{ path, message: parsed.problem, hint: 'put spaces around + - * /' }], warnings: [] }
  const all = leaves(parsed.expression)
  return {
    problems: all.flatMap((leaf) => [...resourceProblem(leaf, path), ...sourceProblem(leaf, path, sources)]),
    warnings: all.flatMap((leaf) => metricWarning(leaf, path)),
  }
}

type Leaf = Exclude<Expression, { kind: 'sign' }>

function leaves(expression: Expression): Leaf[] {
  return expression.kind === 'sign' ? [...leaves(expression.left), ...leaves(expression.right)] : [expression]
}

function resourceProblem(leaf: Leaf, path: Finding['path']): Finding[] {
  if ((leaf.kind !== 'limit' && leaf.kind !== 'tested') || resourceById(leaf.resource) !== undefined) return []
  const ids = RESOURCES.map(({ id }) => id)
  const hint = didYouMean(leaf.resource, ids) ?? `one of ${ids.join(', ')}`
  return [{ path, message: `there is no resource ${JSON.stringify(leaf.resource)}`, hint }]
}

function sourceProblem(leaf: Leaf, path: Finding['path'], sources: readonly string[]): Finding[] {
  if (leaf.kind !== 'metric' || leaf.ref.source === undefined || sources.includes(leaf.ref.source)) return []
  const hint =
    didYouMean(leaf.ref.source, sources) ??
    (sources.length === 0 ? 'it has none' : `its sources: ${sources.join(', ')}`)
  return [{ path, message: `the system has no source ${JSON.stringify(leaf.ref.source)}`, hint }]
}

function metricWarning(leaf: Leaf, path: Finding['path']): Finding[] {
  if (leaf.kind !== 'metric' || catalogued(leaf.ref.metric) !== undefined) return []
  const hint = didYouMean(leaf.ref.metric, Object.keys(METRICS)) ?? 'fine if a source gives a value of this path'
  return [{ path, message: `${JSON.stringify(leaf.ref.metric)} is not a known metric`, hint }]
}

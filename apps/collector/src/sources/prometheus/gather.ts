import { type Labels, labelsKey } from '@headroom/shared/model/labels.ts'
import { allowedLabels, labelOf, type LabelPairs } from '../measures/labels.ts'
import { isExporterFamily } from '../measures/own-name.ts'
import { applies, keptLabels, type Rule, type RuleBook } from '../measures/rule.ts'
import type { Sample } from './exposition/read-exposition.ts'
import { addBucket, addQuantile, addValue, type Group, newGroup } from './group.ts'

/** What the series of one family are together, under one rule and one set of labels. */
export type RuleGroup = Group & { rule: number; family: string; labels: Labels; histogram: boolean }
/** What a family is that no rule is for, or one that another was preferred to. */
export type OwnGroup = Group & { family: string; labels: Labels; type: Sample['type']; unit: string | undefined }

export type Gathered = {
  byRule: RuleGroup[]
  own: OwnGroup[]
  /** It comes from a known exporter, so that what it says of a process is its own. */
  exporter: boolean
  /** Series that found no place: there were more groups than may be. */
  leftOut: number
  series: number
  /** Series whose own time is too far from now to be believed. */
  outOfTime: number
}

export type GatherOptions = {
  rules: readonly Rule[]
  book: RuleBook
  ignored(name: string, labels: LabelPairs): boolean
  maxGroups: number
  /** Epoch ms. */
  now: number
}

/** A time further back, or further ahead, is not of now, whatever it is. */
const MAX_BEHIND_MS = 60 * 60_000
const MAX_AHEAD_MS = 60_000
/** So many names are looked up; of an exposition with more, the series of the others are only counted. */
const MAX_NAMES = 20_000

/**
 * Adds up an exposition as it comes. Each sample goes to the rules for its name, and to a group of its own family, for
 * only at the end is it known which of several families a metric is taken from. What is kept grows with the groups, not
 * with the series: a hundred thousand series of one family are one number.
 */
export function createGather({ rules, book, ignored, maxGroups, now }: GatherOptions): {
  take(sample: Sample): void
  finish(): Gathered
} {
  const names = new Set<string>()
  const byRule = new Map<string, RuleGroup>()
  const own = new Map<string, OwnGroup>()
  /** The metrics that the sample at hand counts for: for each only under the first rule that takes it. */
  const placed: string[] = []
  const result = { exporter: false, leftOut: 0, series: 0, outOfTime: 0 }

  /** The buckets of one histogram stand one after another, and all go where the first of them went. */
  let last: Bucket | undefined

  function bucketOf(sample: Sample, groups: readonly Group[], leftOut: boolean): Bucket | undefined {
    const { family, type, labels, name } = sample
    if (type !== 'histogram' || !name.endsWith('_bucket') || asksForBound(family)) return undefined
    return { family, labels, groups: groups.filter(({ buckets }) => buckets !== undefined), leftOut }
  }

  function asksForBound(family: string): boolean {
    return book(family).some((index) => {
      const { where, not, by } = rules[index] ?? {}
      return [where, not, by].some((labels) => labels !== undefined && Object.hasOwn(labels, 'le'))
    })
  }

  function ownGroup(sample: Sample): OwnGroup | undefined {
    const { family, type, unit } = sample
    const labels = allowedLabels(sample.labels)
    if (type === 'summary') delete labels['quantile']
    const key = `${family}${labelsKey(labels)}`
    let group = own.get(key)
    if (group === undefined) {
      if (own.size >= maxGroups) return undefined
      group = { ...newGroup(type === 'histogram' || type === 'gaugehistogram'), family, labels, type, unit }
      own.set(key, group)
    }
    return group
  }

  function ruleGroup(index: number, rule: Rule, sample: Sample): RuleGroup | undefined {
    const labels = keptLabels(rule, sample.labels)
    if (labels === undefined) return undefined
    const family = rule.together === true ? '' : sample.family
    const key = `${index}\n${family}${labelsKey(labels)}`
    let group = byRule.get(key)
    if (group === undefined) {
      if (byRule.size >= maxGroups) return undefined
      const histogram = sample.type === 'histogram' || sample.type === 'gaugehistogram'
      group = { ...newGroup(histogram && isQuantile(rule)), rule: index, family: sample.family, labels, histogram }
      byRule.set(key, group)
    }
    return group
  }

  return {
    take(sample) {
      result.series++
      if (ignored(sample.name, sample.labels) || Number.isNaN(sample.value) || saysNothing(sample)) return
      if (sample.at !== undefined && (sample.at < now - MAX_BEHIND_MS || sample.at > now + MAX_AHEAD_MS))
        return void result.outOfTime++
      if (!names.has(sample.family)) {
        if (names.size >= MAX_NAMES) return void result.leftOut++
        names.add(sample.family)
        result.exporter ||= isExporterFamily(sample.family)
      }
      if (last !== undefined && isSameButBound(last, sample)) {
        const bound = boundOf(labelOf(sample.labels, 'le'))
        for (const group of last.groups) addBucket(group, bound, sample.value)
        if (last.leftOut) result.leftOut++
        return
      }
      const groups: Group[] = []
      placed.length = 0
      for (const index of book(sample.family)) {
        const rule = rules[index]
        if (rule === undefined || placed.includes(rule.metric) || !applies(rule, sample.labels)) continue
        // prom-client has a gauge `nodejs_active_requests_total`: what says that it is a level is no counter.
        if (rule.as === 'counter' && sample.type === 'gauge' && rule.how !== 'map') continue
        const group = ruleGroup(index, rule, sample)
        if (group === undefined) continue
        placed.push(rule.metric)
        groups.push(group)
        // What the configuration says a series is, it is and nothing else.
        if (rule.how === 'map') break
      }
      const group = ownGroup(sample)
      if (group === undefined) result.leftOut++
      else groups.push(group)
      for (const one of groups) add(one, sample)
      last = bucketOf(sample, groups, group === undefined)
    },
    finish: () => ({ byRule: [...byRule.values()], own: [...own.values()], ...result }),
  }
}

/** How many values there were is asked by others, but only quantiles look into the buckets. */
function isQuantile({ as }: Rule): boolean {
  return as === 'p50' || as === 'p95'
}

type Bucket = { family: string; labels: LabelPairs; groups: readonly Group[]; leftOut: boolean }

function isSameButBound(last: Bucket, { family, labels }: Sample): boolean {
  if (last.family !== family || last.labels.length !== labels.length) return false
  for (let index = 0; index < labels.length; index += 2) {
    if (last.labels[index] !== labels[index]) return false
    if (last.labels[index + 1] !== labels[index + 1] && labels[index] !== 'le') return false
  }
  return true
}

/** `_info` and `_created` are of the process, not of what it measures; a sum of observations says nothing beside their number. */
function saysNothing({ name, family, type }: Sample): boolean {
  if (type === 'info' || name.endsWith('_info')) return true
  if (name.endsWith('_created') && (type !== 'unknown' || family !== name)) return true
  return (type === 'histogram' || type === 'gaugehistogram' || type === 'summary') && /_g?sum$/.test(name)
}

function add(group: Group, { name, type, labels, value, at }: Sample): void {
  switch (type) {
    case 'histogram':
    case 'gaugehistogram':
      if (!name.endsWith('_bucket')) return addValue(group, value, at)
      return addBucket(group, boundOf(labelOf(labels, 'le')), value)
    case 'summary': {
      const quantile = labelOf(labels, 'quantile')
      return quantile === undefined ? addValue(group, value, at) : addQuantile(group, Number(quantile), value)
    }
    default:
      return addValue(group, value, at)
  }
}

function boundOf(le: string | undefined): number {
  if (le === undefined || le === '+Inf') return Infinity
  const bound = Number(le)
  return Number.isNaN(bound) && /^\+?inf$/i.test(le) ? Infinity : bound
}

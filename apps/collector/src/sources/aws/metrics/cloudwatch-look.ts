import type { SourceProblem } from '@headroom/shared/model/system.ts'
import type { CloudWatchCalls } from '../calls/cloudwatch-calls.ts'
import { dollarsADay } from '../cost.ts'
import type { Sheet } from '../sheet.ts'
import type { Targets } from '../targets.ts'
import { askMetrics, type Series, type Span } from './ask-metrics.ts'
import { enterSeries } from './enter-series.ts'
import { agentDimensions, isListed } from './list-metrics.ts'
import type { AgentDimensions } from './machine-targets.ts'
import { planTargets } from './plan-targets.ts'
import type { Target } from './target.ts'
import { Told } from './told.ts'

/** The newest values come late and are corrected, those of EC2 every five minutes: so far back each look reaches. */
const OVERLAP_MS = 15 * 60_000
/** After an outage of ours what was missed is fetched, up to here. */
const MOST_MS = 3 * 60 * 60_000
/** What is listed, and where agents are, is looked at so often. */
const LIST_EVERY_MS = 60 * 60_000
/** Of so many silent targets it is asked whether there are any; the rest is told when these have been put right. */
const MAX_SOUGHT = 10

export type CloudWatchOptions = {
  region: string
  periodMs: number
  everyMs: number
  /** What an error of a call means. */
  explain(error: unknown, signal: AbortSignal): SourceProblem
}

/** Asks CloudWatch for all metrics of all targets, once in a period. */
export class CloudWatchLook {
  readonly #targets: Targets
  readonly #options: CloudWatchOptions
  readonly #told = new Told()
  readonly #agents = new Map<string, AgentDimensions>()
  /** Targets that CloudWatch has never said anything of, and why that is no accident. */
  readonly #unknown = new Map<string, SourceProblem>()
  #listedAt = -Infinity
  /** Why the list could not be looked at; the rest is asked all the same. */
  #listProblem: SourceProblem | undefined
  #goodAt: number | undefined

  constructor(targets: Targets, options: CloudWatchOptions) {
    this.#targets = targets
    this.#options = options
  }

  /** Whether a period has ended since it was last asked with success. */
  isDue(now: number): boolean {
    const { periodMs } = this.#options
    return this.#goodAt === undefined || Math.floor(now / periodMs) !== Math.floor(this.#goodAt / periodMs)
  }

  /** What came is entered even where the rest of it failed. */
  async look(
    sheet: Sheet,
    calls: CloudWatchCalls,
    { insights, now }: { insights: boolean; now: number },
    signal: AbortSignal,
  ): Promise<SourceProblem[]> {
    const listing = now - this.#listedAt >= LIST_EVERY_MS
    if (listing) await this.#list(now, signal, () => this.#findAgents(calls, signal))
    const problems: SourceProblem[] = []
    const targets = planTargets(this.#targets, { insights, agents: this.#agents })
    const span = this.#spanAt(now)
    const queries = targets.flatMap((target) => target.queries)
    const series = queries.map((): Series => ({ values: new Map(), status: undefined }))
    try {
      await askMetrics(calls, queries, span, series, signal)
    } finally {
      const strays = dropStrays(series, span)
      if (strays > 0) problems.push(otherTime(strays))
      problems.push(...this.#enter(sheet, targets, series, span))
    }
    this.#goodAt = now
    if (listing && this.#listProblem === undefined)
      await this.#list(now, signal, () => this.#findUnknown(calls, targets, series, signal))
    this.#sayCost(sheet, queries.length)
    return [...problems, ...this.#unknown.values(), ...(this.#listProblem === undefined ? [] : [this.#listProblem])]
  }

  /** Looks at the list of metrics; what it lacks the permission for is tried again when the list is due again. */
  async #list(now: number, signal: AbortSignal, look: () => Promise<void>): Promise<void> {
    try {
      await look()
      this.#listedAt = now
      this.#listProblem = undefined
    } catch (error) {
      this.#listProblem = this.#options.explain(error, signal)
      this.#listedAt = this.#listProblem.code === 'no_permission' ? now : -Infinity
    }
  }

  #spanAt(now: number): Span {
    const { periodMs } = this.#options
    const toMs = Math.floor(now / periodMs) * periodMs
    const missed = this.#goodAt === undefined ? 0 : now - this.#goodAt
    const lengthMs = Math.max(3 * periodMs, Math.min(MOST_MS, OVERLAP_MS + missed))
    return { fromMs: Math.floor((toMs - lengthMs) / periodMs) * periodMs, toMs, periodMs }
  }

  #enter(
    sheet: Sheet,
    targets: readonly Target[],
    series: readonly Series[],
    { fromMs, periodMs }: Span,
  ): SourceProblem[] {
    this.#told.forgetBefore(fromMs)
    const problems: SourceProblem[] = []
    let first = 0
    for (const target of targets) {
      const own = target.queries.map((query, index) => [query, series[first + index]] as const)
      first += target.queries.length
      const byKey = new Map(own.flatMap(([{ key }, one]) => (one === undefined ? [] : [[key, one] as const])))
      enterSeries(sheet, target, byKey, periodMs, this.#told)
      const failed = own.find(([, one]) => one?.status !== undefined && one.status !== 'Complete')
      if (failed !== undefined) problems.push(halfAnswer(target, failed[0].name, failed[1]?.status ?? ''))
      if (own.some(([, one]) => (one?.values.size ?? 0) > 0)) this.#unknown.delete(target.place)
    }
    return problems
  }

  /** Where the agent's memory of machines is. */
  async #findAgents(calls: CloudWatchCalls, signal: AbortSignal): Promise<void> {
    const { instances, group } = this.#targets
    const sought = [
      ...instances.map(({ name }) => ({ Name: 'InstanceId', Value: name })),
      ...(group === undefined ? [] : [{ Name: 'AutoScalingGroupName', Value: group.name }]),
    ]
    for (const dimension of sought) this.#agents.set(dimension.Value, await agentDimensions(calls, dimension, signal))
  }

  async #findUnknown(
    calls: CloudWatchCalls,
    targets: readonly Target[],
    series: readonly Series[],
    signal: AbortSignal,
  ): Promise<void> {
    let first = 0
    const silent = targets.filter((target) => {
      const own = series.slice(first, (first += target.queries.length))
      return target.listed && own.every(({ values }) => values.size === 0)
    })
    for (const target of silent.slice(0, MAX_SOUGHT)) {
      if (await isListed(calls, target, signal)) this.#unknown.delete(target.place)
      else this.#unknown.set(target.place, noSuch(target, this.#options.region))
    }
  }

  #sayCost(sheet: Sheet, metrics: number): void {
    const { periodMs, everyMs } = this.#options
    const dollars = dollarsADay(metrics, Math.max(periodMs, everyMs))
    sheet.gauge(`estimate for ${metrics} metrics of CloudWatch`, 'aws.dollars_per_day', dollars)
  }
}

/** Takes out values of times that were not asked for, and says how many. */
function dropStrays(series: readonly Series[], { fromMs, toMs, periodMs }: Span): number {
  let strays = 0
  for (const { values } of series)
    for (const at of values.keys())
      if (at < fromMs - periodMs || at >= toMs) {
        values.delete(at)
        strays++
      }
  return strays
}

function otherTime(count: number): SourceProblem {
  return {
    code: 'other_time',
    message: `CloudWatch answered with ${count} values of another time than it was asked for; they are left out. Check the clock of this machine, and any proxy between`,
  }
}

function halfAnswer(target: Target, metric: string, status: string): SourceProblem {
  if (status === 'Forbidden')
    return {
      code: 'no_permission',
      message: `the metric ${metric} of ${target.place} may not be read; allow cloudwatch:GetMetricData`,
    }
  return {
    code: 'incomplete',
    message: `CloudWatch could not give all of ${metric} of ${target.place} this time (${status}); it is asked again, and what came counts`,
  }
}

function noSuch({ place }: Target, region: string): SourceProblem {
  return {
    code: 'unknown_target',
    message: `CloudWatch in ${region} has had no metrics of ${place} for two weeks; check \`region\` and the name`,
  }
}

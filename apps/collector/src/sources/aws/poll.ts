import type { Happening, Reading } from '@headroom/shared/model/reading.ts'
import type { SourceProblem } from '@headroom/shared/model/system.ts'
import { joinReasons } from '../../lib/join-reasons.ts'
import type { CommonOptions, PollSource, SourceContext } from '../types.ts'
import { actionOf } from './calls/as-action.ts'
import { openCloudWatch, type CloudWatchCalls } from './calls/cloudwatch-calls.ts'
import { connectionOf, type Connection } from './calls/connection.ts'
import { openEcs, type EcsCalls } from './calls/ecs-calls.ts'
import { openGroups, type GroupCalls } from './calls/group-calls.ts'
import { EcsLook } from './ecs/ecs-look.ts'
import { Insights } from './ecs/insights.ts'
import { failureIn } from './failure.ts'
import { lookAtGroup } from './group-look.ts'
import { CloudWatchLook } from './metrics/cloudwatch-look.ts'
import type { AwsOptions } from './schema.ts'
import { Sheet } from './sheet.ts'
import { periodMsOf, targetsOf, type Targets } from './targets.ts'

type Options = AwsOptions & CommonOptions
/** ECS, as it is asked and looked at. */
type Ecs = { calls: EcsCalls; look: EcsLook; insights: Insights }

/** A signature is refused from five minutes on; below that nobody need know. */
const SKEW_MS = 4 * 60_000

/** Opens the things of one account and region. Of the SDK only those clients are loaded that are asked. */
export function openAws(options: Options, context: SourceContext): PollSource {
  return new AwsSource(options, context)
}

class AwsSource implements PollSource {
  readonly #options: Options
  readonly #clock: SourceContext['clock']
  readonly #targets: Targets
  readonly #connection: Connection
  readonly #metrics: CloudWatchLook
  readonly #openedAt: number
  #cloudWatch: CloudWatchCalls | undefined
  #ecs: Promise<Ecs> | undefined
  #groups: GroupCalls | undefined

  constructor(options: Options, { clock, refuseAddress }: SourceContext) {
    const { region = '', everyMs } = options
    this.#options = options
    this.#clock = clock
    this.#openedAt = clock.now()
    this.#targets = targetsOf(options)
    this.#connection = connectionOf(options, refuseAddress)
    this.#metrics = new CloudWatchLook(this.#targets, {
      region,
      periodMs: periodMsOf(options),
      everyMs,
      explain: (error, signal) => this.#explain('CloudWatch', error, signal),
    })
  }

  async poll(signal: AbortSignal): Promise<Reading> {
    const sheet = new Sheet()
    const happened: Happening[] = []
    const found = await Promise.all([
      this.#attempt('ECS', signal, () => this.#lookAtEcs(sheet, happened, signal)),
      this.#attempt('EC2 Auto Scaling', signal, () => this.#lookAtGroup(sheet, signal)),
      this.#attempt('CloudWatch', signal, () => this.#lookAtMetrics(sheet, signal)),
    ])
    const problem = joinReasons([...found.flat(), ...this.#skew()])
    return {
      // Of the system itself nothing is said by AWS not answering us.
      up: problem === undefined || sheet.points.length > 0 ? 1 : null,
      ...(problem === undefined ? {} : { error: problem }),
      points: sheet.points,
      texts: [],
      ...(happened.length === 0 ? {} : { happened }),
      mapped: sheet.mapped,
      leftOut: 0,
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ecs = await this.#ecs
    for (const calls of [this.#cloudWatch, ecs?.calls, this.#groups]) calls?.close()
  }

  /** One service of AWS that fails is a reason beside what the others say. */
  async #attempt(service: string, signal: AbortSignal, look: () => Promise<SourceProblem[]>): Promise<SourceProblem[]> {
    try {
      return await look()
    } catch (error) {
      return [this.#explain(service, error, signal)]
    }
  }

  #explain(service: string, error: unknown, { aborted }: AbortSignal): SourceProblem {
    const { region = '', timeoutMs, endpoint, profile } = this.#options
    return failureIn(error, {
      service,
      region,
      timeoutMs,
      late: aborted,
      endpoint: endpoint !== undefined,
      cluster: this.#targets.cluster,
      profile,
      action: actionOf(error),
    })
  }

  async #lookAtEcs(sheet: Sheet, happened: Happening[], signal: AbortSignal): Promise<SourceProblem[]> {
    if (this.#targets.services.length === 0) return []
    const { look } = await (this.#ecs ??= this.#openEcs())
    return look.look(sheet, happened, this.#clock.now(), signal)
  }

  async #lookAtGroup(sheet: Sheet, signal: AbortSignal): Promise<SourceProblem[]> {
    const { group } = this.#targets
    if (group === undefined) return []
    const calls = (this.#groups ??= await openGroups(this.#connection))
    return lookAtGroup(sheet, calls, group, this.#connection.region, signal)
  }

  async #lookAtMetrics(sheet: Sheet, signal: AbortSignal): Promise<SourceProblem[]> {
    const now = this.#clock.now()
    if (!this.#metrics.isDue(now)) return []
    const calls = (this.#cloudWatch ??= await openCloudWatch(this.#connection))
    return this.#metrics.look(sheet, calls, { insights: await this.#hasInsights(now, signal), now }, signal)
  }

  /** A cluster that cannot be asked is taken to have none; why it cannot, the other calls to ECS say. */
  async #hasInsights(now: number, signal: AbortSignal): Promise<boolean> {
    if (this.#targets.services.length === 0) return false
    const { insights } = await (this.#ecs ??= this.#openEcs())
    return insights.enabled(now, signal).catch(() => {
      insights.giveUp(now)
      return false
    })
  }

  async #openEcs(): Promise<Ecs> {
    const { cluster, services } = this.#targets
    const calls = await openEcs(this.#connection)
    const look = new EcsLook(calls, cluster, services, { region: this.#connection.region, openedAt: this.#openedAt })
    return { calls, look, insights: new Insights(calls, cluster) }
  }

  #skew(): SourceProblem[] {
    const aheadMs = this.#cloudWatch?.clockAheadMs() ?? 0
    if (Math.abs(aheadMs) < SKEW_MS) return []
    const minutes = Math.round(Math.abs(aheadMs) / 60_000)
    return [
      {
        code: 'clock_skew',
        message: `this machine's clock is ${minutes} minutes ${aheadMs > 0 ? 'behind' : 'ahead of'} that of AWS; set it (NTP)`,
      },
    ]
  }
}

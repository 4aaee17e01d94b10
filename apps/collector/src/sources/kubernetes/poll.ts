import type { Happening, Reading } from '@headroom/shared/model/reading.ts'
import type { CommonOptions, PollSource, SourceContext } from '../types.ts'
import type { Access, AccessFinder, Machine } from './access/access.ts'
import { accessFinder, thisMachine } from './access/find-access.ts'
import { ApiClient } from './api/api-client.ts'
import type { Listed } from './api/list.ts'
import {
  DEPLOYMENT_CONFIGS,
  DEPLOYMENTS,
  POD_METRICS,
  type Problem,
  problemOf,
  PODS,
  type Resource,
} from './api/problem.ts'
import { isUnauthorized, listAll, type Listings } from './listings.ts'
import { EndWatch } from './look/ends.ts'
import { linesOf } from './look/lines.ts'
import { podFigures } from './look/pod-figures.ts'
import { RolloutWatch } from './look/rollouts.ts'
import { sayAll } from './look/say.ts'
import { ServerClock } from './look/times.ts'
import { WaitingWatch } from './look/waiting.ts'
import { workloadOf, workloadOfPod } from './look/workload.ts'
import { missingDeployments, nothingThere } from './names.ts'
import type { KubernetesOptions } from './schema.ts'
import { Sheet } from './sheet.ts'

/** A cluster that has no DeploymentConfigs is not asked for them at every look. */
const CONFIGS_AGAIN_MS = 10 * 60_000

type Options = KubernetesOptions & CommonOptions

/** Opens a cluster. Each poll lists what there is in the namespace; whatever comes is a reading. */
export function openKubernetes(options: Options, context: SourceContext, machine: Machine = thisMachine()): PollSource {
  return new KubernetesSource(options, context, machine)
}

class KubernetesSource implements PollSource {
  readonly #options: Options
  readonly #clock: SourceContext['clock']
  readonly #log: SourceContext['log']
  readonly #finder: AccessFinder
  readonly #client: ApiClient
  readonly #serverClock = new ServerClock()
  readonly #ends = new EndWatch()
  readonly #waiting = new WaitingWatch()
  readonly #rollouts = new RolloutWatch()
  /** Monotonic; before it DeploymentConfigs are not asked for. */
  #configsFrom = Number.NEGATIVE_INFINITY
  #warned = false

  constructor(options: Options, { clock, log, refuseAddress }: SourceContext, machine: Machine) {
    const { kubeconfig, context, insecure, timeoutMs } = options
    this.#options = options
    this.#clock = clock
    this.#log = log
    const now = (): number => clock.now()
    this.#finder = accessFinder({ kubeconfig, context, insecure, timeoutMs, machine, now, refuseAddress })
    this.#client = new ApiClient({ clock, timeoutMs, refuseAddress })
  }

  async poll(signal: AbortSignal): Promise<Reading> {
    const began = this.#clock.monotonic()
    const first = await this.#list(signal)
    // What was remembered of signing in may just have been withdrawn: once more with credentials anew.
    const again = first.kind === 'listed' && isUnauthorized(first.listings) && this.#finder.forget()
    const got = again ? await this.#list(signal) : first
    if (got.kind === 'failed') return nothing({ ...got.problem, up: null })
    const reading = await this.#read(got, signal)
    return { ...reading, tookSeconds: (this.#clock.monotonic() - began) / 1_000 }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#client[Symbol.asyncDispose]()
  }

  async #list(signal: AbortSignal): Promise<Got | { kind: 'failed'; problem: Omit<Problem, 'up'> }> {
    const access = await this.#finder.find(signal)
    if (access.kind === 'none') return { kind: 'failed', problem: access.problem }
    if (access.insecure && !this.#warned) {
      this.#warned = true
      this.#log.log('warn', 'certificates are not checked for this source (insecure: true)', {
        host: access.server.host,
      })
    }
    const namespace = this.#options.namespace ?? access.namespace ?? 'default'
    const configs = this.#clock.monotonic() >= this.#configsFrom
    const wanted = { namespace, metrics: this.#options.metrics, configs }
    return { kind: 'listed', access, namespace, listings: await listAll(this.#client, access, wanted, signal) }
  }

  async #read(got: Got, signal: AbortSignal): Promise<Reading> {
    const { listings, access, namespace } = got
    const { deployments, pods, metrics, configs } = listings
    this.#noteConfigs(configs)
    const problems = problemsOf(got)
    const found = [deployments, configs].flatMap((listed) => (listed?.kind === 'list' ? listed.items : []))
    if (deployments.kind === 'list') {
      const problem = await this.#missing(
        found.map(({ metadata }) => metadata.name),
        access,
        namespace,
        signal,
      )
      if (problem !== undefined) problems.push(problem)
    }
    const times = this.#serverClock.times(this.#clock.now(), dateOf(deployments) ?? dateOf(pods))
    const workloads = found.map(workloadOf).filter(({ name }) => this.#isWatched(name))
    workloads.sort((a, b) => (a.name < b.name ? -1 : 1))
    const sheet = new Sheet()
    const happened: Happening[] = deployments.kind === 'list' ? this.#rollouts.look(workloads, times) : []
    const ours = pods.kind === 'list' ? pods.items.filter((pod) => this.#isWatched(workloadOfPod(pod))) : undefined
    if (ours !== undefined) happened.push(...this.#ends.look(ours, times), ...this.#waiting.look(ours, times))
    const { byWorkload, oldMs } = podFigures(ours ?? [], metrics?.kind === 'list' ? metrics.items : [], times)
    if (oldMs !== undefined) problems.push(oldMetrics(oldMs))
    const leftOut = sayAll(sheet, {
      workloads,
      pods: ours && { byWorkload, endsOf: (name) => this.#ends.of(name), waitingOf: (name) => this.#waiting.of(name) },
      workers: new Set(this.#options.workers),
      maxSeries: this.#options.maxSeries,
    })
    const lines = linesOf(workloads, byWorkload, times)
    const problem = problems.length === 0 ? undefined : joined(problems)
    const answered = deployments.kind === 'list' || pods.kind === 'list'
    return {
      up: answered || problem === undefined ? 1 : problem.up,
      points: sheet.points,
      mapped: sheet.mapped,
      texts: lines.length === 0 ? [] : [{ path: `namespace ${namespace}`, lines }],
      leftOut,
      ...(happened.length === 0 ? {} : { happened }),
      ...(problem === undefined ? {} : { error: { code: problem.code, message: problem.message } }),
    }
  }

  #isWatched(name: string | undefined): boolean {
    const { deployments, workers } = this.#options
    return name !== undefined && (deployments.length === 0 || deployments.includes(name) || workers.includes(name))
  }

  async #missing(
    there: readonly string[],
    access: Access,
    namespace: string,
    signal: AbortSignal,
  ): Promise<Problem | undefined> {
    const { deployments, workers } = this.#options
    if (there.length === 0) return nothingThere(this.#client, access, namespace, signal)
    return missingDeployments([...deployments, ...workers], there, namespace)
  }

  #noteConfigs(configs: Listings['configs']): void {
    if (configs?.kind === 'refused' && (configs.status === 403 || configs.status === 404))
      this.#configsFrom = this.#clock.monotonic() + CONFIGS_AGAIN_MS
  }
}

type Got = { kind: 'listed'; access: Access; namespace: string; listings: Listings }

function problemsOf({ listings, namespace, access }: Got): Problem[] {
  const parts: [Listed<unknown> | null, Resource][] = [
    [listings.deployments, DEPLOYMENTS],
    [listings.pods, PODS],
    [listings.metrics, POD_METRICS],
    // Where there are none, or none that may be seen, nothing is missing: OpenShift itself has given them up.
    [listings.configs?.kind === 'failed' ? listings.configs : null, DEPLOYMENT_CONFIGS],
  ]
  return parts.flatMap(([listed, resource]): Problem[] => {
    if (listed === null) return []
    if (listed.kind !== 'list') return [problemOf(listed, resource, namespace, access.renewal)]
    if (listed.unread === 0) return []
    const message = `${listed.unread} of the ${resource.words} could not be understood and are left out; please report it with the version of the cluster`
    return [{ code: 'unreadable', message, up: 1 }]
  })
}

function oldMetrics(oldMs: number): Problem {
  const age =
    oldMs >= 2 * 3_600_000 ? `${Math.floor(oldMs / 3_600_000)} hours` : `${Math.floor(oldMs / 60_000)} minutes`
  const message = `CPU and memory of pods are unknown: the newest that the metrics-server has is ${age} old; look at its log`
  return { code: 'old_metrics', message, up: 1 }
}

/** All that is wrong in one sentence; what is wrong for one reason everywhere is said once. */
function joined(problems: readonly Problem[]): Problem | undefined {
  const [first] = problems
  if (first === undefined) return undefined
  const sameEverywhere = new Set(['unauthorized', 'throttled', 'http_status'])
  const kept = problems.filter(
    ({ code, message }, index) =>
      problems.findIndex((other) => other.message === message || (other.code === code && sameEverywhere.has(code))) ===
      index,
  )
  return { ...first, message: kept.map(({ message }) => message).join('. Also: ') }
}

function dateOf(listed: Listed<unknown>): number | undefined {
  return listed.kind === 'list' ? listed.date : undefined
}

function nothing({ up, code, message }: Problem): Reading {
  return { up, error: { code, message }, points: [], texts: [], mapped: [], leftOut: 0 }
}

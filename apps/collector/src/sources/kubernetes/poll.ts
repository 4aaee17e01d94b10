import type { Happening, Reading } from '@headroom/shared/model/reading.ts'
import type { CommonOptions, PollSource, SourceContext } from '../types.ts'
import type { Access, AccessFinder, Machine } from './access/access.ts'
import { accessFinder, thisMachine } from './access/find-access.ts'
import { ApiClient } from './api/api-client.ts'
import type { Listed } from './api/list.ts'
import type { Problem } from './api/problem.ts'
import { isUnauthorized, listAll, type Listings } from './listings.ts'
import { EndWatch } from './look/ends.ts'
import { linesOf } from './look/lines.ts'
import { type OwnedPod, ownedPods } from './look/owned-pods.ts'
import { podFigures } from './look/pod-figures.ts'
import { RolloutWatch } from './look/rollouts.ts'
import { sayAll } from './look/say.ts'
import { ServerClock } from './look/times.ts'
import { WaitingWatch } from './look/waiting.ts'
import {
  daemonSetWorkload,
  deploymentWorkload,
  statefulSetWorkload,
  told,
  type Workload,
  type WorkloadKind,
} from './look/workload.ts'
import { missingWorkloads, nothingThere } from './names.ts'
import { OptionalKinds } from './optional-kinds.ts'
import { isWhole, joined, type Looked, oldMetrics, problemsOf } from './problems.ts'
import type { KubernetesOptions } from './schema.ts'
import { Sheet } from './sheet.ts'

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
  /** By kind, for one kind may be listed while another is not: what is away from a list is then not gone. */
  readonly #rollouts: Readonly<Record<WorkloadKind, RolloutWatch>> = {
    Deployment: new RolloutWatch(),
    DeploymentConfig: new RolloutWatch(),
    StatefulSet: new RolloutWatch(),
    DaemonSet: new RolloutWatch(),
  }
  readonly #optional = new OptionalKinds()
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
    const wanted = {
      namespace,
      metrics: this.#options.metrics,
      kinds: this.#optional.wanted(this.#clock.monotonic()),
    }
    const listings = await listAll(this.#client, access, wanted, signal)
    return { kind: 'listed', access, renewal: access.renewal, namespace, listings }
  }

  async #read(got: Got, signal: AbortSignal): Promise<Reading> {
    const { listings, namespace } = got
    const { deployments, pods, metrics } = listings
    this.#optional.note(listings, this.#clock.monotonic())
    const problems = problemsOf(got)
    const found = workloadsIn(listings)
    if (isWhole(listings)) problems.push(...(await this.#missing(found, got, signal)))
    const times = this.#serverClock.times(this.#clock.now(), dateOf(deployments) ?? dateOf(pods))
    const workloads = found.filter(({ called }) => this.#isWatched(called))
    const sheet = new Sheet()
    const happened: Happening[] = kindsListed(listings).flatMap((kind) =>
      this.#rollouts[kind].look(
        workloads.filter((workload) => workload.kind === kind),
        times,
      ),
    )
    const ours: OwnedPod[] | undefined =
      pods.kind === 'list' ? ownedPods(pods.items, found, (called) => this.#isWatched(called)) : undefined
    if (ours !== undefined) happened.push(...this.#ends.look(ours, times), ...this.#waiting.look(ours, times))
    const { byWorkload, oldMs } = podFigures(ours ?? [], metrics?.kind === 'list' ? metrics.items : [], times)
    if (oldMs !== undefined) problems.push(oldMetrics(oldMs))
    const leftOut = sayAll(sheet, {
      workloads,
      pods: ours && { byWorkload, endsOf: (name) => this.#ends.of(name), waitingOf: (name) => this.#waiting.of(name) },
      workers: new Set(this.#options.workers),
      maxSeries: this.#options.maxSeries,
    })
    const lines = [
      ...linesOf(workloads, byWorkload, (name) => (ours === undefined ? [] : this.#waiting.reasonsOf(name)), times),
      ...this.#optional.lines(),
    ]
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

  #isWatched(called: string): boolean {
    const { deployments, workers } = this.#options
    return deployments.length === 0 || deployments.includes(called) || workers.includes(called)
  }

  async #missing(found: readonly Workload[], { access, namespace }: Got, signal: AbortSignal): Promise<Problem[]> {
    const { deployments, workers } = this.#options
    const hidden = this.#optional.forbidden
    const problem =
      found.length === 0
        ? await nothingThere({ client: this.#client, access, namespace, hidden }, signal)
        : missingWorkloads(
            [...deployments, ...workers],
            found.map(({ called }) => called),
            { namespace, hidden },
          )
    return problem === undefined ? [] : [problem]
  }
}

type Got = Looked & { kind: 'listed'; access: Access }

function dateOf(listed: Listed<unknown>): number | undefined {
  return listed.kind === 'list' ? listed.date : undefined
}

function nothing({ up, code, message }: Problem): Reading {
  return { up, error: { code, message }, points: [], texts: [], mapped: [], leftOut: 0 }
}

/** Everything that keeps pods running, of whatever kind, by name. */
function workloadsIn({ deployments, configs, statefulSets, daemonSets }: Listings): Workload[] {
  return told([
    ...itemsOf(deployments).map((each) => deploymentWorkload('Deployment', each)),
    ...itemsOf(configs).map((each) => deploymentWorkload('DeploymentConfig', each)),
    ...itemsOf(statefulSets).map(statefulSetWorkload),
    ...itemsOf(daemonSets).map(daemonSetWorkload),
  ])
}

function kindsListed({ deployments, configs, statefulSets, daemonSets }: Listings): WorkloadKind[] {
  const lists = {
    Deployment: deployments,
    DeploymentConfig: configs,
    StatefulSet: statefulSets,
    DaemonSet: daemonSets,
  } as const
  const kinds = ['Deployment', 'DeploymentConfig', 'StatefulSet', 'DaemonSet'] as const
  return kinds.filter((kind) => lists[kind]?.kind === 'list')
}

function itemsOf<Item>(listed: Listed<Item> | null): Item[] {
  return listed?.kind === 'list' ? listed.items : []
}

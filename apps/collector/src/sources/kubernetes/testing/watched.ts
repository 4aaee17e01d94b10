import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Reading } from '@headroom/shared/model/reading.ts'
import { FakeClock } from '../../../lib/fake-clock.ts'
import { silentLogger } from '../../../telemetry/logger.ts'
import type { PollSource, SourceContext } from '../../types.ts'
import { kubernetes } from '../kubernetes.ts'
import { openKubernetes } from '../poll.ts'
import { FakeCluster } from './fake-cluster.ts'

export const EVERY_MS = 15_000

export type WatchedOptions = {
  own?: Record<string, unknown>
  maxSeries?: number
  timeoutMs?: number
  context?: Partial<SourceContext>
  /** A pod with a service account instead of a kubeconfig. */
  inPod?: boolean
  /** The kubeconfig's user and cluster, where they are not the usual ones. */
  config?: Parameters<FakeCluster['kubeconfig']>[0]
}

/** A cluster that can be changed, and a source that looks at it; the clock stands still but for `next`. */
export class Watched implements AsyncDisposable {
  readonly clock: FakeClock
  readonly cluster: FakeCluster
  /** With the kubeconfig, and the service account where it is one of a pod. */
  readonly folder: string
  readonly #source: PollSource

  private constructor(clock: FakeClock, cluster: FakeCluster, folder: string, options: WatchedOptions) {
    const { own = {}, maxSeries = 2_000, timeoutMs = 5_000, context = {}, inPod = false } = options
    this.clock = clock
    this.cluster = cluster
    this.folder = folder
    const kubeconfig = inPod ? {} : { kubeconfig: join(folder, 'kubeconfig') }
    const pod = { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: String(cluster.port) }
    this.#source = openKubernetes(
      {
        ...kubernetes.schema.parse({ ...kubeconfig, ...own }),
        id: 'kubernetes',
        everyMs: EVERY_MS,
        timeoutMs,
        maxSeries,
        labels: {},
      },
      { clock, log: silentLogger, ...context },
      {
        env: { PATH: process.env['PATH'], ...(inPod ? pod : {}) },
        home: folder,
        serviceAccount: join(folder, 'account'),
      },
    )
  }

  static async open(options: WatchedOptions = {}): Promise<Watched> {
    const clock = new FakeClock()
    const cluster = await FakeCluster.open(() => clock.now())
    const folder = await mkdtemp(join(tmpdir(), 'headroom-kubernetes-'))
    await writeFile(join(folder, 'kubeconfig'), cluster.kubeconfig(options.config))
    await mkdir(join(folder, 'account'))
    await writeFile(join(folder, 'account', 'token'), 'secret-token\n')
    await writeFile(join(folder, 'account', 'ca.crt'), cluster.ca)
    await writeFile(join(folder, 'account', 'namespace'), 'shop')
    return new Watched(clock, cluster, folder, options)
  }

  ask(signal = new AbortController().signal): Promise<Reading> {
    return this.#source.poll(signal)
  }

  /** Looks again an interval later. */
  async next(afterMs = EVERY_MS): Promise<Reading> {
    await this.clock.advance(afterMs)
    return this.ask()
  }

  /** As the server writes times: so many seconds ago. */
  ago(seconds: number): string {
    return new Date(this.clock.now() - seconds * 1_000).toISOString().replace('.000Z', 'Z')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#source[Symbol.asyncDispose]()
    await this.cluster[Symbol.asyncDispose]()
    await rm(this.folder, { recursive: true, force: true })
  }
}

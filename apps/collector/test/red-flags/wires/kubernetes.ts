import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FakeCluster } from '../../../src/sources/kubernetes/testing/fake-cluster.ts'
import { deployment, pod, podMetrics } from '../../../src/sources/kubernetes/testing/objects.ts'
import { said, type Scene, type Wire } from '../stage/types.ts'

/** How a namespace is: web pods that are ready, workers, what each pod uses of 500m and 512Mi, and one that was killed. */
type Namespace = { webs?: number; workers?: number; cpu?: string; memory?: string; killed?: boolean }

/** The API of a cluster over HTTPS, with a deployment of the web and one of the workers. */
export function kubernetes(scene: Scene<Namespace>): Wire {
  return async (stage) => {
    const { clock, stack, folder } = stage
    const cluster = stack.use(await FakeCluster.open(() => clock.now()))
    const kubeconfig = join(folder, 'kubeconfig')
    await writeFile(kubeconfig, cluster.kubeconfig())
    put(cluster, said(scene, stage.moment()), clock.now())
    return {
      source: { type: 'kubernetes', kubeconfig, deployments: ['webui'], workers: ['rq-worker'], every: '15s' },
      speak: (moment) => put(cluster, said(scene, moment), moment.now),
    }
  }
}

function put(cluster: FakeCluster, namespace: Namespace, now: number): void {
  const { webs = 3, workers = 10, cpu = '125m', memory = '128Mi', killed = false } = namespace
  const lastState = {
    terminated: { exitCode: 137, reason: 'OOMKilled', finishedAt: new Date(now).toISOString() },
  }
  const pods = [
    ...Array.from({ length: webs }, (_, index) => pod({ of: 'webui', id: `w${index}` })),
    ...Array.from({ length: workers }, (_, index) => {
      const containers = index === 0 && killed ? [{ restarts: 1, lastState }] : [{}]
      return pod({ of: 'rq-worker', id: `r${index}`, containers })
    }),
  ]
  cluster.put('apps/deployments', [
    deployment({ name: 'webui', replicas: 3, ready: webs }),
    deployment({ name: 'rq-worker', replicas: 10, ready: workers }),
  ])
  cluster.put('/pods', pods)
  const measured = new Date(now).toISOString()
  cluster.put(
    'metrics.k8s.io/pods',
    pods.map((each) => podMetrics(each, { cpu, memory }, measured)),
  )
}

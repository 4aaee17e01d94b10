import { access } from 'node:fs/promises'
import { homedir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { type Access, type AccessFinder, type FinderOptions, type Machine, type NoAccess, none } from './access.ts'
import { fromKubeconfig } from './from-kubeconfig.ts'
import { inCluster, isInCluster } from './in-cluster.ts'

export function thisMachine(): Machine {
  // oxlint-disable-next-line eslint/no-restricted-properties -- the platform says in variables where a pod's cluster is
  return { env: process.env, home: homedir(), serviceAccount: '/var/run/secrets/kubernetes.io/serviceaccount' }
}

/**
 * Looks where the cluster is: the kubeconfig that is named, else the service account of the pod this runs in, else the
 * kubeconfig that kubectl would take.
 */
export function accessFinder(options: FinderOptions): AccessFinder {
  let chosen: AccessFinder | undefined
  return {
    async find(signal): Promise<Access | NoAccess> {
      chosen ??= await choose(options)
      return chosen?.find(signal) ?? NO_CLUSTER
    },
    forget: () => chosen?.forget() ?? false,
  }
}

const NO_CLUSTER = none(
  'no_cluster',
  'there is neither a service account of a pod here nor a kubeconfig; name one as `kubeconfig`',
)

async function choose(options: FinderOptions): Promise<AccessFinder | undefined> {
  const { kubeconfig, context, machine } = options
  const { env, home } = machine
  if (kubeconfig !== undefined) return fromKubeconfig([resolve(kubeconfig.replace(/^~(?=\/)/, home))], options)
  if (context === undefined && (await isInCluster(machine))) return inCluster(options)
  const named = (env['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== '')
  const usual = named.length > 0 ? named : [join(home, '.kube', 'config')]
  const there = await Promise.all(
    usual.map((path) =>
      access(path).then(
        () => [path],
        () => [],
      ),
    ),
  )
  const paths = there.flat()
  return paths.length === 0 ? undefined : fromKubeconfig(paths, options)
}

import { access, readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { type Access, type AccessFinder, type FinderOptions, type NoAccess, none, whyUnreadable } from './access.ts'

/** Whether this is a pod with a service account. */
export async function isInCluster({ env, serviceAccount }: FinderOptions['machine']): Promise<boolean> {
  if (env['KUBERNETES_SERVICE_HOST'] === undefined) return false
  return access(join(serviceAccount, 'token')).then(
    () => true,
    () => false,
  )
}

/** The service account of the pod. Its token is replaced about every hour, so everything is read each time. */
export function inCluster({ machine: { env, serviceAccount }, insecure }: FinderOptions): AccessFinder {
  const host = env['KUBERNETES_SERVICE_HOST'] ?? ''
  const port = env['KUBERNETES_SERVICE_PORT_HTTPS'] ?? env['KUBERNETES_SERVICE_PORT'] ?? '443'
  const server = URL.parse(`https://${isIP(host) === 6 ? `[${host}]` : host}:${port}`)

  async function find(): Promise<Access | NoAccess> {
    if (server === null)
      return none('no_cluster', 'KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT make no address; look at the pod')
    const [token, ca, namespace] = await Promise.all([
      readFile(join(serviceAccount, 'token'), 'utf8').catch((error: unknown) => error),
      readFile(join(serviceAccount, 'ca.crt'), 'utf8').catch(() => undefined),
      readFile(join(serviceAccount, 'namespace'), 'utf8').catch(() => ''),
    ])
    if (typeof token !== 'string')
      return none(
        'no_token',
        `the token of the pod's service account: ${whyUnreadable(token)}; look at automountServiceAccountToken`,
      )
    return {
      kind: 'access',
      server,
      tls: ca === undefined ? {} : { ca },
      insecure,
      headers: { authorization: `Bearer ${token.trim()}` },
      namespace: namespace.trim() === '' ? undefined : namespace.trim(),
      renewal: "look whether the pod's service account still exists",
    }
  }
  return { find, forget: () => false }
}

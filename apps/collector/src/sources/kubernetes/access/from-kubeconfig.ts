import { readFile, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { parse } from 'yaml'
import type { TlsIdentity } from '../../http-client/origins.ts'
import { type Access, type AccessFinder, type FinderOptions, type NoAccess, none, whyUnreadable } from './access.ts'
import { type PluginCredentials, runPlugin } from './exec-plugin.ts'
import { type Chosen, chooseContext, Kubeconfig, type Located, type User } from './kubeconfig.ts'

const MAX_FILE_BYTES = 4 * 2 ** 20
/** What a plugin gave is asked for anew so long before it expires. */
const RENEW_BEFORE_MS = 60_000

/** The context of a kubeconfig. Files are read each time, and understood anew when they have changed. */
export function fromKubeconfig(paths: readonly string[], options: FinderOptions): AccessFinder {
  return new KubeconfigFinder(paths, options)
}

class KubeconfigFinder implements AccessFinder {
  readonly #paths: readonly string[]
  readonly #options: FinderOptions
  readonly #understood = new Map<string, { changedAt: number; config: Kubeconfig }>()
  #credentials: { of: string; given: PluginCredentials } | undefined

  constructor(paths: readonly string[], options: FinderOptions) {
    this.#paths = paths
    this.#options = options
  }

  forget(): boolean {
    const held = this.#credentials !== undefined
    this.#credentials = undefined
    return held
  }

  async find(signal: AbortSignal): Promise<Access | NoAccess> {
    const files: Located[] = []
    for (const path of this.#paths) {
      const file = await this.#understand(path)
      if ('kind' in file) return file
      files.push(file)
    }
    const chosen = chooseContext(files, this.#options.context)
    if (chosen.kind === 'none') return chosen
    return this.#access(chosen, signal).catch((error: unknown) => {
      if (error instanceof UnreadableFile) return none('bad_kubeconfig', error.message)
      throw error
    })
  }

  async #understand(path: string): Promise<Located | NoAccess> {
    const folder = dirname(path)
    try {
      const { mtimeMs, size } = await stat(path)
      const known = this.#understood.get(path)
      if (known !== undefined && known.changedAt === mtimeMs) return { config: known.config, folder }
      if (size > MAX_FILE_BYTES) return none('bad_kubeconfig', `${path} is too large to be a kubeconfig`)
      const text = await readFile(path, 'utf8')
      const parsed = Kubeconfig.safeParse(parseYaml(text))
      // What does not fit may be any file, so no word of it is told.
      if (!parsed.success)
        return none(
          'bad_kubeconfig',
          `${path} is not a kubeconfig: ${parsed.error.issues[0]?.path.join('.') ?? 'it'} is not as it should be; compare with \`kubectl config view\``,
        )
      this.#understood.set(path, { changedAt: mtimeMs, config: parsed.data })
      return { config: parsed.data, folder }
    } catch (error) {
      return none('no_kubeconfig', `${path}: ${whyUnreadable(error)}; check \`kubeconfig\``)
    }
  }

  async #access(chosen: Chosen, signal: AbortSignal): Promise<Access | NoAccess> {
    const { cluster, clusterFolder, user, userFolder, namespace } = chosen
    const server = URL.parse(cluster.server)
    if (server === null || !/^https?:$/.test(server.protocol))
      return none(
        'bad_kubeconfig',
        `the server of context ${chosen.context} is not an address such as https://api.example.com:6443`,
      )
    const unsupported = notSupported(chosen)
    if (unsupported !== undefined) return none('unsupported', unsupported)
    const ca = await content(clusterFolder, cluster['certificate-authority-data'], cluster['certificate-authority'])
    const cert = await content(userFolder, user['client-certificate-data'], user['client-certificate'])
    const key = await content(userFolder, user['client-key-data'], user['client-key'])
    const name = cluster['tls-server-name']
    const access: Access = {
      kind: 'access',
      server,
      tls: identity({ ca, cert, key, servername: name }),
      insecure: this.#options.insecure || cluster['insecure-skip-tls-verify'] === true,
      headers: actingAs(user),
      namespace,
      renewal: 'sign in again (such as `oc login`), or write the kubeconfig anew',
    }
    // As with kubectl: a file counts before the token beside it.
    const token = user.tokenFile === undefined ? user.token : await fileText(userFolder, user.tokenFile)
    if (token !== undefined && token !== '')
      return { ...access, headers: { ...access.headers, authorization: `Bearer ${token.trim()}` } }
    if (user.username !== undefined && user.password !== undefined) {
      const pair = Buffer.from(`${user.username}:${user.password}`).toString('base64')
      return { ...access, headers: { ...access.headers, authorization: `Basic ${pair}` } }
    }
    return user.exec === undefined ? access : this.#plugged(access, chosen, signal)
  }

  async #plugged(
    access: Access,
    { cluster, user, userFolder }: Chosen,
    signal: AbortSignal,
  ): Promise<Access | NoAccess> {
    const { exec } = user
    if (exec === undefined) return access
    if (this.#options.refuseAddress !== undefined)
      return none(
        'runs_a_command',
        `the kubeconfig signs in by running a command, which is not done from the screen: write the source into headroom.yaml by hand, or use the kubeconfig of a service account`,
      )
    const of = JSON.stringify([exec, access.server.href])
    const { now, timeoutMs, machine } = this.#options
    let given = this.#credentials?.of === of ? this.#credentials.given : undefined
    if (given === undefined || (given.expiresAt ?? Number.POSITIVE_INFINITY) - RENEW_BEFORE_MS < now()) {
      const got = await runPlugin(exec, {
        env: machine.env,
        cluster,
        ca: access.tls.ca,
        folder: userFolder,
        timeoutMs,
        signal,
      })
      if (got.kind === 'none') return got
      given = got
      this.#credentials = { of, given }
    }
    const { token, cert, key } = given
    return {
      ...access,
      tls: identity({ ...access.tls, ...(cert === undefined || key === undefined ? {} : { cert, key }) }),
      headers: { ...access.headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      renewal: `run ${exec.command.split(/[\\/]/).at(-1)} yourself to see whether it still signs you in`,
    }
  }
}

function notSupported({ context, cluster, user }: Chosen): string | undefined {
  if (cluster['proxy-url'] !== undefined && cluster['proxy-url'] !== '')
    return `context ${context} goes through a proxy (proxy-url), which is not supported; run Headroom where the API server can be reached`
  if (user['auth-provider'] !== undefined && user['auth-provider'] !== null)
    return `context ${context} signs in with an auth-provider, which Kubernetes itself no longer has; write the kubeconfig anew with your cloud's tool`
  return undefined
}

/** The headers by which one who may acts as another: the user, and of this one the groups and the rest. */
function actingAs(user: User): Record<string, string | string[]> {
  if (user.as === undefined || user.as === '') return {}
  const extra = Object.entries(user['as-user-extra'] ?? {}).map(
    ([name, values]) => [`impersonate-extra-${encodeURIComponent(name.toLowerCase())}`, values] as const,
  )
  return {
    'impersonate-user': user.as,
    ...(user['as-uid'] === undefined ? {} : { 'impersonate-uid': user['as-uid'] }),
    ...(user['as-groups'] === undefined ? {} : { 'impersonate-group': user['as-groups'] }),
    ...Object.fromEntries(extra),
  }
}

type Parts = { [Part in keyof TlsIdentity]: string | undefined }

function identity(parts: Parts): TlsIdentity {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined))
}

class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile'
}

async function content(
  folder: string,
  data: string | undefined,
  path: string | undefined,
): Promise<string | undefined> {
  if (data !== undefined && data !== '') return Buffer.from(data, 'base64').toString('utf8')
  return path === undefined || path === '' ? undefined : fileText(folder, path)
}

async function fileText(folder: string, path: string): Promise<string> {
  const whole = resolve(folder, path)
  return readFile(whole, 'utf8').catch((error: unknown) => {
    throw new UnreadableFile(`${whole}, which the kubeconfig names: ${whyUnreadable(error)}`)
  })
}

function parseYaml(text: string): unknown {
  try {
    return parse(text, { logLevel: 'error', maxAliasCount: 100 })
  } catch {
    return undefined
  }
}

import { z } from 'zod'
import { didYouMean } from '../../../lib/nearest.ts'
import { none, type NoAccess } from './access.ts'

/** What a program that writes kubeconfigs leaves empty may be null. */
const optional = <Type extends z.ZodType>(type: Type) => type.nullish().transform((value) => value ?? undefined)
const Text = optional(z.string())
const Flag = optional(z.boolean())

const Cluster = z.object({
  server: z.string(),
  'certificate-authority': Text,
  'certificate-authority-data': Text,
  'insecure-skip-tls-verify': Flag,
  'tls-server-name': Text,
  'proxy-url': Text,
})
export type Cluster = z.infer<typeof Cluster>

export const ExecPlugin = z.object({
  apiVersion: z.string(),
  command: z.string().min(1),
  args: z.array(z.string()).nullish(),
  env: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
  interactiveMode: Text,
  provideClusterInfo: Flag,
})
export type ExecPlugin = z.infer<typeof ExecPlugin>

const User = z.object({
  'client-certificate': Text,
  'client-certificate-data': Text,
  'client-key': Text,
  'client-key-data': Text,
  token: Text,
  tokenFile: Text,
  username: Text,
  password: Text,
  exec: optional(ExecPlugin),
  'auth-provider': z.unknown().optional(),
  as: Text,
  'as-uid': Text,
  'as-groups': optional(z.array(z.string())),
  'as-user-extra': optional(z.record(z.string(), z.array(z.string()))),
})
export type User = z.infer<typeof User>
const NOBODY = User.parse({})

const Context = z.object({ cluster: z.string(), user: z.string().default(''), namespace: Text })

export const Kubeconfig = z.object({
  'current-context': z.string().nullish(),
  clusters: z.array(z.object({ name: z.string(), cluster: Cluster })).nullish(),
  users: z.array(z.object({ name: z.string(), user: User.nullish() })).nullish(),
  contexts: z.array(z.object({ name: z.string(), context: Context })).nullish(),
})
export type Kubeconfig = z.infer<typeof Kubeconfig>

/** A kubeconfig, and the folder that its paths begin in. */
export type Located = { config: Kubeconfig; folder: string }

/** What one context stands for. */
export type Chosen = {
  kind: 'chosen'
  context: string
  cluster: Cluster
  clusterFolder: string
  user: User
  userFolder: string
  namespace: string | undefined
}

/** Takes a context, or the current one, out of several files read as one: who names a thing first counts. */
export function chooseContext(files: readonly Located[], wanted: string | undefined): Chosen | NoAccess {
  const contexts = files.flatMap(({ config }) => config.contexts ?? [])
  const names = contexts.map(({ name }) => name)
  const name = wanted ?? files.map(({ config }) => config['current-context'] ?? '').find((each) => each !== '')
  if (name === undefined)
    return none('no_context', `the kubeconfig has no current context; name one as \`context\`${listed(names)}`)
  const context = contexts.find((each) => each.name === name)?.context
  if (context === undefined)
    return none(
      'no_context',
      `the kubeconfig has no context ${JSON.stringify(name)}; ${didYouMean(name, names) ?? 'check `context`'}${listed(names)}`,
    )
  const cluster = first(files, ({ clusters }) => clusters?.find((each) => each.name === context.cluster)?.cluster)
  if (cluster === undefined)
    return none(
      'bad_kubeconfig',
      `context ${name} is of cluster ${context.cluster}, which the kubeconfig does not have`,
    )
  // Somebody who gives nothing is nobody in particular, whom a server may let in all the same.
  const user =
    context.user === ''
      ? { found: NOBODY, folder: cluster.folder }
      : first(
          files,
          ({ users }) => users?.flatMap((each) => (each.name === context.user ? [each.user ?? NOBODY] : []))[0],
        )
  if (user === undefined)
    return none('bad_kubeconfig', `context ${name} is of user ${context.user}, whom the kubeconfig does not have`)
  return {
    kind: 'chosen',
    context: name,
    cluster: cluster.found,
    clusterFolder: cluster.folder,
    user: user.found,
    userFolder: user.folder,
    namespace: context.namespace,
  }
}

function first<Found>(
  files: readonly Located[],
  pick: (config: Kubeconfig) => Found | null | undefined,
): { found: Found; folder: string } | undefined {
  for (const { config, folder } of files) {
    const found = pick(config)
    if (found !== null && found !== undefined) return { found, folder }
  }
  return undefined
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? '' : `; it has ${names.slice(0, 10).join(', ')}${names.length > 10 ? ', ...' : ''}`
}

import { spawn } from 'node:child_process'
import { z } from 'zod'
import { type Machine, type NoAccess, none } from './access.ts'
import type { Cluster, ExecPlugin } from './kubeconfig.ts'

/** What a plugin gave. `expiresAt`: epoch ms, where it says so. */
export type PluginCredentials = {
  kind: 'credentials'
  token: string | undefined
  cert: string | undefined
  key: string | undefined
  expiresAt: number | undefined
}

export type PluginRun = {
  env: Machine['env']
  cluster: Cluster
  ca: string | undefined
  folder: string
  timeoutMs: number
  signal: AbortSignal
}

const API_VERSIONS = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1']
const MAX_OUTPUT_BYTES = 256 * 1024

const ExecCredential = z.object({
  kind: z.literal('ExecCredential'),
  status: z.object({
    token: z.string().optional(),
    clientCertificateData: z.string().optional(),
    clientKeyData: z.string().optional(),
    expirationTimestamp: z.string().optional(),
  }),
})

/**
 * Runs the program that a kubeconfig names for signing in, as kubectl does: without a shell, nobody to ask, and ended at
 * the deadline. What it writes may hold secrets, so no word of it is shown.
 */
export async function runPlugin(plugin: ExecPlugin, run: PluginRun): Promise<PluginCredentials | NoAccess> {
  const name = plugin.command.split(/[\\/]/).at(-1) ?? plugin.command
  if (!API_VERSIONS.includes(plugin.apiVersion))
    return none(
      'sign_in_version',
      `the kubeconfig signs in with ${name} in a version that is no longer spoken (${plugin.apiVersion.slice(0, 80)}); write the kubeconfig anew with your cloud's tool`,
    )
  if (plugin.interactiveMode === 'Always')
    return none(
      'sign_in_asks',
      `${name}, with which the kubeconfig signs in, wants to ask somebody; use the kubeconfig of a service account`,
    )
  const ended = await execute(plugin, run)
  switch (ended.kind) {
    case 'missing':
      return none(
        'sign_in_missing',
        `${name}, with which the kubeconfig signs in, cannot be started (${ended.why}); install it for the user that Headroom runs as, or use the kubeconfig of a service account`,
      )
    case 'late':
      return none(
        'sign_in_late',
        `${name}, with which the kubeconfig signs in, did not end within ${run.timeoutMs / 1_000} s; run it yourself to see what it waits for, or give a longer \`timeout\``,
      )
    case 'failed':
      return none(
        'sign_in_failed',
        `${name}, with which the kubeconfig signs in, failed (${ended.how}); run it yourself as the user that Headroom runs as: it is often a login that has expired`,
      )
    case 'said':
      return read(ended.output, name)
  }
}

function read(output: string, name: string): PluginCredentials | NoAccess {
  const parsed = ExecCredential.safeParse(parseJson(output))
  const status = parsed.data?.status
  const cert = status?.clientCertificateData
  const key = status?.clientKeyData
  if (status === undefined || (status.token === undefined && (cert === undefined || key === undefined)))
    return none(
      'sign_in_failed',
      `${name}, with which the kubeconfig signs in, gave no credentials; run it yourself and compare with an ExecCredential`,
    )
  const expiresAt = Date.parse(status.expirationTimestamp ?? '')
  return {
    kind: 'credentials',
    token: status.token,
    cert,
    key,
    expiresAt: Number.isFinite(expiresAt) ? expiresAt : undefined,
  }
}

type Ended =
  | { kind: 'said'; output: string }
  | { kind: 'missing'; why: string }
  | { kind: 'late' }
  | { kind: 'failed'; how: string }

function execute({ command, args, env, apiVersion, provideClusterInfo }: ExecPlugin, run: PluginRun): Promise<Ended> {
  const cluster = {
    server: run.cluster.server,
    ...(run.ca === undefined ? {} : { 'certificate-authority-data': Buffer.from(run.ca).toString('base64') }),
    ...(run.cluster['tls-server-name'] === undefined ? {} : { 'tls-server-name': run.cluster['tls-server-name'] }),
  }
  const spec = { interactive: false, ...(provideClusterInfo === true ? { cluster } : {}) }
  const info = JSON.stringify({ apiVersion, kind: 'ExecCredential', spec })
  const own = Object.fromEntries((env ?? []).map(({ name, value }) => [name, value]))
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const child = spawn(command, args ?? [], {
      cwd: run.folder,
      env: { ...run.env, ...own, KUBERNETES_EXEC_INFO: info },
      stdio: ['ignore', 'pipe', 'ignore'],
      signal: run.signal,
      killSignal: 'SIGKILL',
    })
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= MAX_OUTPUT_BYTES) chunks.push(chunk)
      else child.kill('SIGKILL')
    })
    child.once('error', (error) => {
      // A program that it left behind may keep the pipe open.
      child.stdout.destroy()
      if (run.signal.aborted) return resolve({ kind: 'late' })
      resolve({
        kind: 'missing',
        why: 'code' in error && error.code === 'ENOENT' ? 'there is no such program' : 'it may not be run',
      })
    })
    child.once('close', (code, signal) => {
      if (run.signal.aborted) return resolve({ kind: 'late' })
      if (code !== 0)
        return resolve({ kind: 'failed', how: code === null ? (signal ?? 'killed') : `exit code ${code}` })
      resolve({ kind: 'said', output: Buffer.concat(chunks).toString('utf8') })
    })
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

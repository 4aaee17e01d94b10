import type { SourceProblem } from '@headroom/shared/model/system.ts'
import type { RefuseAddress } from '../../http-client/guard-connector.ts'
import type { TlsIdentity } from '../../http-client/origins.ts'

/** Where the API server is, and as whom it is asked, at this moment. */
export type Access = {
  kind: 'access'
  server: URL
  tls: TlsIdentity
  insecure: boolean
  headers: Readonly<Record<string, string | string[]>>
  /** The namespace of the pod, or of the context. */
  namespace: string | undefined
  /** What somebody does whose credentials are not accepted any more. */
  renewal: string
}

/** Why the API server cannot be asked at all; it says nothing of the system. */
export type NoAccess = { kind: 'none'; problem: SourceProblem }

export type AccessFinder = {
  /** Reads anew what may have changed: tokens are replaced while we run. */
  find(signal: AbortSignal): Promise<Access | NoAccess>
  /** They were not accepted: what is remembered of them counts no more. True where asking again may help. */
  forget(): boolean
}

/** What of this machine tells where the cluster is. */
export type Machine = {
  env: Readonly<Record<string, string | undefined>>
  home: string
  /** Where a pod finds its service account. */
  serviceAccount: string
}

export type FinderOptions = {
  kubeconfig: string | undefined
  context: string | undefined
  insecure: boolean
  timeoutMs: number
  machine: Machine
  now(): number
  /** Present where the source is tried from the screen, which runs no command. */
  refuseAddress: RefuseAddress | undefined
}

export function none(code: string, message: string): NoAccess {
  return { kind: 'none', problem: { code, message } }
}

/** The system's word for why a file cannot be read, in words. */
export function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EACCES' || code === 'EPERM') return 'this user may not read it'
  if (code === 'EISDIR') return 'it is a folder'
  return 'it cannot be read'
}

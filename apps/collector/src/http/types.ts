import type { Role } from '@headroom/shared/contracts.ts'

/** Who is asking. Until tokens exist, loopback is admin and there is nobody else. */
export type Identity = { name: string; role: Role; systems?: readonly string[] }

/** The one question every route and the socket ask before doing anything. */
export type Authorize = (
  identity: Identity | null,
  what: { role: Role; system?: string },
) => { ok: true } | { ok: false; status: 401 | 403; code: string; message: string }

/** Finds who a request is from, or null. */
export type Identify = (request: {
  headers: Record<string, string | string[] | undefined>
  remoteAddress: string | undefined
}) => Identity | null

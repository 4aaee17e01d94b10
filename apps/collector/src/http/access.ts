import type { Authorize, Identify, Identity } from './types.ts'

const RANK = { viewer: 0, operator: 1, admin: 2 } as const

/** Where requests without an `access` section come from: this very machine. Everybody there is admin. */
export const identifyLocal: Identify = ({ headers, remoteAddress }) => {
  // A proxy on this machine connects from loopback whoever stands behind it: its visitors are not local.
  const proxied = headers['x-forwarded-for'] !== undefined || headers['forwarded'] !== undefined
  return !proxied && remoteAddress !== undefined && isLoopbackAddress(remoteAddress)
    ? { name: 'local', role: 'admin' }
    : null
}

/** The one question before everything: may this identity do what needs this role, on this system? */
export const authorize: Authorize = (identity, { role, system }) => {
  if (identity === null) {
    const message =
      'Nobody is signed in. Without an "access" section only this very machine is let in, and not through a proxy: add one to headroom.yaml, or send Authorization: Bearer TOKEN.'
    return { ok: false, status: 401, code: 'unauthorized', message }
  }
  if (RANK[identity.role] < RANK[role]) {
    return {
      ok: false,
      status: 403,
      code: 'forbidden',
      message: `This needs the role ${role}; ${identity.name} is ${identity.role}. Ask an admin for a token of that role.`,
    }
  }
  if (system !== undefined && !maySee(identity, system)) {
    return {
      ok: false,
      status: 403,
      code: 'forbidden_system',
      message: `${identity.name} is limited to ${identity.systems?.join(', ') ?? ''}, and this is about ${system}.`,
    }
  }
  return { ok: true }
}

/** Whether an identity may see what belongs to a system; what belongs to none is seen by everybody. */
export function maySee(identity: Identity, system: string | undefined): boolean {
  return identity.systems === undefined || system === undefined || identity.systems.includes(system)
}

export function isLoopbackAddress(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(address)
}

/** Listening where others can reach in needs an `access` section: the words of the refusal, or null when it is fine. */
export function refuseBeyondLoopback(host: string, hasAccess: boolean): string | null {
  if (hasAccess || isLoopbackName(host)) return null
  return (
    `Listening on ${host} would let everybody on the network in, and headroom.yaml has no access section.\n` +
    'Add one, for example (everybody may look, nobody may change anything without a token):\n\n' +
    '  access: { anonymous: viewer }\n\n' +
    'or listen on this machine only: --host 127.0.0.1'
  )
}

/** A name or address that is this very machine, as it stands in --host or in a Host header without its port. */
export function isLoopbackName(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '')
  return name === 'localhost' || name === '::1' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name)
}

import type { IncomingMessage } from 'node:http'
import type { Role } from '@headroom/shared/contracts.ts'
import { ApiError } from './errors.ts'
import type { Authorize, Identify, Identity } from './types.ts'

/** Who a request is from, allowed what it asks for; throws the refusal. */
export type Admit = (request: IncomingMessage, what: { role: Role; system?: string }) => Identity

/** Asks the one question for every route, the metrics and the socket alike. */
export function createAdmit(identify: Identify, authorize: Authorize): Admit {
  return (request, what) => {
    const identity = identify({ headers: request.headers, remoteAddress: request.socket.remoteAddress })
    const allowed = authorize(identity, what)
    if (!allowed.ok) throw new ApiError(allowed.status, allowed.code, allowed.message)
    // Whatever a policy says, nothing behind this point runs without a name to record.
    if (identity === null)
      throw new ApiError(401, 'unauthorized', 'Nobody is signed in: send Authorization: Bearer TOKEN.')
    return identity
  }
}

import { isIP } from 'node:net'
import { ForbiddenAddress, guardLookup, type RefuseAddress } from '../../http-client/guard-connector.ts'
import type { AwsOptions } from '../schema.ts'
import { chainOf, type Credentials } from './credentials.ts'

/** What each client of the SDK is opened with. */
export type Connection = {
  region: string
  endpoint?: string
  credentials: () => Promise<Credentials>
  maxAttempts: number
  requestHandler: {
    connectionTimeout: number
    requestTimeout: number
    httpAgent: { keepAlive: boolean; maxSockets: number }
    httpsAgent: { keepAlive: boolean; maxSockets: number }
  }
}

/** A call that fails for a passing reason is made at most so often, with the pauses of the SDK between. */
const MAX_ATTEMPTS = 3
const MAX_SOCKETS = 4

/** How AWS is reached. `refuse` says which addresses may not be connected to; then no program is run for credentials either. */
export function connectionOf(
  options: AwsOptions & { timeoutMs: number },
  refuse: RefuseAddress | undefined,
): Connection {
  const { region = '', endpoint, timeoutMs } = options
  const agent = {
    keepAlive: true,
    maxSockets: MAX_SOCKETS,
    ...(refuse === undefined ? {} : { lookup: guardLookup(refuse) }),
  }
  const chain = chainOf(options, refuse !== undefined)
  return {
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    credentials: () => {
      const reason = forbidden(endpoint, refuse)
      if (reason !== undefined) throw new ForbiddenAddress(reason)
      return chain()
    },
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: { connectionTimeout: timeoutMs, requestTimeout: timeoutMs, httpAgent: agent, httpsAgent: agent },
  }
}

/** An address written as numbers is never looked up. */
function forbidden(endpoint: string | undefined, refuse: RefuseAddress | undefined): string | undefined {
  if (endpoint === undefined || refuse === undefined) return undefined
  const host = new URL(endpoint).hostname.replace(/^\[(.*)\]$/, '$1')
  return isIP(host) === 0 ? undefined : (refuse(host) ?? undefined)
}

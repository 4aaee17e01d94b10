import { lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { buildConnector } from 'undici'

/** Why an IP address may not be connected to, or null. */
export type RefuseAddress = (address: string) => string | null

/** The address that was asked for is one that may not be. The message says why, and what to do. */
export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress'
}

/**
 * Connects only where it may. The very addresses that a name stands for are judged, at the moment of connecting: what
 * was looked up before may stand for another place by now.
 */
export function guardConnector(options: buildConnector.BuildOptions, refuse: RefuseAddress): buildConnector.connector {
  const connect = buildConnector({ ...options, lookup: guardLookup(refuse) })
  return (target, callback) => {
    const host = target.hostname.replace(/^\[(.*)\]$/, '$1')
    const reason = isIP(host) === 0 ? null : refuse(host)
    if (reason === null) connect(target, callback)
    else callback(new ForbiddenAddress(reason), null)
  }
}

/** Looks a name up for a connection, and fails where any address it stands for may not be connected to. */
export function guardLookup(refuse: RefuseAddress): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, '', 0)
      const reason = found.map(({ address }) => refuse(address)).find((why) => why !== null)
      const first = found[0]
      if (reason !== undefined) return callback(new ForbiddenAddress(reason), '', 0)
      if (options.all === true || first === undefined) return callback(null, found)
      callback(null, first.address, first.family)
    })
  }
}

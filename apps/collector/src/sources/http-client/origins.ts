import { buildConnector, Client } from 'undici'
import { guardConnector, type RefuseAddress } from './guard-connector.ts'

/** A connection on loan for one exchange. */
export type Loan = { client: Client; giveBack(): void }

/** Kept-alive connections by origin. */
export type Origins = {
  borrow(origin: string): Loan
  /** Closes the connections to an origin nobody asks any more. */
  forget(origin: string): void
  destroy(): Promise<void>
}

/** Whom to believe, and who we are, where that is not for the machine to say. All in PEM. */
export type TlsIdentity = {
  /** The authorities whose certificates count, instead of those the machine knows. */
  ca?: string
  cert?: string
  key?: string
  /** The name the certificate must have, where it is not the host of the address. */
  servername?: string
}

type Connection = { client: Client; loans: number }

const CONNECT_TIMEOUT_MS = 10_000
/** Longer than most intervals, so that a connection lives from one scrape to the next if the server allows it. */
const KEEP_ALIVE_MS = 65_000
const MAX_PER_ORIGIN = 4

/**
 * A pool for each origin, of undici's Clients rather than its Pool, which reserves 16 KB for every origin, and with one connector. A new
 * connection is made only while all others are busy, so that one address that hangs does not hold up another beside it.
 * HTTP/1.1 only: one small question every few seconds gains nothing from HTTP/2, and pays for its frames.
 */
export function createOrigins(rejectUnauthorized: boolean, refuseAddress?: RefuseAddress, tls?: TlsIdentity): Origins {
  const origins = new Map<string, Connection[]>()
  const options = { ...tls, allowH2: false, timeout: CONNECT_TIMEOUT_MS, rejectUnauthorized }
  const connect = refuseAddress === undefined ? buildConnector(options) : guardConnector(options, refuseAddress)
  const open = (origin: string): Connection => ({
    loans: 0,
    client: new Client(origin, {
      allowH2: false,
      keepAliveTimeout: KEEP_ALIVE_MS,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect,
    }),
  })

  return {
    borrow(origin) {
      const connections = origins.get(origin) ?? []
      origins.set(origin, connections)
      let chosen = connections.toSorted((a, b) => a.loans - b.loans)[0]
      if (chosen === undefined || (chosen.loans > 0 && connections.length < MAX_PER_ORIGIN)) {
        chosen = open(origin)
        connections.push(chosen)
      }
      chosen.loans++
      return { client: chosen.client, giveBack: () => void chosen.loans-- }
    },
    forget(origin) {
      for (const { client } of origins.get(origin) ?? []) void client.destroy()
      origins.delete(origin)
    },
    async destroy() {
      const connections = [...origins.values()].flat()
      origins.clear()
      await Promise.all(connections.map(({ client }) => client.destroy()))
    },
  }
}

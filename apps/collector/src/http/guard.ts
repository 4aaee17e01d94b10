import { isLoopbackName } from './access.ts'
import { ApiError } from './errors.ts'

/** Decides by their headers alone which requests are let in at all. */
export type Guard = {
  /** 421 for a Host that is not ours: so no web page can reach in by rebinding its own name to this machine. */
  host(host: string | undefined): ApiError | null
  /** 403 for an Origin that is another page's. Programs send none, and are let in. */
  origin(origin: string | undefined, host: string | undefined): ApiError | null
}

/** `listenHost` is where the server listens: asked for by that very address is fine too. */
export function createGuard({ publicUrl, listenHost }: { publicUrl: string | undefined; listenHost: string }): Guard {
  const ours = publicUrl === undefined ? null : new URL(publicUrl)
  return {
    host(host) {
      const name = hostname(host)
      if (name !== null && (isLoopbackName(name) || name === ours?.hostname || name === listenHost.toLowerCase()))
        return null
      return new ApiError(
        421,
        'misdirected',
        `This collector is not ${JSON.stringify(host ?? '')}. Use the address it printed at its start, or set access.publicUrl in headroom.yaml to the address people use.`,
      )
    },
    origin(origin, host) {
      if (origin === undefined || origin === ours?.origin || sameHost(origin, host)) return null
      return new ApiError(
        403,
        'foreign_origin',
        `Calls from pages of ${origin} are refused. Open Headroom under its own address; programs leave the Origin header out.`,
      )
    },
  }
}

/** The name in a Host header, lower case, without its port; null when it is none. */
function hostname(host: string | undefined): string | null {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i.exec(host ?? '')
  return match?.[1]?.toLowerCase() ?? null
}

function sameHost(origin: string, host: string | undefined): boolean {
  if (host === undefined || !URL.canParse(origin)) return false
  const { protocol, host: theirs } = new URL(origin)
  return (protocol === 'http:' || protocol === 'https:') && theirs === new URL(`${protocol}//${host}`).host
}

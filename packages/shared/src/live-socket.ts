/** The live socket's version: the subprotocol is `headroom.v1`. */
export const PROTOCOL = 1
export const SUBPROTOCOL = 'headroom.v1'
/** The largest message a client may send, in bytes; a larger one closes with 1009. */
export const MAX_CLIENT_BYTES = 16 * 1024

/** The live socket's address, for a page at `href`. */
export function liveAddress(href: string): URL {
  const url = new URL('/api/v1/live', href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return url
}

const LOCAL_NAME = /(^|\.)localhost$|^[^.]+$|\.(local|lan|internal|home\.arpa)$/i
const PRIVATE_ADDRESS = /^(127|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$/
const TLS_PORTS: ReadonlySet<string> = new Set(['443', '8443'])

/**
 * By what an address is asked that somebody typed without a scheme: within a network by http, since hardly a service has
 * a certificate there, and otherwise by https.
 */
export function assumedScheme(typed: string): 'http' | 'https' {
  const url = URL.parse(`none://${typed}`)
  if (url === null || TLS_PORTS.has(url.port)) return 'https'
  const { hostname } = url
  const local = hostname.startsWith('[') || LOCAL_NAME.test(hostname) || PRIVATE_ADDRESS.test(hostname)
  return local ? 'http' : 'https'
}
